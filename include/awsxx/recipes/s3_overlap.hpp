// SPDX-License-Identifier: MIT
// Keeps a number of calls of one session under way at once, on the thread that waits for them.
#pragma once

#include <awsxx/async.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/recipes/s3_transfer.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_loop.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3::detail {

/// An event loop of its own, and the calls of a transfer on it. The first that fails is what all of it
/// comes to; those that are under way then go on to their end unless they are stopped. They end with the
/// transfer's stop token and its time. Used by one thread.
template <class By>
class overlap {
public:
    overlap(const By& by, const transfer::guard& guard, int at_once)
        : by_(&by),
          guard_(&guard),
          most_((std::max)(at_once, 1)),
          // not owned: the session's lives longer
          loop_({.time = std::shared_ptr<clock>(std::shared_ptr<void>(), &by.time())}) {}

    /// Waits until there is room for another call. Fails once one has.
    expected<void> make_room() {
        wait([this] { return under_way_ < most_; });
        return outcome();
    }
    /// Waits until all have ended.
    expected<void> finish() {
        wait([this] { return under_way_ == 0; });
        return outcome();
    }
    /// Waits until `enough()` or until nothing is under way.
    template <class Enough>
    void wait(Enough enough) {
        while (under_way_ > 0 && !enough()) loop_.poll(std::chrono::minutes(1));
    }

    /// Begins one more; `then(expected<output>)` says what that comes to, an `expected<void>`. Also
    /// from `then`.
    template <class Op, class Then>
    void begin(Op op, http::body_sink* into, Then then) {
        ++under_way_;
        by_->async_call(loop_, std::move(op),
                        [this, then = std::move(then)](expected<typename Op::output> got) mutable {
                            --under_way_;
                            auto done = then(std::move(got));
                            if (!done && !failure_) failure_ = std::move(done).error();
                        },
                        {.at_most = guard_->left(), .stop = stop_.get_token(), .into = into});
    }

    bool failed() const noexcept { return failure_.has_value(); }
    void fail(error why) {
        if (!failure_) failure_ = std::move(why);
    }
    /// Ends those that are under way.
    void stop() { stop_.request_stop(); }

private:
    expected<void> outcome() const {
        if (failure_) return *failure_;
        return {};
    }

    struct stopper {
        std::stop_source* source;
        void operator()() const noexcept { source->request_stop(); }
    };

    const By* by_;
    const transfer::guard* guard_;
    int most_;
    int under_way_ = 0;
    std::optional<error> failure_{};
    std::stop_source stop_{};
    std::stop_callback<stopper> with_all_{guard_->stop(), stopper{&stop_}};
    event_loop loop_;  // the first to go: it tells calls of its end
};

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3::detail
