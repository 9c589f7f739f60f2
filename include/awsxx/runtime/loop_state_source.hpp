// SPDX-License-Identifier: MIT
// What an event loop has does: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/core/callback.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/io_host.hpp>
#include <awsxx/core/mailbox.hpp>
#include <awsxx/core/socket_watcher.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/core/work_runner.hpp>
#include <awsxx/http/curl_loop_source.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/call_failures.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/loop_call.hpp>
#include <awsxx/runtime/loop_call_source.hpp>
#include <awsxx/runtime/loop_pause_source.hpp>
#include <awsxx/runtime/loop_renewal.hpp>
#include <awsxx/runtime/loop_renewal_source.hpp>
#include <awsxx/runtime/loop_state.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

struct loop_state::posted final : mail {
    posted(loop_state& on, callback what)
        : of(&on), function(std::move(what)), round(on.round_.load()) {}
    /// What is posted in a round comes in the next: in between the loop looks at its sockets.
    void arrived() override { round == of->round_.load() ? of->later_.push_back(this) : run(); }
    void run() {
        const std::unique_ptr<posted> self(this);
        --of->posted_;
        function();
    }
    void lost() noexcept override { delete this; }

    loop_state* of;
    callback function;
    unsigned round;
};

/// A round, in which the loop calls functions: nothing of it may be called that runs it.
class loop_state::busy_mark {
public:
    explicit busy_mark(loop_state& on) noexcept : on_(&on) {
        on_->busy_ = true;
        ++on_->round_;
    }
    busy_mark(const busy_mark&) = delete;
    busy_mark& operator=(const busy_mark&) = delete;
    ~busy_mark() { on_->busy_ = false; }

private:
    loop_state* on_;
};

AWSXX_ONCE loop_state::loop_state(event_loop_options options)
    : options_(std::move(options)), time_(options_.time), work_(options_.work) {
    if (!time_) time_ = std::make_shared<system_clock>();
    if (!work_) work_ = std::make_shared<thread_runner>();
    on_socket(news_.signal().descriptor(), {.read = true, .write = false});
}

AWSXX_ONCE loop_state::~loop_state() {
    closing_ = true;
    end_all();
    for (int left = *working_; left != 0; left = *working_) working_->wait(left);
    for (const auto& one : renewals_) one->abandon();
    renewals_.clear();
    for (posted* const one : later_) one->lost();
    on_socket(news_.signal().descriptor(), {});
}

AWSXX_ONCE void loop_state::end_all() {
    while (!pauses_.empty())  // what a callback throws ends here
        static_cast<void>(
            detail::loop_renewal::ends_well([this] { pauses_.back()->end(loop_ended()); }));
    // NOLINTNEXTLINE(modernize-loop-convert): what is told of an end may add calls
    for (std::size_t i = 0; i < all_calls_.size(); ++i) {
        loop_call& one = *all_calls_[i];
        if (!one.is_busy() || one.is_nested()) continue;
        static_cast<void>(detail::loop_renewal::ends_well([&] { one.end(loop_ended()); }));
    }
}

AWSXX_ONCE loop_call* loop_state::begin(const loop_start& from, const call_options& how,
                                        loop_listener& to) {
    if (closing_) return nullptr;
    loop_call& one = idle_call();
    ++calls_;
    one.begin(from, how, to);
    nudge();
    return &one;
}

AWSXX_ONCE loop_call* loop_state::begin_nothing(loop_listener& to) {
    if (closing_) return nullptr;
    loop_call& one = idle_call();
    ++calls_;
    one.begin(to);
    nudge();
    return &one;
}

AWSXX_ONCE loop_call& loop_state::begin_nested(call& machine, const loop_network& by,
                                               loop_renewal& from) {
    loop_call& one = idle_call();
    one.begin(machine, by, from);
    return one;
}

AWSXX_ONCE loop_call& loop_state::idle_call() {
    if (idle_calls_.empty()) {
        all_calls_.push_back(std::make_unique<loop_call>(*this));
        idle_calls_.reserve(all_calls_.size());
        return *all_calls_.back();
    }
    loop_call& one = *idle_calls_.back();
    idle_calls_.pop_back();
    return one;
}

AWSXX_ONCE void loop_state::retire(loop_call& what, bool nested) noexcept {
    idle_calls_.push_back(&what);
    if (!nested) --calls_;
}

AWSXX_ONCE loop_renewal& loop_state::carry_out(std::shared_ptr<renewal> what,
                                               const loop_network& by, loop_call& owner) {
    renewals_.push_back(std::make_unique<loop_renewal>(*this, std::move(what), by, owner));
    loop_renewal& made = *renewals_.back();
    turns_.add(made);
    return made;
}

