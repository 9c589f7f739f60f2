// SPDX-License-Identifier: MIT
// A token bucket: how soon the next thing may be done.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>

namespace awsxx::inline AWSXX_ABI::runtime {

/// So many things a second, and so many at once. Used by one thread at a time.
class token_bucket {
public:
    /// `rate` is above zero, `burst` at least 1. Full at first.
    token_bucket(double rate, double burst, steady_instant now) noexcept
        : rate_(rate), burst_(burst), tokens_(burst), filled_(now) {}

    /// A second.
    double rate() const noexcept { return rate_; }
    double burst() const noexcept { return burst_; }

    /// Puts in what time has brought. So many others take a token each as soon as it is there; what
    /// they have not fetched yet needs no room.
    void fill(steady_instant now, std::size_t waiting = 0) noexcept {
        const std::chrono::duration<double> passed = now - filled_;
        if (passed.count() <= 0) return;
        const double most = burst_ + static_cast<double>(waiting);
        tokens_ = (std::min)(tokens_ + passed.count() * rate_, most);
        filled_ = now;
    }
    /// From now on. What is in it stays, as far as there is room.
    void change(double rate, double burst, steady_instant now) noexcept {
        fill(now);
        rate_ = rate;
        burst_ = burst;
        tokens_ = (std::min)(tokens_, burst_);
    }
    /// Takes all that is in it.
    void drain() noexcept { tokens_ = 0; }

    /// In how long a token is there for whoever comes behind so many others.
    milliseconds pause(steady_instant now, std::size_t ahead = 0) noexcept {
        fill(now);
        const double wanted = static_cast<double>(ahead) + 1;
        if (tokens_ >= wanted) return milliseconds::zero();
        constexpr double most = 1e12;  // of a bucket that is as good as never filled
        const double left = std::ceil((wanted - tokens_) / rate_ * 1e3 - rounding);
        return milliseconds(static_cast<milliseconds::rep>((std::min)(left, most)));
    }
    /// Takes a token if there is one.
    bool take(steady_instant now) noexcept {
        if (pause(now) > milliseconds::zero()) return false;
        tokens_ -= 1;
        return true;
    }
    /// A token that was taken is not used.
    void give_back() noexcept { tokens_ = (std::min)(tokens_ + 1, burst_); }

private:
    static constexpr double rounding = 1e-6;  // what sums of fractions may be off, in milliseconds

    double rate_;
    double burst_;
    double tokens_;
    steady_instant filled_;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
