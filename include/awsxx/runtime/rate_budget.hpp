// SPDX-License-Identifier: MIT
// A rate that any number of threads and loops share.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/limit_counts.hpp>
#include <awsxx/runtime/rate_line.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// A line behind a lock, which is held for moments and never while somebody waits. Thread-safe.
class rate_budget {
public:
    explicit rate_budget(const rate_plan& plan) noexcept : plan_(plan) {}

    /// What `act` makes of the line and its counts.
    template <class Act>
    auto with(steady_instant now, Act act) const {
        const auto held = inside_.lock();
        if (!held->line) held->line.emplace(held->changed.value_or(plan_), now);
        if (std::exchange(held->is_new, false)) held->line->change(*held->changed, now);
        return act(*held->line, held->counts);
    }
    /// Other numbers, from when somebody next looks at the line.
    void change(const rate_plan& plan) const {
        const auto held = inside_.lock();
        held->changed = plan;
        held->is_new = true;
    }
    /// A second; 0: without a limit.
    double rate() const {
        const auto held = inside_.lock();
        if (held->line && !held->is_new) return held->line->rate();
        return held->changed.value_or(plan_).rate;
    }
    limit_counts counts() const { return inside_.lock()->counts; }

private:
    struct inside {
        std::optional<rate_line> line{};  // made again in a child that was forked from under a lock
        limit_counts counts{};
        std::optional<rate_plan> changed{};
        bool is_new = false;
    };

    const rate_plan plan_;
    const guarded<inside> inside_{};
};

/// A place in a line, and then a token. Given up with this, unless the token was spent.
/// Used by one thread at a time.
class rate_permit {
public:
    rate_permit() = default;
    rate_permit(rate_permit&& other) noexcept
        : of_(std::exchange(other.of_, nullptr)),
          place_(other.place_),
          since_(other.since_),
          waited_(other.waited_),
          has_(std::exchange(other.has_, false)) {}
    rate_permit& operator=(rate_permit&& other) noexcept {
        if (this == &other) return *this;
        give_up();
        of_ = std::exchange(other.of_, nullptr);
        place_ = other.place_;
        since_ = other.since_;
        waited_ = other.waited_;
        has_ = std::exchange(other.has_, false);
        return *this;
    }
    ~rate_permit() { give_up(); }

    /// In how long it can be had; zero: this has it. The first time it takes its place in line.
    milliseconds ask(const std::shared_ptr<rate_budget>& of, steady_instant now) {
        if (has_) return milliseconds::zero();
        if (of_ != of) begin(of, now);
        waited_ = (std::max)(now - since_, milliseconds::zero());
        const milliseconds left = of_->with(now, [&](rate_line& line, limit_counts& counts) {
            const milliseconds pause = line.pause(place_, now);
            if (pause > milliseconds::zero()) return pause;
            counts += granted();
            return pause;
        });
        has_ = left == milliseconds::zero();
        return left;
    }
    /// It was told that it takes too long.
    void refuse(steady_instant now) noexcept {
        if (of_) of_->with(now, [](rate_line&, limit_counts& counts) { ++counts.refused; });
        give_up();
    }
    /// What it is for came to its end.
    void hear(bool throttled, steady_instant now) {
        if (of_)
            of_->with(now, [&](rate_line& line, limit_counts&) { line.heard(throttled, now); });
    }
    /// What the token is for has been done.
    void spend() noexcept {
        of_ = nullptr;
        has_ = false;
    }
    void give_up() noexcept {
        if (!of_) return;
        of_->with(since_, [this](rate_line& line, limit_counts& counts) {
            line.leave(place_);
            if (has_ && counts.granted > 0) counts -= granted();  // none: it was another process's
        });
        spend();
    }
    bool has() const noexcept { return has_; }

private:
    /// What its token counts for.
    limit_counts granted() const noexcept {
        return {.granted = 1,
                .waited = waited_ > milliseconds::zero() ? 1U : 0U,
                .time_waited = waited_};
    }
    void begin(const std::shared_ptr<rate_budget>& of, steady_instant now) {
        give_up();
        of_ = of;
        since_ = now;
        place_ = of->with(now, [&](rate_line& line, limit_counts&) { return line.join(now); });
    }

    std::shared_ptr<rate_budget> of_{};
    rate_line::place place_{};
    steady_instant since_{};
    milliseconds waited_{};
    bool has_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
