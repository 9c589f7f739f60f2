// SPDX-License-Identifier: MIT
// Where credentials come from: at once, or by a renewal that whoever drives calls carries out.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/credentials_report.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>

#include <cstdlib>
#include <memory>
#include <optional>
#include <variant>

namespace awsxx::inline AWSXX_ABI {

namespace runtime {
class call;
}

/// Somebody who wants a renewal's outcome and does not block for it.
class renewal_waiter {
public:
    /// The outcome is known, or the turn is free. Called once, from any thread, while the renewal
    /// is locked: it must not be asked anything from here.
    virtual void changed() noexcept = 0;

protected:
    ~renewal_waiter() = default;
};

/// One fetch of credentials, as a machine that does no I/O itself.
///
/// Whoever holds it asks for a `turn`. The one who gets it does what `next()` says until `done`;
/// all others wait for the outcome. `runtime/blocking.hpp` has the loop.
class renewal {
public:
    enum class step : unsigned char {
        call,  ///< Run `request()`, then say `called()`.
        send,  ///< Send `message()` as `exchange()` says, then say `answered()`.
        wait,  ///< Let `pause()` pass, then say `waited()`.
        work,  ///< Call `work()`, which may block on files, processes or users' code.
        join,  ///< Wait for `other()` as `wait` or `park` do, then say `joined()`.
        done,  ///< `result()` has the outcome.
    };

    virtual ~renewal() = default;

    virtual step next() = 0;
    virtual expected<credentials_snapshot> result() = 0;

    /// The one whose step that is: another renewal where this one only passes steps on.
    virtual renewal& acting() noexcept { return *this; }

    // Each of these is asked of the acting one, after the step that says so.
    virtual runtime::call& request() { std::abort(); }
    virtual void called() {}
    virtual const http::request& message() const { std::abort(); }
    virtual const http::exchange& exchange() const { std::abort(); }
    // NOLINTNEXTLINE(performance-unnecessary-value-param): those who override it take it over
    virtual void answered(expected<http::response>) {}
    virtual milliseconds pause() const { return {}; }
    virtual void waited() {}
    virtual void work() {}
    /// A renewal that somebody else carries out.
    virtual std::shared_ptr<renewal> other() { std::abort(); }
    /// Its outcome; nothing: its turn is free.
    // NOLINTNEXTLINE(performance-unnecessary-value-param): as above
    virtual void joined(std::optional<expected<credentials_snapshot>>) {}

    /// True for one caller at a time, who has to get to a `result()` that does not throw, or to
    /// `abandon()` it.
    virtual bool claim() { return true; }
    /// Gives the turn back before `done`, so that somebody else may take it. What others wait for
    /// begins anew then.
    virtual void abandon() noexcept {}
    /// What a caller may go on with who has no time to wait for the outcome; null: nothing.
    virtual credentials_snapshot meanwhile() { return {}; }
    /// As `abandon`, because the time of whoever had the turn is over. Gives what callers go on with.
    virtual expected<credentials_snapshot> cut_short(error why) {
        abandon();
        return why;
    }
    /// Blocks until the outcome is known, or until the turn was given back: then nothing.
    virtual std::optional<expected<credentials_snapshot>> wait();
    /// Does not block: `who` hears when it is worth to `claim` or `park` again. False: it is now,
    /// and where the outcome is known it is in `known`.
    virtual bool park(renewal_waiter& who, std::optional<expected<credentials_snapshot>>& known) {
        static_cast<void>(who);
        static_cast<void>(known);
        return false;
    }
    /// One that was parked hears nothing from now on.
    virtual void leave(renewal_waiter& who) noexcept { static_cast<void>(who); }
};

/// What a provider says: the credentials, why there are none, or how they can be had.
using resolution = std::variant<credentials_snapshot, error, std::shared_ptr<renewal>>;

/// Whether what a source gave may be used beyond its expiration while the source is down.
/// AWS calls the second static stability: for services that AWS itself keeps available.
enum class refresh_style : unsigned char { strict, static_stability };

/// A source of credentials. Called from many threads at once.
class credentials_provider {
public:
    virtual ~credentials_provider() = default;

    /// Answers without blocking; `now` is the time as AWS's servers have it.
    ///
    /// An error of kind `not_configured` lets a chain go on; any other ends the search.
    virtual resolution resolve(instant now) = 0;

    /// As `resolve`, for somebody whose keys have to last or who renews before callers have to: in
    /// the advisory window he gets a renewal, whatever `spare_callers` said and whoever is at it.
    virtual resolution resolve_ahead(instant now);
    /// Says that somebody does: until then callers need not renew as long as the keys at hand will do.
    virtual void spare_callers(instant until) { static_cast<void>(until); }

    /// Says that AWS refused these credentials as expired or invalid. True if the next
    /// `resolve` may give others.
    virtual bool invalidate(const credentials& rejected, instant now) {
        static_cast<void>(rejected);
        static_cast<void>(now);
        return true;
    }

    /// Adds what it knows about its credentials. Asks nobody.
    virtual void explain(credentials_report& into) const { static_cast<void>(into); }

    /// How long its credentials may be used, and for which failures there is no use in waiting.
    virtual refresh_style style() const noexcept { return refresh_style::strict; }
    virtual bool is_final(const error& why) const noexcept {
        static_cast<void>(why);
        return false;
    }
};

/// Adds what `caller` knows, whose credentials others are got with, and those before it.
AWSXX_ONCE void explain_caller(const credentials_provider& caller, credentials_report& into);

}  // namespace awsxx::inline AWSXX_ABI
