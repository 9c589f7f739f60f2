// SPDX-License-Identifier: MIT
// A point in time as services send it, and the ways to spell it.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstdint>

namespace awsxx::inline AWSXX_ABI {

/// How a date is spelled.
enum class date_format : unsigned char {
    unspecified,    ///< What the place asks for.
    date_time,      ///< 2019-12-16T23:48:18.5Z
    http_date,      ///< Mon, 16 Dec 2019 23:48:18 GMT
    epoch_seconds,  ///< 1576540098.5
    basic,          ///< 20191216T234818Z, as signatures have it
};

/// A point in time as services send it: any year from 1 to 9999, to the nanosecond.
struct timestamp {
    std::int64_t seconds{};      ///< Since 1970, in UTC; negative before.
    std::int32_t nanoseconds{};  ///< From 0 to 999,999,999, always forward in time.

    timestamp() = default;
    constexpr timestamp(std::int64_t whole, std::int32_t nanos) noexcept
        : seconds(whole), nanoseconds(nanos) {}
    timestamp(instant when) noexcept {
        const std::int64_t count = when.time_since_epoch().count();
        const std::int64_t rest = count % 1000 + (count % 1000 < 0 ? 1000 : 0);
        seconds = count / 1000 - (count % 1000 < 0 ? 1 : 0);
        nanoseconds = static_cast<std::int32_t>(rest) * 1'000'000;
    }
    /// To the millisecond below. What lies beyond all calendars ends at the year 30,000 or so.
    instant to_instant() const noexcept {
        constexpr std::int64_t limit = 900'000'000'000;
        const std::int64_t whole = std::clamp(seconds, -limit, limit);
        return instant(std::chrono::milliseconds(whole * 1000 + nanoseconds / 1'000'000));
    }
    auto operator<=>(const timestamp&) const = default;
};

}  // namespace awsxx::inline AWSXX_ABI
