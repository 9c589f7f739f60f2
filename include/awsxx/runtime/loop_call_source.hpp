// SPDX-License-Identifier: MIT
// What calls on an event loop do: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/callback_guard.hpp>
#include <awsxx/http/curl_loop.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/loop_call.hpp>
#include <awsxx/runtime/loop_exchange.hpp>
#include <awsxx/runtime/loop_renewal.hpp>
#include <awsxx/runtime/loop_state.hpp>
#include <awsxx/runtime/loop_turns.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace awsxx::inline AWSXX_ABI::runtime {

AWSXX_ONCE void loop_call::begin(const loop_start& from, const call_options& how,
                                 loop_listener& to) {
    to_ = &to;
    on_->turns().add(*this);
    auto made = http::detail::caught([&]() -> expected<void> {
        auto found = from.transport->get(*from.who->configuration());
        if (!found) return std::move(found).error();
        network_ = {from.transport, *found};
        machine_ = &own_.emplace(from.who, call_parts{*from.what, from.in, from.out, from.goal});
        return {};
    });
    if (!made) {
        refusal_ = std::move(made).error();
        return;
    }
    fruits_ = from.fruits;
    own_->deliver_to(how.into);
    own_->count(from.uses);
    if (how.at_most > milliseconds::zero() || how.stop.stop_possible()) own_->obey(how);
    if (how.stop.stop_possible()) on_stop_.emplace(how.stop, stop_news{&on_->news(), &stopped_});
}

AWSXX_ONCE void loop_call::begin(loop_listener& to) {
    to_ = &to;
    on_->turns().add(*this);
}

AWSXX_ONCE void loop_call::begin(call& machine, const loop_network& by, loop_renewal& from) {
    machine_ = &machine;
    network_ = by;
    from_ = &from;
    on_->turns().add(*this);
}

AWSXX_ONCE void loop_call::turn() {
    if (refusal_ || machine_ == nullptr) return finish();
    go_on();
}

AWSXX_ONCE void loop_call::go_on() {
    for (;;) {
        switch (machine_->next()) {
            case call::step::need_place:
                if (!obtain(std::shared_ptr<renewal>(machine_->search()))) return;
                break;
            case call::step::need_credentials:
                if (!ask_provider()) return;
                break;
            case call::step::send:
                if (!send()) return;
                break;
            case call::step::wait:
                on_->timers().set(timer_, on_->time().steady_now() + machine_->pause());
                return;
            case call::step::done: return finish();
        }
    }
}

AWSXX_ONCE bool loop_call::ask_provider() {
    resolution said = machine_->ask();
    if (auto* keys = std::get_if<credentials_snapshot>(&said)) {
        machine_->identified(std::move(*keys));
        return true;
    }
    if (auto* why = std::get_if<error>(&said)) {
        machine_->identified(std::move(*why));
        return true;
    }
    return obtain(*std::get_if<std::shared_ptr<renewal>>(&said));
}

/// True: there is an outcome. Otherwise this call waits for one.
AWSXX_ONCE bool loop_call::obtain(const std::shared_ptr<renewal>& what) {
    for (;;) {
        if (what->claim()) {
            carrier_ = &on_->carry_out(what, network_, *this);
            watch_deadline();
            return false;
        }
        std::optional<expected<credentials_snapshot>> known;
        if (what->park(*this, known)) {
            parked_at_ = what;
            on_->count_parked(1);
            watch_deadline();
            return false;
        }
        if (!known) continue;  // the turn is free again
        take(*std::move(known));
        return true;
    }
}

AWSXX_ONCE void loop_call::take(expected<credentials_snapshot> outcome) {
    if (machine_->next() == call::step::need_place)
        machine_->located(std::move(outcome));
    else
        machine_->identified(std::move(outcome));
}

AWSXX_ONCE bool loop_call::send() {
    auto over = exchange_on(on_->network(), network_,
                            {machine_->request(), machine_->exchange(), *this}, sending_);
    if (over) {
        machine_->answered(*std::move(over));
        return true;
    }
    if (const auto pause = machine_->hedge().pause(machine_->request(), machine_->exchange()))
        on_->timers().set(timer_, moment_after(on_->time().steady_now(), *pause));
    return false;
}

/// The answer to the first is slow.
AWSXX_ONCE void loop_call::send_again() {
    if (on_->network().has_begun(sending_)) return;
    auto how = machine_->hedge().take(machine_->exchange());
    if (!how) return;
    second_.how = *std::move(how);
    // Where it cannot even begin the first has to do.
    static_cast<void>(exchange_on(on_->network(), network_,
                                  {machine_->request(), second_.how, second_}, second_.sending));
}

AWSXX_ONCE void loop_second::answered(expected<http::response> answer) {
    of_->answered_again(std::move(answer));
}

