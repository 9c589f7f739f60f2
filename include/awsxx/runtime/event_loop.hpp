// SPDX-License-Identifier: MIT
// Runs any number of calls at once on the thread that lets it run.
#pragma once

#include <awsxx/core/callback.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/io_host.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <memory>

namespace awsxx::inline AWSXX_ABI {

class work_runner;

namespace runtime {

class loop_call;
class loop_pause;
class loop_state;

/// Hears how something on a loop ended, once.
class loop_listener {
public:
    virtual void ended(expected<void> outcome) = 0;
    /// Instead: what it is made of could not go on, as the loop is being destroyed.
    virtual void dropped() noexcept = 0;

protected:
    ~loop_listener() = default;
};

}  // namespace runtime

/// What an event loop gets from outside; everything has a default.
struct event_loop_options {
    /// Pauses are measured by this one. Given here, and with nothing else to wait for, the loop
    /// sleeps on it: a test's clock moves then.
    std::shared_ptr<clock> time{};
    /// Watches sockets and time in place of the loop itself, and lives longer than it.
    io_host* host{};
    /// Where providers of credentials may block: files, processes, users' code. Null: a thread for
    /// each such piece of work.
    std::shared_ptr<work_runner> work{};
};

/// Calls that are under way at once, with their connections.
///
///     awsxx::event_loop loop;
///     base.async_call(loop, awsxx::sts::get_caller_identity{}, [](auto who) { show(who); });
///     loop.run();
///
/// For one thread: the one that runs it calls everything here and every verb that takes it, but for
/// `wakeup` and `post`. Callbacks are called on that thread, never from inside a verb; what they
/// throw comes out of `run`, `poll` or `ready`. Files of settings are read on it as well. A loop
/// cannot be used in a child of its process.
class event_loop {
public:
    explicit event_loop(event_loop_options options = {});
    event_loop(const event_loop&) = delete;
    event_loop& operator=(const event_loop&) = delete;
    /// Ends what is under way with `LoopEnded`. Waits for blocking work of providers.
    ~event_loop();

    /// Until nothing is under way, or until `stop`. Does nothing from inside a callback.
    void run();
    /// Does what is to be done, having waited for it so long at most. False: nothing is under way.
    bool poll(milliseconds at_most);
    /// Makes `run` return once callbacks that are due have been called. From its own thread.
    void stop() noexcept;

    /// Ends the wait of `poll`. From any thread, and from signal handlers.
    void wakeup() noexcept;
    /// Calls `function` on the loop's thread. From any thread; counts as under way until then.
    void post(callback function);

    /// For loops with a host: something can be done on a descriptor, or time has passed.
    void ready(int descriptor, io_interest events);
    void ready();

    /// Calls that have not ended and renewals of credentials that go on.
    std::size_t in_flight() const noexcept;

    /// What verbs are made of.
    runtime::loop_state& state() noexcept { return *state_; }

private:
    runtime::loop_state* state_;
};

}  // namespace awsxx::inline AWSXX_ABI