AWSXX_ONCE void loop_state::retire(loop_renewal& what) noexcept {
    const auto found = std::find_if(renewals_.begin(), renewals_.end(),
                                    [&](const auto& one) { return one.get() == &what; });
    const std::unique_ptr<loop_renewal> gone = std::move(*found);
    renewals_.erase(found);
}

AWSXX_ONCE bool loop_state::run_elsewhere(callback work, mail& after) {
    ++*working_;
    const bool runs = detail::loop_renewal::survives([&] {
        return work_->start([counter = working_, work = std::move(work), &after, to = &news_] {
            work();
            to->send(after);
            --*counter;
            counter->notify_all();
        });
    });
    if (!runs) --*working_;
    return runs;
}

AWSXX_ONCE void loop_state::post(callback function) {
    ++posted_;
    news_.send(*new posted(*this, std::move(function)));
}

AWSXX_ONCE void loop_state::nudge() {
    if (options_.host != nullptr && !busy_) options_.host->on_timer(milliseconds::zero());
}

AWSXX_ONCE void loop_state::on_socket(int descriptor, io_interest wanted) {
    if (options_.host != nullptr)
        options_.host->on_socket(descriptor, wanted);
    else
        watcher_.watch(descriptor, wanted);
}

AWSXX_ONCE bool loop_state::take_news() {
    bool any = false;
    while (!later_.empty() && later_.front()->round != round_.load()) {
        posted* const one = later_.front();
        later_.pop_front();
        one->run();
        any = true;
    }
    while (news_.deliver_one()) any = true;
    return any;
}

/// One round of what can be done without waiting. False: there was nothing.
AWSXX_ONCE bool loop_state::once() {
    bool any = take_news();
    while (loop_turn* const next = turns_.take()) {
        any = true;
        next->turn();
        take_news();
    }
    if (timers_.next()) any |= timers_.run(time_->steady_now());
    return network_.advance() || any;
}

AWSXX_ONCE bool loop_state::settle() {
    const busy_mark mark(*this);
    bool any = false;
    while (!stopping_ && once()) any = true;
    return any;
}

AWSXX_ONCE void loop_state::run() {
    if (busy_ || !belongs_here() || options_.host != nullptr) return;
    stopping_ = false;
    settle();
    while (!stopping_ && in_flight() != 0) poll({});
    stopping_ = false;
}

AWSXX_ONCE bool loop_state::poll(std::optional<milliseconds> at_most) {
    if (busy_ || !belongs_here() || options_.host != nullptr) return in_flight() != 0;
    stopping_ = false;
    const bool moved = settle();
    if (moved && in_flight() == 0) return false;
    wait(moved ? milliseconds::zero() : at_most);
    settle();
    return in_flight() != 0;
}

/// In how long there is something to do, if nothing comes before; nothing: no idea.
AWSXX_ONCE std::optional<milliseconds> loop_state::next_pause() const {
    if (!turns_.empty() || !later_.empty()) return milliseconds::zero();
    auto pause = network_.pause();
    if (const auto next = timers_.next()) {
        const milliseconds left = (std::max)(*next - time_->steady_now(), milliseconds::zero());
        pause = pause ? (std::min)(*pause, left) : left;
    }
    return pause;
}

/// Nothing but time can bring anything, and that is a clock of the program's own.
AWSXX_ONCE bool loop_state::sleeps() const noexcept {
    return options_.time != nullptr && network_.in_flight() == 0 && *working_ == 0 &&
           parked_ == 0 && timers_.next().has_value();
}

AWSXX_ONCE void loop_state::wait(std::optional<milliseconds> at_most) {
    auto pause = next_pause();
    if (at_most) pause = pause ? (std::min)(*pause, *at_most) : *at_most;
    if (sleeps() && pause && *pause > milliseconds::zero()) {
        time_->sleep((std::min)(*pause, longest_sleep));
        pause = milliseconds::zero();
    }
    const busy_mark mark(*this);
    for (const ready_socket& one : watcher_.wait(pause)) {
        take_news();
        hear(one);
    }
}

AWSXX_ONCE void loop_state::hear(const ready_socket& one) {
    if (one.descriptor == news_.signal().descriptor())
        news_.signal().clear();
    else
        network_.ready(one.descriptor, one.events);
}

AWSXX_ONCE void loop_state::ready(int descriptor, io_interest events) {
    if (busy_ || !belongs_here()) return;
    hear({descriptor, events});
    ready();
}

AWSXX_ONCE void loop_state::ready() {
    if (busy_ || !belongs_here()) return;
    stopping_ = false;
    io_host* const host = options_.host;
#if defined(__cpp_exceptions)
    try {
        settle();
    } catch (...) {  // there may be more, of which nobody else tells
        if (host != nullptr)
            static_cast<void>(
                detail::loop_renewal::ends_well([host] { host->on_timer(milliseconds::zero()); }));
        throw;
    }
#else
    settle();
#endif
    if (host != nullptr) host->on_timer(next_pause());
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
