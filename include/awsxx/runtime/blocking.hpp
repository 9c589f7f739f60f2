// SPDX-License-Identifier: MIT
// Carries calls and renewals out on the caller's thread, waiting where they have to wait.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/transport.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/identity.hpp>

#include <memory>
#include <utility>
#include <variant>

namespace awsxx::inline AWSXX_ABI::runtime {

template <http::transport T>
void run(call& c, T& transport);

namespace detail::blocking {

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

}  // namespace detail::blocking

namespace detail::blocking {

/// Does what the renewal's next step asks for.
template <http::transport T>
void take(renewal& acting, renewal::step what, clock& time, T& transport) {
    switch (what) {
        case renewal::step::call:
            run(acting.request(), transport);
            acting.called();
            break;
        case renewal::step::send:
            acting.answered(transport.send(acting.message(), acting.exchange()));
            break;
        case renewal::step::wait:
            time.sleep(acting.pause());
            acting.waited();
            break;
        case renewal::step::work: acting.work(); break;
        case renewal::step::done: break;
    }
}

}  // namespace detail::blocking

/// Carries a renewal out, or waits for whoever does.
template <http::transport T>
expected<credentials_snapshot> carry_out(renewal& what, clock& time, T& transport) {
    while (!what.claim())
        if (auto outcome = what.wait()) return *std::move(outcome);
    detail::blocking::turn ours(what);
    for (auto next = what.next(); next != renewal::step::done; next = what.next())
        detail::blocking::take(what.acting(), next, time, transport);
    auto outcome = what.result();
    ours.finished();
    return outcome;
}

/// The credentials that a provider has now or can get. Blocks while it gets them.
template <http::transport T>
expected<credentials_snapshot> obtain(credentials_provider& from, instant now, clock& time,
                                      T& transport) {
    resolution said = from.resolve(now);
    if (auto* keys = std::get_if<credentials_snapshot>(&said)) return std::move(*keys);
    if (auto* why = std::get_if<error>(&said)) return std::move(*why);
    return carry_out(**std::get_if<std::shared_ptr<renewal>>(&said), time, transport);
}

/// Finds the way to a service, and asks for the region first where that is still to be done.
template <http::transport T>
expected<void> find_way(const identity& who, const model::service& to, T& transport) {
    const auto route = who.route_to(to);
    if (route) return {};
    const auto search = who.configuration()->search_for_region(who.configuration(), route.error());
    if (!search) return route.error();
    auto done = carry_out(*search, who.time(), transport);
    if (!done) return caused_by(route.error(), std::move(done).error());
    return {};
}

/// Runs a call to its end. There is no rule in here: `call` has them all.
template <http::transport T>
void run(call& c, T& transport) {
    for (;;) {
        switch (c.next()) {
            case call::step::need_region:
                c.located(carry_out(c.search(), c.time(), transport));
                break;
            case call::step::need_credentials:
                c.identified(obtain(c.provider(), c.now(), c.time(), transport));
                break;
            case call::step::send: c.answered(transport.send(c.request(), c.exchange())); break;
            case call::step::wait:
                c.time().sleep(c.pause());
                c.waited();
                break;
            case call::step::done: return;
        }
    }
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
