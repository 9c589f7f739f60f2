// SPDX-License-Identifier: MIT
// What one call may take: each of its attempts, and all of them together.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/http_binding.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/renewal_limits.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Runs from the moment it is made. Seen by one thread at a time.
class call_limits {
public:
    explicit call_limits(const identity& who)
        : time_(&who.time()),
          allowed_(who.configuration()->choices().call_timeout),
          started_(time_->steady_now()) {}

    /// Others wait for what the call brings: each attempt gets `renewal_limits`, and the whole what
    /// those who wait allow. What settings allow calls is not for renewals.
    void hurry() noexcept {
        hurried_ = true;
        allowed_ = {};
    }

    /// The call itself may take so long; what the settings allow stays the most. 0: says nothing.
    void allow(milliseconds at_most) noexcept {
        if (at_most <= milliseconds::zero()) return;
        allowed_ = allowed_ == milliseconds::zero() ? at_most : (std::min)(allowed_, at_most);
    }

    /// Of the time for the whole call; nothing where there is no limit.
    std::optional<milliseconds> left() const {
        if (allowed_ == milliseconds::zero()) return {};
        return moment_after(started_, allowed_) - time_->steady_now();
    }

    /// Makes them the limits of the next attempt. False: the time for the whole call is over.
    bool bound(http::exchange& how, const http::limits& usual, const model::operation& what) const {
        http::limits& found = how.limits;
        const auto rest = left();
        if (rest && *rest <= milliseconds::zero()) return false;
        found = hurried_ ? renewal_limits(usual) : usual;
        // silence in the middle of these is no broken connection; a limit of the program's own holds
        how.answer_may_pause =
            (what.events || what.answers_early) && found.no_progress == http::limits{}.no_progress;
        if (!is_stream(what.output)) found.answer_bytes = (std::min)(found.answer_bytes, largest);
        if (!rest) return true;
        found.total = found.total == milliseconds::zero() ? *rest : (std::min)(found.total, *rest);
        return true;
    }

private:
    /// No answer that is read into structures is larger.
    static constexpr std::uint64_t largest = std::uint64_t{64} << 20;

    /// True for bytes that the service does not know either: an object of S3, any answer at all.
    static bool is_stream(const model::type* shape) noexcept {
        return shape == nullptr || protocols::has_raw_payload(*shape);
    }

    clock* time_;
    milliseconds allowed_;
    steady_instant started_;
    bool hurried_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
