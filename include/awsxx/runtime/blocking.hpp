// SPDX-License-Identifier: MIT
// Carries calls and renewals out on the caller's thread, waiting where they have to wait.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/any_transport.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/call_failures.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/patience.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::blocking {

/// What a renewal came to; nothing: the patience was over before.
using outcome = std::optional<expected<credentials_snapshot>>;

/// A turn at a renewal; given back unless the renewal got to its end.
class turn {
public:
    explicit turn(renewal& of) noexcept : of_(&of) {}
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;
    ~turn() {
        if (of_ != nullptr) of_->abandon();
    }
    void finished() noexcept { of_ = nullptr; }

private:
    renewal* of_;
};

/// Whoever carries something out for a caller: its way out, its clock, its patience.
struct errand {
    const http::any_transport& transport;
    clock& time;
    const patience& limit;

    /// For others than this caller, too: where the patience ends an exchange, that says nothing of
    /// what was sent. Nothing then.
    std::optional<expected<http::response>> send(const http::request& what,
                                                 const http::exchange& how) const {
        if (limit.endless()) return transport.send(what, how);
        http::exchange bounded = how;
        bounded.stop = limit.stop();
        if (const auto left = limit.left(time))
            bounded.limits.total =
                how.limits.total == milliseconds::zero()
                    ? (std::max)(*left, milliseconds(1))
                    : (std::min)(how.limits.total, (std::max)(*left, milliseconds(1)));
        auto answer = transport.send(what, bounded);
        if (!answer && limit.is_over(time)) return {};
        return answer;
    }
};

inline bool run_nested(call& c, const errand& by);

/// Waits until the turn is free, which is nothing known, or the outcome is. False: no patience.
inline bool wait_for(renewal& what, const errand& by, outcome& known) {
    if (by.limit.endless()) {
        known = what.wait();
        return true;
    }
    patient_waiter waiter;
    if (!what.park(waiter, known)) return true;
    if (waiter.wait(by.limit, by.time)) return true;
    what.leave(waiter);
    return false;
}

/// Does what the renewal's next step asks for. False: the patience is over.
inline bool take(renewal& acting, renewal::step what, const errand& by) {
    if (!by.limit.endless() && by.limit.is_over(by.time)) return false;
    switch (what) {
        case renewal::step::call:
            if (!run_nested(acting.request(), by)) return false;
            acting.called();
            break;
        case renewal::step::send: {
            auto answer = by.send(acting.message(), acting.exchange());
            if (!answer) return false;
            acting.answered(*std::move(answer));
            break;
        }
        case renewal::step::wait:
            if (!by.limit.outlasts(acting.pause(), by.time)) return false;
            acting.waited();
            break;
        case renewal::step::work: acting.work(); break;
        case renewal::step::join: {
            outcome known;
            if (!wait_for(*acting.other(), by, known)) return false;
            acting.joined(std::move(known));
            break;
        }
        case renewal::step::done: break;
    }
    return true;
}

/// Carries a renewal out, or waits for whoever does.
inline outcome carry_out_within(renewal& what, const errand& by) {
    while (!what.claim()) {
        outcome known;
        if (!wait_for(what, by, known)) return {};
        if (known) return known;
    }
    turn ours(what);
    auto next = what.next();
    while (next != renewal::step::done && take(what.acting(), next, by)) next = what.next();
    const bool in_time = next == renewal::step::done;
    if (!in_time && (by.limit.stop().stop_requested() || !what.meanwhile())) return {};
    outcome came = in_time ? what.result() : what.cut_short(call_timed_out());
    ours.finished();
    return came;
}

/// Where the keys at hand will do, half of the patience has to be enough: with the other half the
/// call is made with them.
inline outcome carry_out(renewal& what, const errand& by) {
    if (!by.limit.left(by.time) || !what.meanwhile()) return carry_out_within(what, by);
    const patience half = by.limit.half(by.time);
    outcome done = carry_out_within(what, {by.transport, by.time, half});
    if (done || half.stop().stop_requested()) return done;
    if (auto keys = what.meanwhile()) return keys;
    return carry_out_within(what, by);
}

inline outcome obtain(resolution said, const errand& by) {
    if (auto* keys = std::get_if<credentials_snapshot>(&said)) return std::move(*keys);
    if (auto* why = std::get_if<error>(&said)) return std::move(*why);
    return carry_out(**std::get_if<std::shared_ptr<renewal>>(&said), by);
}

/// What is the same for every call: credentials, region and pauses. False: the patience is over.
inline bool take(call& c, const errand& by) {
    if (c.next() == call::step::wait) {
        if (!by.limit.outlasts(c.pause(), c.time())) return false;
        c.waited();
        return true;
    }
    const bool place = c.next() == call::step::need_place;
    auto got = place ? carry_out(*c.search(), by) : obtain(c.ask(), by);
    if (!got) return false;
    place ? c.located(*std::move(got)) : c.identified(*std::move(got));
    return true;
}

/// Runs a call that a renewal makes. False: the patience of whoever carries that out is over.
inline bool run_nested(call& c, const errand& by) {
    while (c.next() != call::step::done) {
        if (c.next() != call::step::send) {
            if (!take(c, by)) return false;
            continue;
        }
        auto answer = by.send(c.request(), c.exchange());
        if (!answer) return false;
        c.answered(*std::move(answer));
    }
    return true;
}

}  // namespace detail::blocking

/// Carries a renewal out, or waits for whoever does.
inline expected<credentials_snapshot> carry_out(renewal& what, clock& time,
                                                const http::any_transport& transport) {
    return *detail::blocking::carry_out(what, {transport, time, patience()});
}

/// The credentials that a provider has now or can get. Blocks while it gets them.
inline expected<credentials_snapshot> obtain(credentials_provider& from, instant now, clock& time,
                                             const http::any_transport& transport) {
    return *detail::blocking::obtain(from.resolve(now), {transport, time, patience()});
}
/// The same for somebody who renews before callers have to.
inline expected<credentials_snapshot> obtain_ahead(credentials_provider& from, instant now,
                                                   clock& time,
                                                   const http::any_transport& transport) {
    return *detail::blocking::obtain(from.resolve_ahead(now), {transport, time, patience()});
}

/// Finds the way to a service, and asks for the region first where that is still to be done.
inline expected<void> find_way(const identity& who, const model::service& to,
                               const http::any_transport& transport) {
    const auto route = who.route_to(to);
    if (route) return {};
    const auto search = who.configuration()->search_for_region(who.configuration(), route.error());
    if (!search) return route.error();
    auto done = carry_out(*search, who.time(), transport);
    if (!done) return caused_by(route.error(), std::move(done).error());
    return {};
}

/// Runs a call to its end. There is no rule in here: `call` has them all.
inline void run(call& c, const http::any_transport& transport) {
    const patience limit(c.time(), c.left(), c.stop());
    const detail::blocking::errand by{transport, c.time(), limit};
    while (c.next() != call::step::done) {
        if (c.next() == call::step::send)
            c.answered(transport.send(c.request(), c.exchange()));
        else if (!detail::blocking::take(c, by))
            c.end_early();
    }
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
