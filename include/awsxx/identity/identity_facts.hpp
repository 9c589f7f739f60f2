// SPDX-License-Identifier: MIT
// Who the keys of a session belong to: access key, account, user id and ARN.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/identity/caller_identity.hpp>
#include <awsxx/session_core.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/identity/identity_facts_source.hpp>
#endif

#include <concepts>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

#if defined(AWSXX_COMPILED)
namespace detail::identity_facts {

expected<caller_identity> find_all(const session_core& session);
caller_identity find_known(const session_core& session);

}  // namespace detail::identity_facts
#endif

/// The facts about a session's identity, always those of the keys that calls are signed with now.
///
///     const awsxx::identity_facts who(base);
///     std::cout << who.account_id() << ' ' << who.arn() << '\n';
///
/// The access key is that of the keys themselves; the account, and of a role all else too, are
/// those that STS told when it gave the keys. The rest costs one GetCallerIdentity for all of it and
/// for as long as the keys stay the same, whoever asks: copies of a session share it, and threads
/// that ask meanwhile wait for that one call. A failure is told to all who waited for it, and not
/// kept; the session's other calls have nothing to do with it.
/// May have to fetch or renew credentials, and blocks while it does. Any number of threads may ask,
/// but no observer: an observer has `known`.
class identity_facts {
public:
    explicit identity_facts(session_core of) : of_(std::move(of)) {}
    template <class Session>
        requires requires(const Session& one) {
            { one.core() } -> std::same_as<const session_core&>;
        }
    explicit identity_facts(const Session& of) : of_(of.core()) {}

    expected<std::string> try_access_key() const {
        const auto keys = of_.fetch_credentials();
        if (!keys) return keys.error();
        return (*keys)->access_key_id;
    }
    expected<std::string> try_account_id() const {
        const auto keys = of_.fetch_credentials();
        if (!keys) return keys.error();
        if (!(*keys)->account_id.empty()) return (*keys)->account_id;
        return one_of_all(&caller_identity::account_id);
    }
    expected<std::string> try_user_id() const { return one_of_all(&caller_identity::user_id); }
    expected<std::string> try_arn() const { return one_of_all(&caller_identity::arn); }
    /// All of them, of the same keys.
    expected<caller_identity> try_all() const { return detail::identity_facts::find_all(of_); }

    /// What can be told without asking anybody, of the keys that were used last.
    caller_identity known() const { return detail::identity_facts::find_known(of_); }

#if defined(__cpp_exceptions)
    std::string access_key() const { return value_or_raise(try_access_key()); }
    std::string account_id() const { return value_or_raise(try_account_id()); }
    std::string user_id() const { return value_or_raise(try_user_id()); }
    std::string arn() const { return value_or_raise(try_arn()); }
    caller_identity all() const { return value_or_raise(try_all()); }
#endif

private:
    expected<std::string> one_of_all(std::string caller_identity::*which) const {
        auto all = try_all();
        if (!all) return std::move(all).error();
        return std::move((*all).*which);
    }

    session_core of_;
};

}  // namespace awsxx::inline AWSXX_ABI
