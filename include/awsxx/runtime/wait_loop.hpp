// SPDX-License-Identifier: MIT
// Looks again and again until something is so, with pauses that grow.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/pause.hpp>
#include <awsxx/runtime/wait_options.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// When to look. https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries
class wait_schedule {
public:
    /// Pauses of less than a millisecond count as one.
    wait_schedule(const wait_options& options, steady_instant now) noexcept
        : ceiling_((std::max)(options.min_delay.value_or(seconds(2)), milliseconds(1))),
          min_delay_(ceiling_),
          max_delay_((std::max)(options.max_delay.value_or(seconds(120)), min_delay_)),
          end_(moment_after(now, options.at_most)) {}

    /// How long to wait before the next look; nothing: the time is over. A random part of what it
    /// could be, which doubles each time; the last look is at the very end.
    std::optional<milliseconds> pause(steady_instant now, random_source& random) {
        if (now >= end_) return {};
        const milliseconds left = end_ - now;
        const auto range = static_cast<double>((ceiling_ - min_delay_).count());
        const milliseconds delay =
            min_delay_ + milliseconds(static_cast<milliseconds::rep>(range * uniform(random)));
        ceiling_ = ceiling_ > max_delay_ / 2 ? max_delay_ : ceiling_ * 2;
        return left - min_delay_ <= delay ? left : delay;
    }

private:
    milliseconds ceiling_;
    milliseconds min_delay_;
    milliseconds max_delay_;
    steady_instant end_;
};

/// The looks of one wait, on the caller's thread. The first is at once; `pause` says whether there
/// is another one.
class wait_loop {
public:
    wait_loop(std::string_view name, const wait_options& options, clock& time,
              random_source& random)
        : name_(name),
          stop_(options.stop),
          time_(time),
          random_(random),
          schedule_(options, time.steady_now()),
          began_(time.steady_now()) {}

    /// Waits until it is time for another look. False: there is none.
    bool pause() {
        const auto pause = next_pause();
        return pause && pause_for(*pause, time_, stop_);
    }
    /// How long to wait before another look; nothing: there is none.
    std::optional<milliseconds> next_pause() {
        if (is_stopped()) return {};
        const auto pause = schedule_.pause(time_.steady_now(), random_);
        if (pause) ++looks_;
        return pause;
    }

    int looks() const noexcept { return looks_; }
    bool is_stopped() const noexcept { return stop_.stop_requested(); }

    /// Why there is no other look: `WaiterStopped` or `WaiterTimedOut`. `last` is what was seen at
    /// the last one, for people.
    AWSXX_COLD error failure(std::string_view last) const {
        const bool stopped = is_stopped();
        return {.kind = stopped ? error_kind::cancelled : error_kind::timeout,
                .code = stopped ? "WaiterStopped" : "WaiterTimedOut",
                .message = text("not so") + (last.empty() ? "" : "; last: " + std::string(last))};
    }
    /// "TableExists: not so after 3 attempts in 7 s"
    std::string text(std::string_view what) const {
        const auto passed = std::chrono::duration_cast<seconds>(time_.steady_now() - began_);
        std::string told(name_);
        told.append(told.empty() ? "" : ": ").append(what).append(" after ");
        told.append(std::to_string(looks_)).append(looks_ == 1 ? " attempt in " : " attempts in ");
        return told.append(std::to_string(passed.count())).append(" s");
    }

private:
    std::string name_;
    std::stop_token stop_;
    clock& time_;
    random_source& random_;
    wait_schedule schedule_;
    steady_instant began_;
    int looks_ = 1;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
