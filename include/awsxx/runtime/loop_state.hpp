// SPDX-License-Identifier: MIT
// What an event loop has: calls, renewals, sockets, moments and news.
#pragma once

#include <awsxx/core/callback.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/fork.hpp>
#include <awsxx/core/io_host.hpp>
#include <awsxx/core/mailbox.hpp>
#include <awsxx/core/socket_watcher.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/core/work_runner.hpp>
#include <awsxx/http/curl_loop.hpp>
#include <awsxx/runtime/call_failures.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/loop_call.hpp>
#include <awsxx/runtime/loop_parts.hpp>
#include <awsxx/runtime/loop_renewal.hpp>

#include <atomic>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace awsxx::inline AWSXX_ABI::runtime {

/// A pause on a loop. Destroying it ends it unheard.
class loop_pause final {
public:
    /// `to` hears when it is over: with an error of kind `cancelled` if it was stopped.
    loop_pause(event_loop& on, milliseconds pause, const std::stop_token& stop, loop_listener& to);
    loop_pause(const loop_pause&) = delete;
    loop_pause& operator=(const loop_pause&) = delete;
    ~loop_pause();

    /// Ends it with that outcome.
    void end(expected<void> outcome);

private:
    void time_passed() { end({}); }
    void stopped() { end(call_cancelled()); }
    void clear() noexcept;

    loop_state* on_;
    loop_listener* to_;
    loop_timer<loop_pause, &loop_pause::time_passed> timer_{*this};
    loop_mail<loop_pause, &loop_pause::stopped> news_{*this};
    std::optional<std::stop_callback<stop_news>> on_stop_{};
};

/// Behind `event_loop`.
class loop_state final : public io_host {
public:
    explicit loop_state(event_loop_options options);
    loop_state(const loop_state&) = delete;
    loop_state& operator=(const loop_state&) = delete;
    ~loop_state() override;

    // --- for verbs -----------------------------------------------------------------------------
    /// Null where the loop is being destroyed.
    loop_call* begin(const loop_start& from, const call_options& how, loop_listener& to);
    /// The same where there is nothing to call.
    loop_call* begin_nothing(loop_listener& to);
    void post(callback function);

    // --- for the loop --------------------------------------------------------------------------
    void run();
    bool poll(std::optional<milliseconds> at_most);
    void stop() noexcept { stopping_ = true; }
    void ready(int descriptor, io_interest events);
    void ready();
    std::size_t in_flight() const noexcept {
        return calls_ + renewals_.size() + pauses_.size() + posted_;
    }
    /// Whether `run` and `poll` do anything now.
    bool can_run() const noexcept { return !busy_ && belongs_here() && options_.host == nullptr; }
    bool belongs_here() const noexcept { return generation_ == fork_generation(); }

    // --- for what is on it ---------------------------------------------------------------------
    clock& time() const noexcept { return *time_; }
    loop_timers& timers() noexcept { return timers_; }
    turn_queue& turns() noexcept { return turns_; }
    mailbox& news() noexcept { return news_; }
    http::curl_loop& network() noexcept { return network_; }
    /// Lets a renewal, whose turn was claimed, go on.
    loop_renewal& carry_out(std::shared_ptr<renewal> what, const loop_network& by,
                            loop_call& owner);
    void retire(loop_renewal& what) noexcept;
    loop_call& begin_nested(call& machine, const loop_network& by, loop_renewal& from);
    void retire(loop_call& what, bool nested) noexcept;
    /// Runs it elsewhere, then sends `after`. It throws nothing. False: it can run nowhere.
    bool run_elsewhere(callback work, mail& after);
    /// So many more, or fewer, wait for what somebody else is about to get.
    void count_parked(int change) noexcept { parked_ += change; }
    void add(loop_pause& one) { pauses_.push_back(&one); }
    void remove(loop_pause& one) noexcept { std::erase(pauses_, &one); }
    /// A host is told to come as soon as it can.
    void nudge();

    void on_socket(int descriptor, io_interest wanted) override;
    void on_timer(std::optional<milliseconds>) override {}  // `curl_loop` does not tell

private:
    struct posted;
    class busy_mark;
    /// Other threads may have news.
    static constexpr milliseconds longest_sleep{100};

    loop_call& idle_call();
    /// What other threads have to say, above all that calls are to end. Asked for between any two
    /// things that take time, so that a call that is given up waits for one of them at most.
    bool take_news();
    bool once();
    bool settle();
    void wait(std::optional<milliseconds> at_most);
    void hear(const ready_socket& one);
    std::optional<milliseconds> next_pause() const;
    bool sleeps() const noexcept;
    void end_all();

    unsigned generation_ = fork_generation();
    event_loop_options options_;
    std::shared_ptr<clock> time_;
    socket_watcher watcher_{};
    mailbox news_{};
    turn_queue turns_{};
    loop_timers timers_{};
    http::curl_loop network_{*this, news_};
    std::shared_ptr<work_runner> work_;
    std::shared_ptr<std::atomic<int>> working_ = std::make_shared<std::atomic<int>>(0);

    std::vector<std::unique_ptr<loop_call>> all_calls_{};
    std::vector<loop_call*> idle_calls_{};
    std::vector<std::unique_ptr<loop_renewal>> renewals_{};
    std::size_t calls_ = 0;
    int parked_ = 0;
    std::vector<loop_pause*> pauses_{};
    std::atomic<std::size_t> posted_{0};
    std::atomic<unsigned> round_{0};
    std::deque<posted*> later_{};  // those that were posted in the round in which they arrived
    bool busy_ = false;
    bool stopping_ = false;
    bool closing_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
