// SPDX-License-Identifier: MIT
// The clock of one call: how far this computer's is off, as its answers tell.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/headers.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/clock_skew.hpp>
#include <awsxx/runtime/route.hpp>

#include <optional>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Begins with what is known of the endpoint's clock and goes on with what each answer says.
class call_clock {
public:
    /// `of_session`: what the session knows of AWS's time.
    call_clock(const model::service& of, clock_skew& of_session) noexcept
        : service_(&of), session_(&of_session) {}

    void goes_to(const route_table::entry& way) noexcept {
        way_ = &way;
        skew_ = way.skew.current();
    }
    /// What this call's time is corrected by.
    milliseconds skew() const noexcept { return skew_; }
    /// When, by the service's clock, so much time will have passed; nothing where the last answer
    /// did not tell its time, or where there is no limit.
    std::optional<instant> end_of(milliseconds patience, const clock& time) const {
        if (!measured_ || patience == milliseconds::zero()) return {};
        return moment_after(time.now() + skew_, patience);
    }
    /// An attempt begins, at that time by this computer: gives the time as the service has it.
    instant begins(instant now) noexcept {
        sent_ = now;
        return now + skew_;
    }

    /// Takes the time out of an answer. What is learned from the endpoint counts for the next
    /// calls; a request of the user's may be for any host, whose clock is nobody else's.
    void learn(const http::headers& answer, instant received, const http::uri& asked,
               const resolved_endpoint& ours) {
        measured_ = measured_skew(answer, {sent_, received});
        if (!measured_ || !way_->route.corrects_skew) return;
        skew_ = *measured_;
        if (!http::is_in_domain(asked.host, ours.base.host)) return;
        way_->skew.learn(*measured_);
        if (service_->issues_credentials || !ours.custom) session_->learn(*measured_);
    }
    /// The failure may come from a clock that is wrong, and the next attempt knows better.
    bool explains(const error& why) const {
        return way_->route.corrects_skew && measured_ && skew_explains(why, *measured_);
    }

private:
    const model::service* service_;
    clock_skew* session_;
    const route_table::entry* way_ = nullptr;
    instant sent_{};
    milliseconds skew_{};
    std::optional<milliseconds> measured_{};  // what the last answer says it should be
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
