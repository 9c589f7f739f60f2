// SPDX-License-Identifier: MIT
// What work over many targets is given, and what comes of it.
#pragma once

#include <awsxx/accounts/fan_out_state.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// What became of a target.
enum class outcome : unsigned char {
    done,
    failed,
    no_access,           ///< Its credentials could not be had: the role is missing, or refuses.
    region_not_enabled,  ///< The account has not enabled that region.
    not_started,         ///< The deadline came first, or the stop.
    done_before,         ///< By an earlier run, as its state says.
    planned,             ///< A dry run would have run it.
};

/// As enumerators are spelled.
constexpr std::string_view to_string(outcome how) noexcept {
    constexpr std::string_view names[] = {
        "done",        "failed",      "no_access", "region_not_enabled",
        "not_started", "done_before", "planned"};
    return names[static_cast<unsigned char>(how)];
}

/// How far a fan-out is.
struct fan_out_progress {
    std::size_t done{};
    std::size_t failed{};              ///< Those without access or region included.
    std::size_t no_access{};           ///< Of the failed ones.
    std::size_t region_not_enabled{};  ///< Of the failed ones.
    std::size_t not_started{};
    std::size_t done_before{};
    std::size_t planned{};
    std::size_t running{};
    std::optional<std::size_t> total{};  ///< Absent where the targets cannot be counted beforehand.

    /// Targets that have their result.
    std::size_t settled() const noexcept {
        return done + failed + not_started + done_before + planned;
    }
};

/// How work goes over its targets; everything has a default.
struct fan_out_options {
    /// Threads that call the function, the caller's among them. On event loops it is not looked at.
    std::size_t threads = 1;
    /// Targets under way at once on an event loop.
    std::size_t concurrency = 16;
    milliseconds at_most{};  ///< Then no target is begun any more; 0: no limit.
    std::stop_token stop{};  ///< From then on no target is begun any more.
    fan_out_state state{};   ///< What earlier runs have done is not done again.
    bool dry_run{};          ///< Lists the targets and calls nothing.
    /// Hears of each result, by one thread at a time, with what is done by now: a program that saves
    /// that state now and then can go on after a crash. Must not throw.
    std::function<void(const fan_out_progress&, const fan_out_state&)> progress{};
    /// Deadlines are by this clock; null: the computer's. On event loops it is the loop's.
    std::shared_ptr<clock> time{};
};

/// A target and what came of it.
template <class T, class R>
struct target_result {
    T target;
    std::string id;  ///< As the state has it.
    outcome how;
    expected<R> result;  ///< Of targets that were not run: why.
};

/// What came of them all, without the results.
struct fan_out_summary {
    fan_out_progress counts{};
    fan_out_state state{};  ///< For a later run.

    /// Nothing is left for a later run.
    bool complete() const noexcept {
        return counts.failed + counts.not_started + counts.planned == 0;
    }
};

/// One result for each target, in the order of the targets.
template <class T, class R>
struct fan_out_report : fan_out_summary {
    std::vector<target_result<T, R>> results{};
};

}  // namespace awsxx::inline AWSXX_ABI::accounts
