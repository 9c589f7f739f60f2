// SPDX-License-Identifier: MIT
// Works on many targets at once, on the one thread of an event loop.
#pragma once

#include <awsxx/accounts/fan_out.hpp>
#include <awsxx/accounts/fan_out_course.hpp>
#include <awsxx/accounts/for_each.hpp>
#include <awsxx/accounts/job.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/loop_state.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

namespace detail::async_for_each {

template <class Fn, class T>
using job_of = for_each::answer_of<Fn, T>;

/// What is under way: so many jobs at most, begun as others end. Stays where it is.
template <class Range, class Fn, class Each>
class loop_run {
public:
    using target = fan_out::target_of<Range>;
    using result = typename job_of<Fn, target>::value_type;
    struct parts {
        Range& targets;
        Fn& fn;
        Each& each;
    };

    loop_run(const parts& of, fan_out_course& course)
        : queue_(of.targets, course, of.each), fn_(&of.fn), course_(&course) {}
    loop_run(const loop_run&) = delete;
    loop_run& operator=(const loop_run&) = delete;

    /// Collects what is over and begins as many others. May be called by what it began.
    void pump() {
        if (pumping_) return;
        pumping_ = true;
        do {
            while (!over_.empty()) collect(*over_.back());
            fill();
        } while (!over_.empty());
        pumping_ = false;
    }
    bool is_over() const { return running_ == 0 && queue_.is_empty(); }
    /// Ends those that are under way with that error; the others are not begun.
    void abandon(const error& why) {
        course_->give_up();
        pumping_ = true;
        for (const auto& one : slots_)
            if (one->what) finish(*one, why);
        fill();
        pumping_ = false;
    }

private:
    using queue = fan_out::queue<result, Range, Each>;
    struct slot {
        loop_run* owner{};
        std::optional<typename queue::item> what{};
        std::optional<job_context> context{};
        std::optional<job<result>> work{};

        static void over(void* self) {
            auto* const one = static_cast<slot*>(self);
            one->owner->over_.push_back(one);
            one->owner->heard();
        }
    };

    /// One or more are over.
    virtual void heard() = 0;

    void fill() {
        const std::size_t most = std::max<std::size_t>(course_->options().concurrency, 1);
        while (running_ < most) {
            auto next = queue_.next();
            if (!next) return;
            ++running_;
            begin(idle_slot(), *std::move(next));
        }
    }
    slot& idle_slot() {
        if (idle_.empty()) {
            slots_.push_back(std::make_unique<slot>());
            slots_.back()->owner = this;
            return *slots_.back();
        }
        slot& one = *idle_.back();
        idle_.pop_back();
        return one;
    }
    void begin(slot& in, typename queue::item what) {
        in.what.emplace(std::move(what));
        in.context.emplace(*course_, in.what->index);
        if (auto why = fan_out::refusal_of(in.what->what)) return finish(in, *std::move(why));
        if (auto why = make(in)) return finish(in, *std::move(why));
        in.work->start({&slot::over, &in});
    }
    /// A function that is no coroutine may throw before there is a job.
    std::optional<error> make(slot& in) {
#if defined(__cpp_exceptions)
        try {
            in.work.emplace(for_each::call(*fn_, in.what->what, *in.context));
        } catch (const aws_error& e) {
            return e.details();
        } catch (...) {
            return fan_out::job_threw();
        }
#else
        in.work.emplace(for_each::call(*fn_, in.what->what, *in.context));
#endif
        return {};
    }
    void collect(slot& one) {
        over_.pop_back();
        auto came = one.work->take();
        if (!came && came.error().code == "LoopEnded") course_->give_up();
        finish(one, std::move(came));
    }
    void finish(slot& one, expected<result> came) {
        one.work.reset();
        one.context.reset();
        typename queue::item what = *std::move(one.what);
        one.what.reset();
        idle_.push_back(&one);
        --running_;
        queue_.ended(std::move(what), std::move(came));
    }

protected:
    ~loop_run() = default;

private:
    queue queue_;
    Fn* fn_;
    fan_out_course* course_;
    std::vector<std::unique_ptr<slot>> slots_{};
    std::vector<slot*> idle_{};
    std::vector<slot*> over_{};
    std::size_t running_ = 0;
    bool pumping_ = false;
};

/// One that somebody waits for.
template <class Range, class Fn, class Each>
class waited_run final : public loop_run<Range, Fn, Each> {
public:
    using loop_run<Range, Fn, Each>::loop_run;

private:
    void heard() override { this->pump(); }
};

template <class Range, class Fn>
using report_of = fan_out_report<fan_out::target_of<Range>,
                                 typename job_of<Fn, fan_out::target_of<Range>>::value_type>;

AWSXX_COLD inline error never_ended() {
    return {.kind = error_kind::invalid_argument,
            .code = "JobNeverEnded",
            .message = "it waits for something that nobody on the event loop is about to do"};
}

}  // namespace detail::async_for_each

/// As `for_each` on an event loop, but each result goes to `each(index, target_result&&)` as it
/// comes, in any order: nothing is kept. Neither `each` nor the range may throw.
template <class Range, class Fn, class Each>
// NOLINTNEXTLINE(readability-function-size): what `for_each` takes, where, and who hears
fan_out_summary for_each(event_loop& on, Range&& targets, Fn fn, fan_out_options options,
                         Each each) {
    using held = std::remove_reference_t<Range>;
    fan_out_course course(std::move(options), detail::fan_out::count_of(targets),
                          on.state().time());
    detail::async_for_each::waited_run<held, Fn, Each> run({targets, fn, each}, course);
    if (!on.state().can_run()) course.give_up();
    run.pump();
    while (!run.is_over() && on.in_flight() != 0) on.poll(std::chrono::hours(1));
    if (!run.is_over()) run.abandon(detail::async_for_each::never_ended());
    return std::move(course).summary();
}

/// Lets `fn(target, context)`, or `fn(target)`, begin a `job` for every target, so many at once as
/// the options say, and keeps what came of each in the order of the targets.
///
///     const auto report = awsxx::accounts::for_each(loop, home.regional(), look);
///
/// Everything is done on this thread, which runs the loop until every target has its result. Not
/// from inside a callback of the loop, and not for loops with a host: there no target is begun, and
/// `start_for_each` is what to use. A job that waits for something off the loop fails with
/// `JobNeverEnded` once nothing else is under way.
template <class Range, class Fn>
auto for_each(event_loop& on, Range&& targets, Fn fn, fan_out_options options = {})
    -> detail::async_for_each::report_of<std::remove_reference_t<Range>, Fn> {
    using held = std::remove_reference_t<Range>;
    using target = detail::fan_out::target_of<held>;
    detail::async_for_each::report_of<held, Fn> report;
    detail::fan_out::in_order<target,
                              typename detail::async_for_each::job_of<Fn, target>::value_type>
        collect(report.results);
    static_cast<fan_out_summary&>(report) =
        for_each(on, targets, std::move(fn), std::move(options), std::move(collect));
    return report;
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
