// SPDX-License-Identifier: MIT
// How long a thread waits for something, and who may end that.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/pause.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Without an end, unless one of both is given.
class patience {
public:
    patience() = default;
    patience(clock& time, std::optional<milliseconds> left, std::stop_token stop)
        : stop_(std::move(stop)) {
        if (left) until_ = moment_after(time.steady_now(), *left);
    }

    bool endless() const noexcept { return !until_ && !stop_.stop_possible(); }
    bool is_over(clock& time) const {
        return stop_.stop_requested() || (until_ && time.steady_now() >= *until_);
    }
    /// Nothing: as long as it takes.
    std::optional<milliseconds> left(clock& time) const {
        if (!until_) return {};
        return (std::max)(*until_ - time.steady_now(), milliseconds::zero());
    }
    const std::stop_token& stop() const noexcept { return stop_; }
    /// Half of what is left of it.
    patience half(clock& time) const {
        const auto all = left(time);
        return {time, all ? std::optional(*all / 2) : std::nullopt, stop_};
    }

    /// Lets a pause pass. False: it is over before.
    bool outlasts(milliseconds pause, clock& time) const {
        const auto most = left(time);
        const bool passed = pause_for(most ? (std::min)(pause, *most) : pause, time, stop_);
        return passed && !(most && *most < pause);
    }

private:
    std::optional<steady_instant> until_{};
    std::stop_token stop_{};
};

/// A thread that waits for a renewal as long as its patience lasts.
class patient_waiter final : public renewal_waiter {
public:
    void changed() noexcept override {
        const std::lock_guard lock(mutex_);
        told_ = true;
        heard_.notify_all();
    }
    /// False: the patience is over.
    bool wait(const patience& how, clock& time) {
        std::unique_lock lock(mutex_);
        const auto told = [this] { return told_; };
        if (const auto left = how.left(time))
            return heard_.wait_for(lock, how.stop(), (std::min)(*left, longest), told);
        return heard_.wait(lock, how.stop(), told);
    }

private:
    // A condition variable counts nanoseconds, of which there are enough for 292 years.
    static constexpr milliseconds longest = std::chrono::years(100);

    std::mutex mutex_{};
    std::condition_variable_any heard_{};
    bool told_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
