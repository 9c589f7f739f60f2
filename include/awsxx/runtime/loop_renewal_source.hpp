// SPDX-License-Identifier: MIT
// What renewals on an event loop do: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/runtime/loop_call.hpp>
#include <awsxx/runtime/loop_exchange.hpp>
#include <awsxx/runtime/loop_renewal.hpp>
#include <awsxx/runtime/loop_state.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::loop_renewal {

/// What a renewal needs of users' code may throw; a loop has nobody to throw at. False: it has, or
/// says so itself.
template <class Act>
bool survives(Act act) {
#if defined(__cpp_exceptions)
    try {
        return act();
    } catch (...) {
        return false;
    }
#else
    return act();
#endif
}

/// The same for what has no answer.
template <class Act>
bool ends_well(Act act) {
    return survives([&] {
        act();
        return true;
    });
}

AWSXX_COLD inline error nowhere_to_run() {
    return {.kind = error_kind::credentials,
            .retryable = true,
            .code = "NoThread",
            .message = "no thread can be started for a provider of credentials"};
}

AWSXX_COLD inline error provider_threw() {
    return {.kind = error_kind::credentials,
            .code = "ProviderThrew",
            .message = "a provider of credentials has thrown"};
}

}  // namespace detail::loop_renewal

/// Reports what came and takes the next steps. Its last act where there is an outcome.
template <class First>
void loop_renewal::go_on(First first) {
    std::optional<outcome> done;
    const bool threw = std::exchange(work_threw_, false);
    const bool fine = !threw && detail::loop_renewal::survives([&] {
        first();
        done = steps();
        return true;
    });
    if (!fine) {
        what_->abandon();
        done = detail::loop_renewal::provider_threw();
    }
    if (!done) return;
    loop_call* const owner = owner_;
    on_->retire(*this);
    if (owner != nullptr) owner->renewed(*std::move(done));
}

AWSXX_ONCE std::optional<loop_renewal::outcome> loop_renewal::steps() {
    for (;;) {
        switch (what_->next()) {
            case renewal::step::call:
                nested_ = &on_->begin_nested(what_->acting().request(), network_, *this);
                return {};
            case renewal::step::send:
                if (!send()) return {};
                break;
            case renewal::step::wait:
                on_->timers().set(timer_, on_->time().steady_now() + what_->acting().pause());
                return {};
            case renewal::step::work:
                if (work()) return {};
                what_->abandon();
                return detail::loop_renewal::nowhere_to_run();
            case renewal::step::join:
                if (!join()) return {};
                break;
            case renewal::step::done: return what_->result();
        }
    }
}

AWSXX_ONCE bool loop_renewal::send() {
    renewal& acting = what_->acting();
    auto over = exchange_on(on_->network(), network_, {acting.message(), acting.exchange(), *this},
                            sending_);
    if (!over) return false;
    acting.answered(*std::move(over));
    return true;
}

AWSXX_ONCE bool loop_renewal::work() {
    renewal& acting = what_->acting();
    return on_->run_elsewhere(
        [this, &acting] { work_threw_ = !detail::loop_renewal::ends_well([&] { acting.work(); }); },
        done_);
}

AWSXX_ONCE void loop_renewal::worked() {
    go_on([] {});
}

/// False: somebody else is at it still.
AWSXX_ONCE bool loop_renewal::join() {
    std::shared_ptr<renewal> other = what_->acting().other();
    std::optional<outcome> known;
    if (other->park(*this, known)) {
        parked_at_ = std::move(other);
        on_->count_parked(1);
        return false;
    }
    what_->acting().joined(std::move(known));
    return true;
}

AWSXX_ONCE void loop_renewal::changed() noexcept { on_->news().send(news_); }

AWSXX_ONCE void loop_renewal::look_again() {
    parked_at_.reset();
    on_->count_parked(-1);
    go_on([] {});
}

AWSXX_ONCE void loop_renewal::turn() {
    go_on([] {});
}

AWSXX_ONCE void loop_renewal::answered(expected<http::response> answer) {
    sending_ = nullptr;
    go_on([&] { what_->acting().answered(std::move(answer)); });
}

AWSXX_ONCE void loop_renewal::called() {
    nested_ = nullptr;
    go_on([this] { what_->acting().called(); });
}

AWSXX_ONCE void loop_renewal::time_passed() {
    go_on([this] { what_->acting().waited(); });
}

AWSXX_ONCE void loop_renewal::abandon() noexcept {
    if (nested_ != nullptr) std::exchange(nested_, nullptr)->drop();
    if (sending_ != nullptr) on_->network().cancel(std::exchange(sending_, nullptr));
    on_->timers().clear(timer_);
    on_->turns().remove(*this);
    on_->news().take_back(done_);
    if (parked_at_) {
        std::exchange(parked_at_, nullptr)->leave(*this);
        on_->count_parked(-1);
    }
    on_->news().take_back(news_);
    what_->abandon();
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
