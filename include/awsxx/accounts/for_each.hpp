// SPDX-License-Identifier: MIT
// Calls a function for every target and keeps what came of each.
#pragma once

#include <awsxx/accounts/fan_out.hpp>
#include <awsxx/accounts/fan_out_course.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#if defined(__cpp_exceptions)
#include <exception>
#include <system_error>
#endif

namespace awsxx::inline AWSXX_ABI::accounts {

namespace detail::for_each {

template <class Fn, class T>
decltype(auto) call(Fn& fn, const T& target, const job_context& context) {
    if constexpr (std::is_invocable_v<Fn&, const T&, const job_context&>)
        return fn(target, context);
    else
        return fn(target);
}

template <class Fn, class T>
using answer_of = std::remove_cvref_t<decltype(for_each::call(
    std::declval<Fn&>(), std::declval<const T&>(), std::declval<const job_context&>()))>;

template <class Fn, class T>
using result_of = typename fan_out::plain<answer_of<Fn, T>>::type;

template <class R, class Fn, class T>
expected<R> unguarded(Fn& fn, const T& target, const job_context& context) {
    if constexpr (std::is_void_v<answer_of<Fn, T>>) {
        for_each::call(fn, target, context);
        return {};
    } else {
        return for_each::call(fn, target, context);
    }
}

template <class R, class Fn, class T>
expected<R> guarded(Fn& fn, const T& target, const job_context& context) {
    if (auto why = fan_out::refusal_of(target)) return *std::move(why);
#if defined(__cpp_exceptions)
    try {
        return unguarded<R>(fn, target, context);
    } catch (const aws_error& e) {
        return e.details();
    } catch (...) {
        return fan_out::job_threw();
    }
#else
    return unguarded<R>(fn, target, context);
#endif
}

/// Threads that take targets from one queue.
template <class R, class Range, class Fn, class Each>
class crew {
public:
    struct parts {
        Range& targets;
        Fn& fn;
        Each& each;
    };
    crew(const parts& of, fan_out_course& course)
        : queue_(of.targets, course, of.each), fn_(&of.fn), course_(&course) {}

    void run() {
        std::vector<std::thread> others;
        for (std::size_t left = course_->useful_threads(); left > 1 && add(others);) --left;
        work_until_thrown();
        for (std::thread& one : others) one.join();
#if defined(__cpp_exceptions)
        if (thrown_) std::rethrow_exception(thrown_);
#endif
    }

private:
    using queue = fan_out::queue<R, Range, Each>;

    /// False: the system has no more threads; those that are there do the work.
    bool add(std::vector<std::thread>& to) {
#if defined(__cpp_exceptions)
        try {
            to.emplace_back([this] { work_until_thrown(); });
        } catch (const std::system_error&) {
            return false;
        }
#else
        to.emplace_back([this] { work_until_thrown(); });
#endif
        return true;
    }
    /// What the range or `each` throws comes out of `for_each` once all threads have ended.
    void work_until_thrown() {
#if defined(__cpp_exceptions)
        try {
            work();
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!thrown_) thrown_ = std::current_exception();
        }
#else
        work();
#endif
    }
    void work() {
        while (auto one = take()) {
            auto result = guarded<R>(*fn_, one->what, job_context(*course_, one->index));
            const std::lock_guard lock(mutex_);
            queue_.ended(*std::move(one), std::move(result));
        }
    }
    std::optional<typename queue::item> take() {
        const std::lock_guard lock(mutex_);
#if defined(__cpp_exceptions)
        if (thrown_) return {};
#endif
        return queue_.next();
    }

    std::mutex mutex_{};
    queue queue_;
    Fn* fn_;
    fan_out_course* course_;
#if defined(__cpp_exceptions)
    std::exception_ptr thrown_{};
#endif
};

/// What `for_each` gives for targets of that range.
template <class Range, class Fn>
using report_of =
    fan_out_report<fan_out::target_of<Range>, result_of<Fn, fan_out::target_of<Range>>>;

}  // namespace detail::for_each

/// Calls `fn(target)` or `fn(target, context)` for every target and hands each result to
/// `each(index, target_result&&)` as it comes, in any order: nothing is kept. Otherwise like the
/// other one.
template <class Range, class Fn, class Each>
fan_out_summary for_each(Range&& targets, Fn fn, fan_out_options options, Each each) {
    using held = std::remove_reference_t<Range>;
    using result = detail::for_each::result_of<Fn, detail::fan_out::target_of<held>>;
    system_clock computer;
    clock& time = options.time ? *options.time : computer;
    const auto kept = options.time;
    fan_out_course course(std::move(options), detail::fan_out::count_of(targets), time);
    detail::for_each::crew<result, held, Fn, Each>({targets, fn, each}, course).run();
    return std::move(course).summary();
}

/// Calls `fn(target)` or `fn(target, context)` for every target and keeps what came of each, in the
/// order of the targets: a value, an `expected` or nothing.
///
///     const auto report = awsxx::accounts::for_each(
///         home.regional(), [](const auto& place) { return place.session().try_whoami(); },
///         {.threads = 8});
///     for (const auto& one : report.results)
///         if (!one.result) std::cerr << one.id << ": " << one.result.error() << '\n';
///
/// Runs on the caller's thread. Where the options want more than one thread and there are several
/// targets, `fn` is called by others at the same time. What it throws is its target's error. A
/// target that knows a `refusal()` is not called. Targets are any range, read as the work goes on;
/// each has an `id()` or is text or a number. Blocks until every target has its result: deadline and
/// stop keep targets from being begun, and end calls that are made with `context.how()`.
template <class Range, class Fn>
auto for_each(Range&& targets, Fn fn, fan_out_options options = {})
    -> detail::for_each::report_of<std::remove_reference_t<Range>, Fn> {
    using held = std::remove_reference_t<Range>;
    using target = detail::fan_out::target_of<held>;
    detail::for_each::report_of<held, Fn> report;
    detail::fan_out::in_order<target, detail::for_each::result_of<Fn, target>> collect(
        report.results);
    static_cast<fan_out_summary&>(report) =
        for_each(targets, std::move(fn), std::move(options), std::move(collect));
    return report;
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
