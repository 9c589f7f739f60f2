// SPDX-License-Identifier: MIT
// Takes the time of one call's attempts, where somebody wants to know.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/runtime/attempt_report.hpp>
#include <awsxx/runtime/call_notes.hpp>
#include <awsxx/runtime/identity.hpp>

#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Where nobody listens it reads no clock and costs comparisons. Used by one thread at a time.
class call_tally {
public:
    explicit call_tally(const identity& who)
        : time_(&who.time()), on_(wants(who.configuration()->choices().observer)) {}

    void waits_for_credentials() { wait(&attempt_report::waited_for_credentials); }
    void waits_for_turn() { wait(&attempt_report::waited_for_turn); }
    /// It waits no longer, for whatever it waited.
    void goes_on() {
        if (waits_ == nullptr) [[likely]]
            return;
        report_.*std::exchange(waits_, nullptr) += time_->steady_now() - since_;
    }
    /// It is sent. Where the transport puts what it knows; null: nobody wants to know.
    http::connection_facts* sends() noexcept {
        sending_ = on_;
        return on_ ? &report_.connection : nullptr;
    }
    /// It has come to that. Once for each that was sent.
    void ended(const call_notes& to, const http::request& what, int number,
               const expected<http::response>& answer) {
        if (!sending_) [[likely]]
            return;
        end(to, what.target.host, number,
            {answer ? answer->status : 0, answer ? nullptr : &answer.error()});
    }
    /// Nobody waited for its end.
    void given_up(const call_notes& to, const http::request& what, int number, const error& why) {
        if (!sending_) [[likely]]
            return;
        end(to, what.target.host, number, {0, &why});
    }

private:
    struct verdict {
        int status;
        const error* failure;
    };

    static bool wants(const observer& who) noexcept {
        return who.attempt != nullptr || who.wants(channel::connection);
    }
    void wait(milliseconds attempt_report::*what) {
        if (!on_) [[likely]]
            return;
        waits_ = what;
        since_ = time_->steady_now();
    }
    AWSXX_COLD void end(const call_notes& to, std::string_view host, int number, verdict how) {
        report_.host = host;
        report_.number = number;
        report_.status = how.status;
        report_.failure = how.failure;
        to.attempted(report_);
        report_ = {};
        sending_ = false;
    }

    clock* time_;
    bool on_;
    bool sending_ = false;
    milliseconds attempt_report::*waits_ = nullptr;
    steady_instant since_{};
    attempt_report report_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
