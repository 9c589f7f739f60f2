// SPDX-License-Identifier: MIT
// A fetch of credentials written as one stage after the other.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/shared_renewal.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/runtime/call.hpp>

#include <functional>
#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Base of renewals that take several steps. Each stage says what it needs, and which stage gets
/// that: `then_send(request, limits, [this](auto answer) { read(std::move(answer)); })`.
///
/// A stage that says nothing, or throws, ends the renewal with the failure it began with.
class staged_renewal : public renewal {
public:
    step next() final {
        if (!begun_) {
            begun_ = true;
            begin();
        }
        while (nested_) {
            if (const step wanted = nested_->next(); wanted != step::done) return wanted;
            const auto said = nested_->result();  // may throw, and is then asked for again
            nested_.reset();
            std::exchange(take_, nullptr)(said);
        }
        return step_;
    }
    renewal& acting() noexcept final { return nested_ ? nested_->acting() : *this; }
    expected<credentials_snapshot> result() final { return outcome_; }
    void abandon() noexcept final {
        if (nested_) nested_->abandon();
    }

    runtime::call& request() final { return *call_; }
    void called() final { resume(); }
    const http::request& message() const final { return message_; }
    const http::exchange& exchange() const final { return exchange_; }
    void answered(expected<http::response> answer) final {
        step_ = step::done;
        std::exchange(hear_, nullptr)(std::move(answer));
    }
    milliseconds pause() const final { return pause_; }
    void waited() final { resume(); }
    void work() final { resume(); }

protected:
    using stage = std::function<void()>;

    /// The first stage.
    virtual void begin() = 0;

    /// `then` may block on files, processes or users' code.
    void then_work(stage then) { go(step::work, std::move(then)); }
    /// `what` has to live until `then` is called. Each attempt is bounded as `call::hurry` says.
    void then_call(runtime::call& what, stage then) {
        call_ = &what;
        what.hurry();
        go(step::call, std::move(then));
    }
    void then_send(http::request what, const http::exchange& how,
                   std::function<void(expected<http::response>)> then) {
        message_ = std::move(what);
        exchange_ = how;
        hear_ = std::move(then);
        step_ = step::send;
    }
    void then_wait(milliseconds pause, stage then) {
        pause_ = pause;
        go(step::wait, std::move(then));
    }
    /// `then` gets the credentials that another provider has or fetches.
    void then_obtain(std::shared_ptr<credentials_provider> from, std::shared_ptr<clock> time,
                     std::function<void(const expected<credentials_snapshot>&)> then) {
        nested_ = std::make_shared<shared_renewal>(std::move(from), std::move(time));
        take_ = std::move(then);
        step_ = step::done;
    }
    void finish(expected<credentials_snapshot> outcome) {
        outcome_ = std::move(outcome);
        step_ = step::done;
    }

private:
    void go(step what, stage then) {
        then_ = std::move(then);
        step_ = what;
    }
    void resume() {
        step_ = step::done;
        std::exchange(then_, nullptr)();
    }

    bool begun_ = false;
    step step_ = step::done;
    stage then_{};
    std::function<void(expected<http::response>)> hear_{};
    runtime::call* call_{};
    http::request message_{};
    http::exchange exchange_{};
    milliseconds pause_{};
    std::shared_ptr<shared_renewal> nested_{};
    std::function<void(const expected<credentials_snapshot>&)> take_{};
    expected<credentials_snapshot> outcome_ = error{.kind = error_kind::credentials,
                                                    .code = "NotFetched",
                                                    .message = "the fetch ended without a result"};
};

}  // namespace awsxx::inline AWSXX_ABI
