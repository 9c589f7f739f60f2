// SPDX-License-Identifier: MIT
// What event loops do: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/core/callback.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/io_host.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/loop_state.hpp>
#include <awsxx/runtime/loop_state_source.hpp>

#include <atomic>
#include <cstddef>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

AWSXX_ONCE event_loop::event_loop(event_loop_options options)
    : state_(new runtime::loop_state(std::move(options))) {}

AWSXX_ONCE event_loop::~event_loop() {
    if (state_->belongs_here()) {
        delete state_;
        return;
    }
    // A forked child has it by chance: all that it waits for is the parent's.
    static std::atomic<runtime::loop_state*> left{nullptr};
    left = state_;
}

AWSXX_ONCE void event_loop::run() { state_->run(); }
AWSXX_ONCE bool event_loop::poll(milliseconds at_most) { return state_->poll(at_most); }
AWSXX_ONCE void event_loop::stop() noexcept { state_->stop(); }
AWSXX_ONCE void event_loop::wakeup() noexcept { state_->news().signal().raise(); }
AWSXX_ONCE void event_loop::post(callback function) { state_->post(std::move(function)); }
AWSXX_ONCE void event_loop::ready(int descriptor, io_interest events) {
    state_->ready(descriptor, events);
}
AWSXX_ONCE void event_loop::ready() { state_->ready(); }
AWSXX_ONCE std::size_t event_loop::in_flight() const noexcept { return state_->in_flight(); }

}  // namespace awsxx::inline AWSXX_ABI
