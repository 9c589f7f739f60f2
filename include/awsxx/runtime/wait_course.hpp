// SPDX-License-Identifier: MIT
// Where a wait for a waiter is: what an attempt came to, and how the wait ends.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/waiter.hpp>
#include <awsxx/runtime/wait_loop.hpp>
#include <awsxx/runtime/wait_options.hpp>
#include <awsxx/runtime/waiter.hpp>
#include <awsxx/runtime/waiter_watch.hpp>

#include <chrono>
#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// What all waits have in common, whoever makes the calls and lets the pauses pass.
class wait_course {
public:
    /// Fails where the waiter is none. Input and output have to outlive this.
    static expected<wait_course> begin(const model::waiter& until, const model::operation& what,
                                       const void* in) {
        auto watch = waiter_watch::begin(until, what, in);
        if (!watch) return std::move(watch).error();
        return wait_course(until, what, *std::move(watch));
    }

    /// Time begins to count. `time` and `random` outlive this.
    wait_loop& start(wait_options options, clock& time, random_source& random) {
        if (!options.min_delay) options.min_delay = std::chrono::seconds(until_.min_delay);
        if (!options.max_delay) options.max_delay = std::chrono::seconds(until_.max_delay);
        return loop_.emplace(until_.name, options, time, random);
    }

    /// Before each attempt: nothing of the last one is left in the output.
    void clear(void* out) const {
        if (loop_->looks() > 1) model::clear(*what_->output, out);
    }
    /// How the wait ends with an attempt that came to this; nothing: it goes on with a pause.
    std::optional<expected<wait_end>> judge(expected<void> attempt, const void* out) {
        if (!attempt && attempt.error().kind == error_kind::cancelled && loop_->is_stopped()) {
            expected<wait_end> stopped = gave_up();
            return stopped;
        }
        const auto state = watch_.judge(std::move(attempt), out);
        if (state == model::waiter_state::success)
            return wait_end{watch_.last_error(), loop_->looks()};
        if (state != model::waiter_state::failure) return {};
        // Not in one step: a `wait_end` can be made of an error, too.
        expected<wait_end> never = watch_.failure(loop_->text("will never be so"));
        return never;
    }
    /// How it ends where there is no other attempt.
    error gave_up() const { return watch_.because_of_last(loop_->failure(watch_.seen())); }

private:
    wait_course(const model::waiter& until, const model::operation& what, waiter_watch watch)
        : until_(until), what_(&what), watch_(std::move(watch)) {}

    model::waiter until_;
    const model::operation* what_;
    waiter_watch watch_;
    std::optional<wait_loop> loop_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
