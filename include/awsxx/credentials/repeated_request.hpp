// SPDX-License-Identifier: MIT
// A fetch of credentials by one HTTP request, which is sent again if that may help.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/error_answer.hpp>
#include <awsxx/protocols/json_error.hpp>
#include <awsxx/runtime/classify.hpp>
#include <awsxx/runtime/clock_skew.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/retry.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Base of such fetches. Three attempts, after failures of network and server and when there are
/// too many requests, with AWS's pauses between them. Learns from the answers how far the computer's clock is
/// off, and tries again where that is why one was refused.
class repeated_request : public staged_renewal {
protected:
    /// `what` is what errors speak of; it has to be a constant.
    repeated_request(std::shared_ptr<const runtime::configuration> from,
                     const model::operation& what)
        : from_(std::move(from)), what_(what) {}

    /// Begins to send; `draft` is asked before each attempt.
    void send(const http::exchange& how) {
        how_ = how;
        attempt();
    }

    virtual expected<http::request> draft() = 0;
    /// The answer, of a status from 200 to 299.
    virtual void succeeded(http::response answer) = 0;
    virtual void failed(error why) = 0;

    const runtime::configuration& from() const noexcept { return *from_; }
    /// The time as AWS's servers have it.
    instant now() const noexcept { return from_->outside().time->now() + from_->skew().current(); }

private:
    void attempt() {
        auto what = draft();
        if (!what) return failed(std::move(what).error());
        sent_ = from_->outside().time->now();
        then_send(*std::move(what), how_,
                  [this](expected<http::response> answer) { judge(std::move(answer)); });
    }

    void judge(expected<http::response> answer) {
        const auto measured = answer ? learnt(*answer) : std::nullopt;
        if (answer && answer->status / 100 == 2) return succeeded(*std::move(answer));
        error why = answer ? refusal(*answer) : std::move(answer).error();
        const runtime::retry_policy policy{};
        auto worth = runtime::retry_class_of(why);
        if (measured && runtime::skew_explains(why, *measured))
            worth = runtime::retry_class::transient;
        if (worth == runtime::retry_class::never || retries_ + 1 >= policy.max_attempts)
            return failed(std::move(why));
        how_.fresh_connection = why.http_status == 0;
        const auto pause =
            runtime::backoff(policy, worth, retries_++, uniform(*from_->outside().random));
        then_wait(std::chrono::ceil<milliseconds>(pause), [this] { attempt(); });
    }

    /// How far the clock is off, unless that is not to be corrected.
    std::optional<milliseconds> learnt(const http::response& answer) const {
        const auto all = from_->resolved();
        if (!all || !(*all)->correct_clock_skew.value) return {};
        const auto measured =
            runtime::measured_skew(answer.headers, {sent_, from_->outside().time->now()});
        if (measured) from_->skew().learn(*measured);
        return measured;
    }

    error refusal(const http::response& answer) const {
        error why = protocols::to_error(what_, answer, protocols::read_json_error(answer));
        runtime::classify(why);
        return why;
    }

    std::shared_ptr<const runtime::configuration> from_;
    const model::operation& what_;
    http::exchange how_{};
    instant sent_{};
    int retries_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI
