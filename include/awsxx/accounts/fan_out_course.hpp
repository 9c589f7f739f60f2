// SPDX-License-Identifier: MIT
// The rules of work over many targets, for both drivers: who is run, and how its end is counted.
#pragma once

#include <awsxx/accounts/fan_out.hpp>
#include <awsxx/accounts/fan_out_state.hpp>
#include <awsxx/accounts/fan_out_targets.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/call_options.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// Where a fan-out is. Only `how` may be called by several threads at once.
class fan_out_course {
public:
    fan_out_course(fan_out_options options, std::optional<std::size_t> total, clock& time)
        : options_(std::move(options)), before_(options_.state), time_(&time) {
        counts_.total = total;
        if (options_.at_most > milliseconds::zero())
            end_ = moment_after(time.steady_now(), options_.at_most);
    }

    fan_out_course(const fan_out_course&) = delete;
    fan_out_course& operator=(const fan_out_course&) = delete;

    /// What becomes of a target that is not run; nothing: it is to be run.
    std::optional<outcome> verdict(std::string_view id) const {
        if (before_.has(options_.state, id)) return outcome::done_before;
        if (options_.dry_run) return outcome::planned;
        if (gives_up()) return outcome::not_started;
        return {};
    }
    /// Why there is no result.
    AWSXX_COLD error reason(outcome how) const {
        if (how == outcome::done_before)
            return {.kind = error_kind::cancelled,
                    .code = "DoneBefore",
                    .message = "an earlier run has done it"};
        if (how == outcome::planned)
            return {.kind = error_kind::cancelled,
                    .code = "DryRun",
                    .message = "nothing is called in a dry run"};
        const bool late = !options_.stop.stop_requested() && is_late();
        return {.kind = late ? error_kind::timeout : error_kind::cancelled,
                .code = "NotStarted",
                .message = late ? "its turn did not come before the deadline"
                                : "the work was stopped before its turn came"};
    }

    void began() noexcept { ++counts_.running; }
    /// One that was begun has ended.
    void ended(const std::string& id, outcome how) {
        --counts_.running;
        settled(id, how);
    }
    /// One has its result.
    void settled(const std::string& id, outcome how) {
        ++count_of(how);
        if (how == outcome::no_access) ++counts_.no_access;
        if (how == outcome::region_not_enabled) ++counts_.region_not_enabled;
        if (how == outcome::done) options_.state.add(id);
        if (options_.progress) options_.progress(counts_, options_.state);
    }
    /// No target is begun any more.
    void give_up() noexcept { gave_up_ = true; }

    const fan_out_options& options() const noexcept { return options_; }
    /// As many as the options want, but none that would find no target.
    std::size_t useful_threads() const noexcept {
        return (std::min)(options_.threads, counts_.total.value_or(options_.threads));
    }
    bool is_late() const noexcept { return end_ && time_->steady_now() >= *end_; }
    /// The limits of a call that begins now.
    call_options how() const {
        call_options limits{.stop = options_.stop};
        if (end_) limits.at_most = (std::max)(*end_ - time_->steady_now(), milliseconds(1));
        return limits;
    }
    fan_out_summary summary() && { return {.counts = counts_, .state = std::move(options_.state)}; }

private:
    bool gives_up() const noexcept {
        return gave_up_ || options_.stop.stop_requested() || is_late();
    }
    std::size_t& count_of(outcome how) noexcept {
        switch (how) {
            case outcome::done: return counts_.done;
            case outcome::not_started: return counts_.not_started;
            case outcome::done_before: return counts_.done_before;
            case outcome::planned: return counts_.planned;
            default: return counts_.failed;
        }
    }

    fan_out_options options_;
    detail::fan_out::earlier_targets before_;  // targets of this run may have the same id
    clock* time_;
    std::optional<steady_instant> end_{};
    fan_out_progress counts_{};
    bool gave_up_ = false;
};

/// What a function knows beside its target.
class job_context {
public:
    job_context(const fan_out_course& of, std::size_t index) noexcept
        : course_(&of), index_(index) {}

    /// Options for a call that begins now: it ends with the deadline and the stop of the whole.
    call_options how() const { return course_->how(); }
    /// The deadline is over: a call that begins now has next to no time.
    bool is_late() const noexcept { return course_->is_late(); }
    /// The target's place, from 0.
    std::size_t index() const noexcept { return index_; }

private:
    const fan_out_course* course_;
    std::size_t index_;
};

namespace detail::fan_out {

/// A role that refuses is another matter than a network that is down.
inline outcome outcome_of(const error& why) noexcept {
    if (why.code == "RegionNotEnabled") return outcome::region_not_enabled;
    const bool lacks_keys = why.code == "CredentialsUnavailable" || why.code == "RoleNotAssumed";
    const bool may_pass = why.retryable || why.kind == error_kind::cancelled ||
                          why.kind == error_kind::timeout || why.kind == error_kind::network;
    return lacks_keys && !may_pass ? outcome::no_access : outcome::failed;
}

/// Its text might hold a secret, so that it is not told.
AWSXX_COLD inline error job_threw() {
    return {.code = "JobThrew", .message = "the program's own function has thrown"};
}

template <class R>
struct plain {
    using type = R;
};
template <class R>
struct plain<expected<R>> {
    using type = R;
};

template <class Range>
using target_of = std::remove_cvref_t<decltype(*std::begin(std::declval<Range&>()))>;

template <class Range>
std::optional<std::size_t> count_of(const Range& targets) {
    if constexpr (requires {
                      { targets.size() } -> std::convertible_to<std::size_t>;
                  })
        return targets.size();
    else
        return {};
}

/// The result of a target that was run.
template <class R, class T>
target_result<T, R> judged(T target, std::string id, expected<R> result) {
    if (result) return {std::move(target), std::move(id), outcome::done, std::move(result)};
    error why = explained(target, std::move(result).error());
    const outcome how = outcome_of(why);
    return {std::move(target), std::move(id), how, std::move(why)};
}

/// Puts results in order that come in any; holds no more than those that are early.
template <class T, class R>
class in_order {
public:
    explicit in_order(std::vector<target_result<T, R>>& to) noexcept : to_(&to) {}

    void operator()(std::size_t index, target_result<T, R>&& one) {
        early_.emplace(index, std::move(one));
        for (auto next = early_.begin(); next != early_.end() && next->first == to_->size();
             next = early_.erase(next))
            to_->push_back(std::move(next->second));
    }

private:
    std::vector<target_result<T, R>>* to_;
    std::map<std::size_t, target_result<T, R>> early_{};
};

/// Takes targets out of a range, one by one, and settles those that are not to be run.
template <class R, class Range, class Each>
class queue {
public:
    using target = target_of<Range>;
    struct item {
        std::size_t index;
        target what;
        std::string id;
    };

    queue(Range& from, fan_out_course& course, Each& each)
        : at_(std::begin(from)), end_(std::end(from)), course_(&course), each_(&each) {}

    /// The next one to be run, which counts as begun; nothing: there is none.
    std::optional<item> next() {
        for (; at_ != end_; ++at_, ++taken_) {
            item one{taken_, *at_, {}};
            one.id = id_of(one.what);
            if (const auto how = course_->verdict(one.id)) {
                settle(std::move(one), *how);
                continue;
            }
            course_->began();
            ++at_;
            ++taken_;
            return one;
        }
        return {};
    }
    bool is_empty() const { return !(at_ != end_); }
    void ended(item one, expected<R> result) {
        auto made = judged<R>(std::move(one.what), std::move(one.id), std::move(result));
        course_->ended(made.id, made.how);
        (*each_)(one.index, std::move(made));
    }

private:
    void settle(item one, outcome how) {
        course_->settled(one.id, how);
        (*each_)(one.index, target_result<target, R>{std::move(one.what), std::move(one.id), how,
                                                     course_->reason(how)});
    }

    decltype(std::begin(std::declval<Range&>())) at_;
    decltype(std::end(std::declval<Range&>())) end_;
    fan_out_course* course_;
    Each* each_;
    std::size_t taken_ = 0;
};

}  // namespace detail::fan_out

}  // namespace awsxx::inline AWSXX_ABI::accounts
