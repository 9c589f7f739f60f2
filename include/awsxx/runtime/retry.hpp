// SPDX-License-Identifier: MIT
// Whether a failed attempt is followed by another, when, and what that costs.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/headers.hpp>
#include <awsxx/runtime/classify.hpp>
#include <awsxx/runtime/retry_quota.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// A pause before another attempt, finer than a millisecond so that jitter is not rounded away.
using backoff_time = std::chrono::nanoseconds;

/// The numbers of AWS's retry behavior 2.1.
struct retry_policy {
    int max_attempts = 3;  ///< The first one included.
    milliseconds transient_base{50};
    milliseconds throttling_base{1000};
    milliseconds max_backoff{20000};
    int transient_cost = 14;
    int throttling_cost = 5;

    milliseconds base(retry_class why) const noexcept {
        return why == retry_class::throttling ? throttling_base : transient_base;
    }
    int cost(retry_class why) const noexcept {
        return why == retry_class::throttling ? throttling_cost : transient_cost;
    }
};

/// What AWS wants for a service: DynamoDB is tried once more, sooner. `max_attempts`, where the
/// user has set one, holds for all services.
inline retry_policy retry_policy_for(std::string_view service_id, std::optional<int> max_attempts) {
    retry_policy policy;
    if (service_id == "DynamoDB" || service_id == "DynamoDB Streams") {
        policy.max_attempts = 4;
        policy.transient_base = milliseconds(25);
    }
    if (max_attempts) policy.max_attempts = *max_attempts;
    return policy;
}

/// The pause before retry number `retries` (from 0); `fraction` is a random number from [0, 1).
inline backoff_time backoff(const retry_policy& policy, retry_class why, int retries,
                            double fraction) noexcept {
    const std::int64_t doubled = policy.base(why).count() << std::clamp(retries, 0, 30);
    const std::int64_t capped = std::min<std::int64_t>(doubled, policy.max_backoff.count());
    return backoff_time(static_cast<std::int64_t>(static_cast<double>(capped) * 1e6 * fraction));
}

/// The pause that the service asks for, in `x-amz-retry-after`. Nonsense is no wish; a number that
/// is too large is a wish for the longest pause.
inline std::optional<milliseconds> wished_pause(const http::headers& answer) noexcept {
    const auto text = answer.find("x-amz-retry-after");
    if (!text) return {};
    const std::string_view digits = text::trimmed(*text);
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), text::is_digit)) return {};
    constexpr auto longest = (std::numeric_limits<std::uint32_t>::max)();
    return milliseconds(text::parse_number<std::uint32_t>(digits).value_or(longest));
}

/// What follows an attempt.
enum class retry_outcome : unsigned char {
    retry,               ///< Another attempt, after the pause.
    not_retryable,       ///< Trying again would not help.
    attempts_exhausted,  ///< As often as allowed.
    too_late,            ///< The pause would outlast the time for the whole call.
    quota_exhausted,     ///< Too many calls are failing; after the pause, if there is one, give up.
};

/// What follows an attempt, and when.
struct retry_verdict {
    retry_outcome outcome{};
    backoff_time pause{};
};

/// What follows, for people.
AWSXX_COLD inline std::string describe(const retry_verdict& what) {
    switch (what.outcome) {
        case retry_outcome::retry: {
            const auto pause = std::chrono::duration_cast<milliseconds>(what.pause);
            return "the next one follows in " + std::to_string(pause.count()) + " ms";
        }
        case retry_outcome::not_retryable: return "it would fail again";
        case retry_outcome::attempts_exhausted: return "it was the last one allowed";
        case retry_outcome::too_late: return "there is no time for another";
        case retry_outcome::quota_exhausted: return "too many calls are failing";
    }
    return {};
}

/// What `retries` needs to know of a failed attempt.
struct failed_attempt {
    retry_class why{};
    std::optional<milliseconds> wish{};  ///< `wished_pause` of the answer.
    double fraction{};                   ///< A random number from [0, 1).
    std::optional<milliseconds> left{};  ///< Of the time for the whole call; absent: no limit.
};

/// The retries of one call. Not thread-safe; the quota it draws on is.
class retries {
public:
    /// The quota must live as long as this. `long_poll`: the caller is expected to call in a loop,
    /// so that giving up is paused as well.
    retries(const retry_policy& policy, retry_quota& quota, bool long_poll) noexcept
        : policy_(policy), quota_(&quota), long_poll_(long_poll) {}

    /// The number of the attempt that is made now, from 1.
    int attempt() const noexcept { return retries_ + 1; }
    const retry_policy& policy() const noexcept { return policy_; }

    /// The attempt has failed; a retry is paid for when this returns.
    retry_verdict failed(const failed_attempt& what) noexcept {
        if (what.why == retry_class::never) return {retry_outcome::not_retryable, {}};
        if (attempt() >= policy_.max_attempts) return {retry_outcome::attempts_exhausted, {}};
        const backoff_time pause = pause_after(what);
        if (what.left && std::chrono::floor<milliseconds>(pause) >= *what.left)
            return {retry_outcome::too_late, {}};
        if (!quota_->take(policy_.cost(what.why)))
            return {retry_outcome::quota_exhausted, long_poll_ ? pause : backoff_time{}};
        last_cost_ = policy_.cost(what.why);
        unsent_ = true;
        ++retries_;
        return {retry_outcome::retry, pause};
    }
    /// The retry that was paid for cannot be made: its body is gone.
    AWSXX_COLD retry_verdict taken_back() noexcept {
        end();
        --retries_;
        return {retry_outcome::not_retryable, {}};
    }
    /// An attempt is on its way.
    void sent() noexcept { unsent_ = false; }
    /// The call ends without success: a retry that was paid for and not sent, as there are no keys for
    /// it or no time, costs nothing.
    AWSXX_COLD void end() noexcept {
        if (std::exchange(unsent_, false)) quota_->give_back(std::exchange(last_cost_, 0));
    }
    /// The attempt has succeeded: gives back what its retry has cost, or a little for none.
    void succeeded() noexcept { quota_->give_back(retries_ == 0 ? 1 : last_cost_); }

private:
    backoff_time pause_after(const failed_attempt& what) const noexcept {
        const backoff_time own = backoff(policy_, what.why, retries_, what.fraction);
        if (!what.wish) return own;
        return std::clamp<backoff_time>(*what.wish, own, own + std::chrono::seconds(5));
    }

    retry_policy policy_;
    retry_quota* quota_;
    bool long_poll_;
    int retries_ = 0;
    int last_cost_ = 0;
    bool unsent_ = false;  ///< The retry that was paid for.
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