AWSXX_ONCE void loop_call::answered(expected<http::response> answer) {
    sending_ = nullptr;
    if (second_.sending != nullptr && !answer) return;  // the other may do better
    heard(std::move(answer));
}

AWSXX_ONCE void loop_call::answered_again(expected<http::response> answer) {
    second_.sending = nullptr;
    if (sending_ != nullptr && !answer) return;
    heard(std::move(answer));
}

/// Who is slower is not waited for.
AWSXX_ONCE void loop_call::heard(expected<http::response> answer) {
    cancel_exchanges();
    on_->timers().clear(timer_);
    machine_->answered(std::move(answer));
    go_on();
}

AWSXX_ONCE void loop_call::cancel_exchanges() noexcept {
    for (auto* const one : {&sending_, &second_.sending})
        if (*one != nullptr) on_->network().cancel(std::exchange(*one, nullptr));
}

AWSXX_ONCE void loop_call::changed() noexcept { on_->news().send(news_); }

AWSXX_ONCE void loop_call::look_again() {
    const std::shared_ptr<renewal> what = std::exchange(parked_at_, nullptr);
    on_->count_parked(-1);
    on_->timers().clear(timer_);
    if (obtain(what)) go_on();
}

AWSXX_ONCE void loop_call::renewed(expected<credentials_snapshot> outcome) {
    carrier_ = nullptr;
    on_->timers().clear(timer_);
    take(std::move(outcome));
    go_on();
}

/// Where the keys at hand will do, the other half of the time is for the call with them.
AWSXX_ONCE void loop_call::watch_deadline() {
    const auto left = machine_->left();
    if (!left) return;
    const bool may_go_on = *left > milliseconds(1) && awaited()->meanwhile() != nullptr;
    on_->timers().set(timer_,
                      moment_after(on_->time().steady_now(), may_go_on ? *left / 2 : *left));
}

AWSXX_ONCE renewal* loop_call::awaited() const noexcept {
    return carrier_ != nullptr ? &carrier_->what() : parked_at_.get();
}

/// The renewal goes on without this call.
AWSXX_ONCE void loop_call::lose_patience() {
    const auto left = machine_->left();
    if (awaited() == nullptr || !left || *left <= milliseconds::zero()) return end_early();
    credentials_snapshot keys = awaited()->meanwhile();
    if (!keys) return on_->timers().set(timer_, moment_after(on_->time().steady_now(), *left));
    stop_waiting();
    take(std::move(keys));
    go_on();
}

AWSXX_ONCE void loop_call::time_passed() {
    if (sending_ != nullptr) return send_again();
    if (machine_->next() != call::step::wait) return lose_patience();
    machine_->waited();
    go_on();
}

AWSXX_ONCE void loop_call::end_early() {
    detach();
    if (machine_ != nullptr) machine_->end_early();
    finish();
}

AWSXX_ONCE void loop_call::end(error why) {
    detach();
    refusal_ = std::move(why);
    finish();
}

AWSXX_ONCE void loop_call::stop_waiting() noexcept {
    if (parked_at_) {
        std::exchange(parked_at_, nullptr)->leave(*this);
        on_->count_parked(-1);
    }
    if (carrier_ != nullptr) std::exchange(carrier_, nullptr)->lose_owner();
}

/// Whatever it waits for has nothing to do with it any more.
AWSXX_ONCE void loop_call::detach() noexcept {
    cancel_exchanges();
    stop_waiting();
    on_->timers().clear(timer_);
    on_->turns().remove(*this);
    on_->news().take_back(news_);
}

AWSXX_ONCE void loop_call::clear() noexcept {
    detach();
    if (on_stop_) {
        on_stop_.reset();
        on_->news().take_back(stopped_);
    }
    own_.reset();
    machine_ = nullptr;
    refusal_.reset();
    fruits_ = nullptr;
    network_ = {};
    to_ = nullptr;
    const bool nested = std::exchange(from_, nullptr) != nullptr;
    on_->retire(*this, nested);
}

AWSXX_ONCE void loop_call::drop() noexcept { clear(); }

/// Its last act: from here on it may be another call.
AWSXX_ONCE void loop_call::finish() {
    if (loop_renewal* const from = from_) {
        clear();
        return from->called();
    }
    expected<void> outcome;
    if (refusal_)
        outcome = *std::move(refusal_);
    else if (machine_ != nullptr && machine_->failure())
        outcome = *machine_->failure();
    else if (fruits_ != nullptr)
        *fruits_ = {machine_->signed_with(), machine_->request().target, machine_->exchange()};
    loop_listener& to = *to_;
    clear();
    to.ended(std::move(outcome));
}

AWSXX_ONCE void take_turn(event_loop& on, loop_turn& what) noexcept {
    on.state().turns().add(what);
}
AWSXX_ONCE void give_up_turn(event_loop& on, loop_turn& what) noexcept {
    on.state().turns().remove(what);
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
