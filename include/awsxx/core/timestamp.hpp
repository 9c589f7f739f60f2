// SPDX-License-Identifier: MIT
// A point in time as services send it, and the ways to spell it.
#pragma once

#include <awsxx/core/version.hpp>

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
    /// Any `std::chrono::sys_time`; only an `instant` of itself. This header is part of every
    /// service's and does without `<chrono>`: the system's clock alone has a `to_time_t`.
    template <class When>
        requires requires(const When& when) { When::clock::to_time_t(when); }
    constexpr explicit(When::period::den != 1000) timestamp(const When& when) noexcept {
        constexpr std::int64_t parts = When::period::den;
        const std::int64_t count = when.time_since_epoch().count() * When::period::num;
        const std::int64_t rest = count % parts + (count % parts < 0 ? parts : 0);
        seconds = count / parts - (count % parts < 0 ? 1 : 0);
        nanoseconds = static_cast<std::int32_t>(rest * 1'000'000'000 / parts);
    }
    /// The `instant`, to the millisecond below. What lies beyond all calendars ends at the year
    /// 30,000 or so. Needs <awsxx/core/date.hpp>, which <awsxx/session.hpp> brings along.
    auto to_instant() const noexcept;
    auto operator<=>(const timestamp&) const = default;
};

}  // namespace awsxx::inline AWSXX_ABI
