// SPDX-License-Identifier: MIT
// A clock that stands still until it is told to move.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <mutex>
#include <vector>

namespace awsxx::inline AWSXX_ABI::testing {

/// Time for tests: whoever sleeps moves it and returns at once.
///
///     const auto time = std::make_shared<awsxx::testing::fake_clock>();
///     time->advance(std::chrono::hours(1));
///
/// Starts at 2026-01-01T00:00:00Z unless told otherwise. May be used from any thread.
class fake_clock final : public clock {
public:
    fake_clock() = default;
    explicit fake_clock(instant start) : now_(start) {}

    instant now() const noexcept override {
        const std::lock_guard lock(mutex_);
        return now_;
    }
    steady_instant steady_now() const noexcept override {
        const std::lock_guard lock(mutex_);
        return steady_;
    }
    void sleep(milliseconds pause) override {
        const std::lock_guard lock(mutex_);
        sleeps_.push_back(pause);
        move(pause);
    }

    /// Lets time pass.
    void advance(milliseconds time) {
        const std::lock_guard lock(mutex_);
        move(time);
    }
    /// Sets the clock on the wall, forward or back; no time passes.
    void set(instant now) {
        const std::lock_guard lock(mutex_);
        now_ = now;
    }
    /// Every pause so far, in order.
    std::vector<milliseconds> sleeps() const {
        const std::lock_guard lock(mutex_);
        return sleeps_;
    }

private:
    void move(milliseconds time) {
        now_ = moment_after(now_, time);
        steady_ = moment_after(steady_, time);
    }

    mutable std::mutex mutex_{};
    instant now_{milliseconds{1'767'225'600'000}};
    steady_instant steady_{milliseconds{1'000'000}};
    std::vector<milliseconds> sleeps_{};
};

}  // namespace awsxx::inline AWSXX_ABI::testing
