// SPDX-License-Identifier: MIT
// What the doors of STS do: compiled in every file that has one, or once a program.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/cli_cache_key.hpp>
#include <awsxx/credentials/federation_token.hpp>
#include <awsxx/credentials/mfa.hpp>
#include <awsxx/credentials/role_checks.hpp>
#include <awsxx/credentials/role_options.hpp>
#include <awsxx/credentials/saml.hpp>
#include <awsxx/credentials/session_cache.hpp>
#include <awsxx/credentials/session_token.hpp>
#include <awsxx/credentials/web_identity.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/session_core.hpp>

#include <memory>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::detail::sts_doors {

/// With keys of that source, and all else as it was.
inline session_core behind(const session_core& from, std::shared_ptr<credentials_provider> source,
                           runtime::role_path path) {
    const auto& caller = from.identity();
    const auto& configuration = caller->configuration();
    return from.hop_to(std::make_shared<const runtime::identity>(
        configuration, cached(std::move(source), configuration), caller->own_region(),
        std::move(path)));
}

/// Of a role that nobody's keys are needed for: the first of its path. `shown`: what opens it.
inline runtime::role_path first_role(const std::string& arn, const std::string& name,
                                     const std::string& shown) {
    const assume_role_options role{.role_arn = arn, .role_session_name = name};
    return {.count = 1, .key = awsxx::cli_cache_key(role, shown), .signs = true};
}

AWSXX_ONCE expected<session_core> enter(const session_core& from, const assume_role_options& role) {
    return from.assume_role(role);
}

AWSXX_ONCE expected<session_core> enter(const session_core& from,
                                        const web_identity_options& role) {
    if (auto valid = role_checks::check_arn(role.role_arn); !valid) return valid.error();
    return behind(
        from, std::make_shared<web_identity_credentials>(from.identity()->configuration(), role),
        first_role(role.role_arn, role.role_session_name, "token in " + role.token_file));
}

AWSXX_ONCE expected<session_core> enter(const session_core& from, const saml_options& role) {
    if (auto valid = role_checks::check_arn(role.role_arn); !valid) return valid.error();
    return behind(from, std::make_shared<saml_credentials>(from.identity()->configuration(), role),
                  first_role(role.role_arn, {}, "assertion of " + role.principal_arn));
}

AWSXX_ONCE expected<session_core> enter(const session_core& from,
                                        const session_token_options& how) {
    const auto& caller = from.identity();
    const auto& configuration = *caller->configuration();
    if (how.serial_number && !configuration.choices().mfa)
        return mfa_code(configuration,
                        {.serial_number = *how.serial_number, .role_arn = how.role_arn})
            .error();
    runtime::role_path path = caller->role_path();  // the same user still
    path.root = caller->root();
    return behind(from, std::make_shared<session_token_credentials>(caller, how), std::move(path));
}

AWSXX_ONCE expected<session_core> enter(const session_core& from,
                                        const sts::get_federation_token& who) {
    runtime::role_path path = from.identity()->role_path();
    path.key += " federated " + who.name;
    path.root = from.identity()->root();
    path.signs = true;
    return behind(from, std::make_shared<federation_token_credentials>(from.identity(), who),
                  std::move(path));
}

AWSXX_ONCE expected<session_core> enter(const session_core& from,
                                        std::shared_ptr<credentials_provider> keys) {
    if (!keys) keys = std::make_shared<no_provider>();
    return behind(from, std::move(keys), {.signs = true});
}

}  // namespace awsxx::inline AWSXX_ABI::detail::sts_doors
