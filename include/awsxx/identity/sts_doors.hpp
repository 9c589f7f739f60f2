// SPDX-License-Identifier: MIT
// Sessions of other identities, by each of the operations of STS that give credentials.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/session.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/identity/sts_doors_source.hpp>
#endif

#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

struct saml_options;
struct session_token_options;
struct web_identity_options;

#if defined(AWSXX_COMPILED)
namespace detail::sts_doors {

expected<session_core> enter(const session_core& from, const assume_role_options& role);
expected<session_core> enter(const session_core& from, const web_identity_options& role);
expected<session_core> enter(const session_core& from, const saml_options& role);
expected<session_core> enter(const session_core& from, const session_token_options& how);
expected<session_core> enter(const session_core& from, const sts::get_federation_token& who);
expected<session_core> enter(const session_core& from, std::shared_ptr<credentials_provider> keys);

}  // namespace detail::sts_doors
#endif

/// The session behind a door: what one of STS's operations takes, or any provider of credentials.
///
///     auto ci = awsxx::enter(base, awsxx::web_identity_options{.role_arn = role,
///                                                              .token_file = "/var/run/token"});
///
/// | door | operation | header |
/// |---|---|---|
/// | `assume_role_options` | AssumeRole | |
/// | `web_identity_options` | AssumeRoleWithWebIdentity | `credentials/web_identity.hpp` |
/// | `saml_options` | AssumeRoleWithSAML | `credentials/saml.hpp` |
/// | `session_token_options` | GetSessionToken | `credentials/session_token.hpp` |
/// | `sts::get_federation_token` | GetFederationToken | |
/// | a `shared_ptr` to a provider | whatever it does | |
///
/// Region, endpoints, network and all other settings stay those of `from`, which is the new
/// session's parent. Asks nobody yet; keys are cached and renewed. Fails with `invalid_argument`
/// where an ARN cannot be right, and with `action_needed` where a code is needed that nobody can be
/// asked for.
template <class Transport, class Door>
expected<basic_session<Transport>> try_enter(const basic_session<Transport>& from,
                                             const Door& door) {
    auto behind = detail::sts_doors::enter(from.core(), door);
    if (!behind) return std::move(behind).error();
    return basic_session<Transport>(*std::move(behind));
}

#if defined(__cpp_exceptions)
template <class Transport, class Door>
basic_session<Transport> enter(const basic_session<Transport>& from, const Door& door) {
    return value_or_raise(try_enter(from, door));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI
