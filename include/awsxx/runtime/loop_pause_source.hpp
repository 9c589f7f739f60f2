// SPDX-License-Identifier: MIT
// What pauses on an event loop do: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/loop_state.hpp>

#include <algorithm>
#include <stop_token>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

AWSXX_ONCE loop_pause::loop_pause(awsxx::event_loop& on, milliseconds pause,
                                  const std::stop_token& stop, loop_listener& to)
    : on_(&on.state()), to_(&to) {
    on_->add(*this);
    on_->timers().set(
        timer_, moment_after(on_->time().steady_now(), (std::max)(pause, milliseconds::zero())));
    if (stop.stop_possible()) on_stop_.emplace(stop, stop_news{&on_->news(), &news_});
    on_->nudge();
}

AWSXX_ONCE loop_pause::~loop_pause() { clear(); }

AWSXX_ONCE void loop_pause::clear() noexcept {
    if (to_ == nullptr) return;
    on_->timers().clear(timer_);
    on_stop_.reset();
    on_->news().take_back(news_);
    on_->remove(*this);
    to_ = nullptr;
}

AWSXX_ONCE void loop_pause::end(expected<void> outcome) {
    loop_listener& to = *to_;
    clear();
    to.ended(std::move(outcome));
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
