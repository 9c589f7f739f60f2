// SPDX-License-Identifier: MIT
// Learns from answers how far the computer's clock is off, so that signatures are dated right.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/headers.hpp>
#include <awsxx/runtime/classify.hpp>

#include <atomic>
#include <chrono>
#include <optional>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// When a request was sent and its answer received, by the computer's clock as it is.
struct round_trip {
    instant sent{};
    instant received{};
};

/// How far the service's clock is ahead, going by the answer's `Date`. Nothing if a cache has
/// answered (`Age`), the date cannot be read, or the answer took longer than 15 minutes.
inline std::optional<milliseconds> measured_skew(const http::headers& answer,
                                                 const round_trip& when) {
    const milliseconds taken = when.received - when.sent;
    if (taken < milliseconds(0) || taken > std::chrono::minutes(15)) return {};
    const auto date = answer.find("Date");
    if (!date || answer.contains("Age")) return {};
    const auto theirs = parse_date(*date, date_format::http_date);
    if (!theirs) return {};
    return theirs->to_instant() - (when.sent + taken / 2);
}

/// True if `skew` is likely why the request was refused, so that signing anew would help.
AWSXX_COLD inline bool skew_explains(const error& why, milliseconds skew) noexcept {
    if (skew >= std::chrono::minutes(-4) && skew <= std::chrono::minutes(4)) return false;
    static constexpr std::string_view codes[] = {"InvalidSignatureException",
                                                 "SignatureDoesNotMatch", "AuthFailure",
                                                 "RequestTimeTooSkewed", "AccessDeniedException"};
    return detail::classify::names(codes, why);
}

/// What a session knows about the clock. Thread-safe, without a lock.
class clock_skew {
public:
    /// What to add to the computer's clock.
    milliseconds current() const noexcept {
        return milliseconds(skew_.load(std::memory_order_relaxed));
    }
    /// Every measurement counts, small ones too: so it heals itself.
    void learn(milliseconds measured) noexcept {
        skew_.store(measured.count(), std::memory_order_relaxed);
    }

private:
    std::atomic<milliseconds::rep> skew_{0};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
