// SPDX-License-Identifier: MIT
// What limiters do: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/call_failures.hpp>
#include <awsxx/runtime/limit_counts.hpp>
#include <awsxx/runtime/limit_failures.hpp>
#include <awsxx/runtime/limiter.hpp>
#include <awsxx/runtime/pause.hpp>
#include <awsxx/runtime/rate_budget.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::limiter {

inline error invalid(std::string message) {
    return {.kind = error_kind::invalid_argument,
            .code = "InvalidLimit",
            .message = std::move(message)};
}

/// The numbers, if they make sense.
inline expected<runtime::rate_plan> plan_of(double rate, std::optional<double> burst) {
    if (!std::isfinite(rate) || rate <= 0)
        return invalid("the rate of a limiter is how many calls a second it allows, above 0, not " +
                       std::to_string(rate) + "; to have no limit, give the settings no limiter");
    if (burst && (!std::isfinite(*burst) || *burst < 1))
        return invalid("the burst of a limiter is how many calls it allows at once, from 1, not " +
                       std::to_string(*burst) + "; leave it out to allow those of a second");
    return runtime::rate_plan{rate, burst ? *burst : (std::max)(rate, 1.0), false};
}

}  // namespace detail::limiter

/// What the copies of a limiter share.
class limiter::state {
public:
    state(limit_options how, const runtime::rate_plan& plan)
        : how_(std::move(how)), plan_(plan), calls_(how_.calls) {
        if (!how_.time) how_.time = std::make_shared<system_clock>();
    }

    clock& time() const noexcept { return *how_.time; }
    std::atomic<when_limited>& calls() noexcept { return calls_; }

    std::shared_ptr<runtime::rate_budget> budget(const limit_key& whom, steady_instant now) {
        std::string name = name_of(whom);
        const auto held = kept_.lock();
        const auto found = held->budgets.find(name);
        if (found != held->budgets.end()) return found->second;
        if (held->budgets.size() >= held->sweep_at) sweep(*held, now);
        auto made = std::make_shared<runtime::rate_budget>(held->plan.value_or(plan_));
        return held->budgets.emplace(std::move(name), std::move(made)).first->second;
    }
    void change(runtime::rate_plan to) {
        to.adapts = plan_.adapts;
        const auto held = kept_.lock();
        held->plan = to;
        for (const auto& [name, one] : held->budgets) one->change(to);
    }
    limit_counts counts() const {
        const auto held = kept_.lock();
        limit_counts all = held->past;
        for (const auto& [name, one] : held->budgets) all += one->counts();
        return all;
    }

private:
    static constexpr std::size_t few = 1000;
    struct kept {
        std::map<std::string, std::shared_ptr<runtime::rate_budget>> budgets{};
        std::size_t sweep_at = few;
        std::optional<runtime::rate_plan> plan{};  // another than the first one
        limit_counts past{};                       // of budgets that are gone
    };

    std::string name_of(const limit_key& whom) const {
        std::string name;
        const auto add = [&name](bool counts, std::string_view part) {
            if (counts) name.append(std::to_string(part.size())).append(":").append(part);
            name += '\n';
        };
        add(how_.per.account, whom.account);
        add(how_.per.region, whom.region);
        add(how_.per.service, whom.service);
        add(how_.per.operation, whom.operation);
        return name;
    }

    /// Budgets that nobody would miss make room.
    static void sweep(kept& in, steady_instant now) {
        const auto is_idle = [now](runtime::rate_line& line, limit_counts&) {
            return line.is_idle(now);
        };
        std::erase_if(in.budgets, [&](const auto& one) {
            if (one.second.use_count() > 1 || !one.second->with(now, is_idle)) return false;
            in.past += one.second->counts();
            return true;
        });
        in.sweep_at = (std::max)(few, 2 * in.budgets.size());
    }

    limit_options how_;
    const runtime::rate_plan plan_;
    std::atomic<when_limited> calls_;
    const guarded<kept> kept_{};
};

AWSXX_ONCE expected<limiter> limiter::try_make(limit_options how) {
    auto plan = detail::limiter::plan_of(how.rate, how.burst);
    if (!plan) return std::move(plan).error();
    plan->adapts = how.adaptive;
    return limiter(std::make_shared<state>(std::move(how), *plan));
}

AWSXX_ONCE expected<void> limiter::try_change(double rate, std::optional<double> burst) const {
    auto plan = detail::limiter::plan_of(rate, burst);
    if (!plan) return std::move(plan).error();
    if (!state_) return detail::limiter::invalid("a default limiter has no numbers: make one");
    state_->change(*plan);
    return {};
}

AWSXX_ONCE void limiter::change(when_limited calls) const noexcept {
    if (state_) state_->calls().store(calls, std::memory_order_relaxed);
}

AWSXX_ONCE bool limiter::refuses() const noexcept {
    return state_ && state_->calls().load(std::memory_order_relaxed) == when_limited::refuse;
}

AWSXX_ONCE std::shared_ptr<runtime::rate_budget> limiter::budget(const limit_key& whom,
                                                                 steady_instant now) const {
    return state_->budget(whom, now);
}

AWSXX_ONCE expected<void> limiter::try_acquire(const limit_key& whom) const {
    if (!state_) return {};
    runtime::rate_permit permit;
    const auto now = state_->time().steady_now();
    const milliseconds left = permit.ask(state_->budget(whom, now), now);
    if (left > milliseconds::zero()) {
        permit.refuse(now);
        return runtime::limited_locally(left, {});
    }
    permit.spend();
    return {};
}

AWSXX_ONCE expected<void> limiter::try_acquire_until(steady_instant deadline,
                                                     const std::stop_token& stop,
                                                     const limit_key& whom) const {
    if (!state_) return {};
    clock& time = state_->time();
    const auto from = state_->budget(whom, time.steady_now());
    runtime::rate_permit permit;
    for (auto now = time.steady_now();; now = time.steady_now()) {
        if (stop.stop_requested()) return runtime::call_cancelled();
        const milliseconds left = permit.ask(from, now);
        if (left == milliseconds::zero()) break;
        if (now + left > deadline) {
            permit.refuse(now);
            return runtime::limited_locally(left,
                                            deadline > now ? deadline - now : milliseconds::zero());
        }
        runtime::pause_for((std::min)(left, runtime::longest_nap), time, stop);
    }
    permit.spend();
    return {};
}

AWSXX_ONCE double limiter::rate(const limit_key& whom) const {
    return state_ ? state_->budget(whom, state_->time().steady_now())->rate() : 0;
}

AWSXX_ONCE limit_counts limiter::counts() const {
    return state_ ? state_->counts() : limit_counts();
}

}  // namespace awsxx::inline AWSXX_ABI
