// SPDX-License-Identifier: MIT
// How often to send, learned from what services answer: the numbers of AWS's adaptive mode.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace awsxx::inline AWSXX_ABI::runtime {

/// How many answers come a second, counted over half seconds and smoothed.
class measured_rate {
public:
    explicit measured_rate(steady_instant now) noexcept : last_(half_seconds(now)) {}

    double get() const noexcept { return rate_; }
    /// There is an answer.
    void heard(steady_instant now) noexcept {
        ++count_;
        const std::int64_t current = half_seconds(now);
        if (current <= last_) return;
        constexpr double smoothing = 0.8;
        const double here = count_ * 2.0 / static_cast<double>(current - last_);
        rate_ = here * smoothing + rate_ * (1 - smoothing);
        count_ = 0;
        last_ = current;
    }

private:
    static std::int64_t half_seconds(steady_instant when) noexcept {
        return when.time_since_epoch() / milliseconds(500);
    }

    std::int64_t last_;
    int count_ = 0;
    double rate_ = 0;
};

/// The curve of CUBIC: down by a third when throttled, soon back to near where that was, then slowly
/// beyond. https://www.rfc-editor.org/rfc/rfc9438
class cubic_rate {
public:
    /// `ceiling`: the rate at which a service throttled last.
    cubic_rate(double ceiling, steady_instant throttled) noexcept
        : ceiling_(ceiling), throttled_(throttled) {}

    /// The rate after having been throttled at `rate`.
    double throttled(double rate, steady_instant now) noexcept {
        ceiling_ = rate;
        throttled_ = now;
        return rate * kept;
    }
    /// The rate after any other answer.
    double answered(steady_instant now) const noexcept {
        const std::chrono::duration<double> passed = now - throttled_;
        const double back = std::cbrt(ceiling_ * (1 - kept) / scale);  // seconds until it is there
        return scale * std::pow(passed.count() - back, 3) + ceiling_;
    }

private:
    static constexpr double kept = 0.7;
    static constexpr double scale = 0.4;

    double ceiling_;
    steady_instant throttled_;
};

/// The rate of sending that a service bears. Without a limit until it throttles for the first time.
/// Used by one thread at a time.
class adaptive_rate {
public:
    explicit adaptive_rate(steady_instant now) noexcept : measured_(now), curve_(0, now) {}

    /// An attempt has come to its end, `throttled` or not.
    void heard(bool throttled, steady_instant now) noexcept {
        measured_.heard(now);
        double next = 0;
        if (throttled) {
            next = curve_.throttled(limited_ ? (std::min)(measured(), rate_) : measured(), now);
            limited_ = true;
        } else {
            next = curve_.answered(now);
        }
        rate_ = (std::max)((std::min)(next, 2 * measured()), least);
    }

    bool limited() const noexcept { return limited_; }
    /// A second.
    double get() const noexcept { return rate_; }
    /// How many attempts came to their end a second, of late.
    double measured() const noexcept { return measured_.get(); }

private:
    static constexpr double least = 0.5;

    measured_rate measured_;
    cubic_rate curve_;
    double rate_ = least;
    bool limited_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
