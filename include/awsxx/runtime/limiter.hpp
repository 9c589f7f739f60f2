// SPDX-License-Identifier: MIT
// How many calls a second a program allows itself, whoever makes them.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/limit_counts.hpp>

#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace runtime {
class rate_budget;
}

/// What a token is taken for.
struct limit_key {
    std::string_view account{};    ///< Its id; the access key where nobody has told that.
    std::string_view region{};     ///< As in "eu-west-1".
    std::string_view service{};    ///< As in "DynamoDB".
    std::string_view operation{};  ///< As in "PutItem".
};

/// What has a budget of its own. With none of them there is one for everything.
struct limit_scopes {
    bool account{};
    bool region{};
    bool service{};
    bool operation{};
};

/// What a call does that finds the limit reached. Either way it never takes longer than it may: a
/// wait that would is refused before it begins.
enum class when_limited : unsigned char {
    wait,    ///< Until it is its turn: first come, first served.
    refuse,  ///< It fails at once.
};

/// How a limiter is made. The numbers hold for each of its budgets.
struct limit_options {
    double rate{};                  ///< Calls a second, above zero.
    std::optional<double> burst{};  ///< At once after a rest, from 1. Absent: those of a second.
    limit_scopes per{};
    when_limited calls = when_limited::wait;
    bool adaptive{};  ///< Lower where a service throttles, until it bears more.
    /// For tokens that the program takes itself; calls go by the clock of their session. Null: the
    /// computer's.
    std::shared_ptr<clock> time{};
};

/// Budgets of calls, for one session, for several, and for what else a program does.
///
///     const auto slowly = awsxx::limiter::make({.rate = 10, .per = {.region = true}});
///     awsxx::session limited({.region = "eu-west-1", .limiter = slowly});
///
/// A call takes a token for each attempt. A value: copies have their budgets in common. Any number
/// of threads and loops may use it; no lock is held while somebody waits. A default one limits
/// nothing. What it refuses is `RateLimitedLocally` of kind `throttled`, and was not sent.
class limiter {
public:
    limiter() noexcept = default;

    /// Fails with `invalid_argument` where the numbers allow nothing, or make no sense.
    static expected<limiter> try_make(limit_options how);

    explicit operator bool() const noexcept { return state_ != nullptr; }

    /// Tells limiters apart; that of copies is the same, that of default ones null.
    const void* shared_state() const noexcept { return state_.get(); }

    /// Other numbers from now on. Who waits goes by them a second later at most.
    expected<void> try_change(double rate, std::optional<double> burst = {}) const;
    /// What calls do from now on.
    void change(when_limited calls) const noexcept;

    /// Takes a token of the budget that a call for `whom` would take it of, if one is there and
    /// nobody waits for it. Never blocks.
    expected<void> try_acquire(const limit_key& whom = {}) const;
    /// Waits for one. Refused at once where it would not be there in time, by the limiter's clock;
    /// fails with `cancelled` where it was stopped. Blocks meanwhile.
    expected<void> try_acquire_until(steady_instant deadline, const std::stop_token& stop = {},
                                     const limit_key& whom = {}) const;

    /// Tokens a second, as that budget is now.
    double rate(const limit_key& whom = {}) const;
    limit_counts counts() const;

#if defined(__cpp_exceptions)
    static limiter make(limit_options how) { return value_or_raise(try_make(std::move(how))); }
    void change(double rate, std::optional<double> burst = {}) const {
        value_or_raise(try_change(rate, burst));
    }
    void acquire_until(steady_instant deadline, const std::stop_token& stop = {},
                       const limit_key& whom = {}) const {
        value_or_raise(try_acquire_until(deadline, stop, whom));
    }
#endif

    // --- for calls -----------------------------------------------------------------------------
    /// The budget of those. Not for default limiters.
    std::shared_ptr<runtime::rate_budget> budget(const limit_key& whom, steady_instant now) const;
    bool refuses() const noexcept;

private:
    class state;
    explicit limiter(std::shared_ptr<state> made) noexcept : state_(std::move(made)) {}

    std::shared_ptr<state> state_{};
};

}  // namespace awsxx::inline AWSXX_ABI
