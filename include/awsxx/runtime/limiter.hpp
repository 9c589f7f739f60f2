// SPDX-License-Identifier: MIT
// A token bucket: how soon the next thing may be done.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace awsxx::inline AWSXX_ABI::runtime {

/// So many things a second, and so many at once.
///
/// A token may be taken before it is there: who does waits for it, and who comes later waits
/// longer. So waiting is fair, and nobody holds anything meanwhile. Used by one thread at a time.
class token_bucket {
public:
    /// `rate` and `burst` are above zero. Full at first.
    token_bucket(double rate, double burst, steady_instant now) noexcept
        : rate_(rate), burst_(burst), tokens_(burst), filled_(now) {}

    /// A second.
    double rate() const noexcept { return rate_; }

    /// From now on. What is in it stays, as far as there is room.
    void change(double rate, double burst, steady_instant now) noexcept {
        fill(now);
        rate_ = rate;
        burst_ = burst;
        tokens_ = (std::min)(tokens_, burst_);
    }

    /// In how long the next token is there.
    milliseconds pause(steady_instant now) noexcept {
        fill(now);
        if (tokens_ >= 1) return milliseconds::zero();
        constexpr double most = 1e12;  // of a bucket that is as good as never filled
        const double left = std::ceil((1 - tokens_) / rate_ * 1e3 - rounding);
        return milliseconds(static_cast<milliseconds::rep>((std::min)(left, most)));
    }
    /// Takes the next token, which may be used after that pause.
    milliseconds take(steady_instant now) noexcept {
        const milliseconds left = pause(now);
        tokens_ -= 1;
        return left;
    }
    /// A token that was taken is not used.
    void give_back() noexcept { tokens_ = (std::min)(tokens_ + 1, burst_); }

private:
    static constexpr double rounding = 1e-6;  // what sums of fractions may be off, in milliseconds

    void fill(steady_instant now) noexcept {
        const std::chrono::duration<double> passed = now - filled_;
        if (passed.count() <= 0) return;
        tokens_ = (std::min)(tokens_ + passed.count() * rate_, burst_);
        filled_ = now;
    }

    double rate_;
    double burst_;
    double tokens_;  // below zero: taken before they are there
    steady_instant filled_;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
