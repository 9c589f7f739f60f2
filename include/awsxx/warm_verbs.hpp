// SPDX-License-Identifier: MIT
// What sessions do ahead of their calls: credentials and connections.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/background_renewal.hpp>
#include <awsxx/http/connections.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/session_core.hpp>

namespace awsxx::inline AWSXX_ABI {

/// A part of `basic_session`: what a program does as it starts, so that its first call is as fast as
/// the others.
template <class Session>
class warm_verbs {
public:
    /// The credentials that the next call would be signed with; fetches or renews them if that
    /// is due. Blocks while it does.
    expected<credentials_snapshot> try_fetch_credentials() const {
        return core().fetch_credentials();
    }

    /// This session once its credentials are there, for programs that are to fail as they start and
    /// not at their first call. Blocks and fails as `try_fetch_credentials` does.
    ///
    ///     const auto ready = base.assume_role({.role_arn = role}).prefetched();
    expected<Session> try_prefetched() const {
        if (const auto keys = try_fetch_credentials(); !keys) return keys.error();
        return self();
    }

    /// Keeps this identity's credentials fresh, for a `credentials_refresher` or a thread of your
    /// own. Does not keep the session alive.
    awsxx::background_renewal background_renewal() const { return core().background_renewal(); }

    /// Sees to it that so many connections stand where this call would go, with TLS, and that its
    /// credentials are there; the call itself is not made. As many calls at the same time then find
    /// one each.
    ///
    ///     const auto ready = base.preconnect(sts::get_caller_identity{}, 8);
    ///     std::cout << ready.standing << " connections\n";
    ///
    /// Those that are idle count; the others, up to 256, are made at the same time. Blocks while they are.
    /// A connection that is not used for 50 seconds is given up. Fails where none stands. Transports
    /// that have no connections make none.
    template <class Op>
    expected<connections> try_preconnect(const Op& op, int count,
                                         const call_options& how = {}) const {
        return core().preconnect({Op::template wire<void>::operation, &op, nullptr}, count, how);
    }

#if defined(__cpp_exceptions)
    credentials_snapshot fetch_credentials() const {
        return value_or_raise(try_fetch_credentials());
    }
    Session prefetched() const { return value_or_raise(try_prefetched()); }
    template <class Op>
    connections preconnect(const Op& op, int count, const call_options& how = {}) const {
        return value_or_raise(try_preconnect(op, count, how));
    }
#endif

private:
    const Session& self() const noexcept { return static_cast<const Session&>(*this); }
    const session_core& core() const noexcept { return self().core(); }
};

}  // namespace awsxx::inline AWSXX_ABI
