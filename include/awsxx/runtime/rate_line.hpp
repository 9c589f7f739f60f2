// SPDX-License-Identifier: MIT
// The line in which everybody waits who wants a token of the same bucket.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/adaptive_rate.hpp>
#include <awsxx/runtime/token_bucket.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>

namespace awsxx::inline AWSXX_ABI::runtime {

/// How much is allowed.
struct rate_plan {
    double rate{};   ///< A second. 0: all there is, until a service throttles.
    double burst{};  ///< At once, from 1.
    bool adapts{};   ///< Lower for a service that throttles.
};

/// First come, first served: a place is taken and asked for its turn. When time has brought a
/// token it is that of the first in line, asked or not. Used by one thread at a time.
class rate_line {
public:
    using place = std::uint64_t;

    rate_line(const rate_plan& plan, steady_instant now) : plan_(plan), learned_(now) {
        apply(now);
    }

    /// Behind everybody who is there.
    place join(steady_instant now) {
        serve(now);
        const place own = end_++;
        serve(now);
        return own;
    }
    /// In how long it will be this one's turn, as things are now; zero: it has its token.
    milliseconds pause(place own, steady_instant now) {
        serve(now);
        if (own < served_) return milliseconds::zero();
        const auto left = std::distance(gone_.begin(), gone_.lower_bound(own));
        const std::size_t ahead = static_cast<std::size_t>(own - served_);
        return (std::max)(bucket_->pause(now, ahead - static_cast<std::size_t>(left)),
                          milliseconds(1));
    }
    /// Gives the place up, or the token if it has that already.
    void leave(place own) {
        if (own >= end_) return;  // of another line: one that a fork has taken away
        if (own < served_) {
            if (bucket_) bucket_->give_back();
            return;
        }
        gone_.insert(own);
        while (end_ > served_ && gone_.erase(end_ - 1) != 0) --end_;  // nobody is behind them
    }

    /// Something that had its token has come to its end, `throttled` or not.
    void heard(bool throttled, steady_instant now) {
        if (!plan_.adapts) return;
        serve(now);
        learned_.heard(throttled, now);
        if (learned_.limited()) apply(now);
    }
    /// From now on, for those who wait as well. What was learned stays.
    void change(const rate_plan& plan, steady_instant now) {
        serve(now);
        plan_ = plan;
        apply(now);
    }

    /// A second, as things are now; 0: without a limit.
    double rate() const noexcept { return bucket_ ? bucket_->rate() : 0; }
    /// As good as a new one.
    bool is_idle(steady_instant now) {
        serve(now);
        const bool rested = !bucket_ || bucket_->pause(now, most_at_once() - 1) == milliseconds(0);
        return served_ == end_ && rested && !learned_.limited();
    }

private:
    std::size_t most_at_once() const noexcept {
        return static_cast<std::size_t>((std::min)(bucket_->burst(), 1e9));
    }

    /// Whoever has left takes no token.
    void serve(steady_instant now) {
        if (bucket_) bucket_->fill(now, static_cast<std::size_t>(end_ - served_) - gone_.size());
        for (; served_ < end_; ++served_)
            if (gone_.erase(served_) == 0 && bucket_ && !bucket_->take(now)) return;
    }

    /// What was learned counts as long as it is below the plan.
    void apply(steady_instant now) {
        double rate = plan_.rate;
        double burst = plan_.burst;
        if (learned_.limited() && (rate == 0 || learned_.get() < rate)) {
            burst = (std::max)(learned_.get(), 1.0);  // that of a second, as AWS's SDKs have it
            if (rate != 0) burst = (std::min)(burst, plan_.burst);
            rate = learned_.get();
        }
        if (rate == 0) return;
        if (bucket_) return bucket_->change(rate, burst, now);
        bucket_.emplace(rate, burst, now);
        if (plan_.rate == 0) bucket_->drain();
    }

    rate_plan plan_;
    adaptive_rate learned_;
    std::optional<token_bucket> bucket_{};
    place served_ = 0;  // whoever is before that has or had a token
    place end_ = 0;
    std::set<place> gone_{};  // of those who are not served
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
