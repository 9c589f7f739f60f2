// SPDX-License-Identifier: MIT
// Makes the provider that a profile names as the source of its first credentials.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/config/resolved.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/cli_cache.hpp>
#include <awsxx/credentials/cli_cache_key.hpp>
#include <awsxx/credentials/container.hpp>
#include <awsxx/credentials/environment.hpp>
#include <awsxx/credentials/imds.hpp>
#include <awsxx/credentials/login.hpp>
#include <awsxx/credentials/process.hpp>
#include <awsxx/credentials/profile_keys.hpp>
#include <awsxx/credentials/profile_plan.hpp>
#include <awsxx/credentials/role_checks.hpp>
#include <awsxx/credentials/role_options.hpp>
#include <awsxx/credentials/sso.hpp>
#include <awsxx/credentials/static.hpp>
#include <awsxx/credentials/web_identity.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::profile_source {

using provider = std::shared_ptr<credentials_provider>;

inline expected<provider> web_identity(const named_profile& in,
                                       const std::shared_ptr<const runtime::configuration>& from) {
    if (!role_checks::is_role_arn(in.text("role_arn")))
        return error{.kind = error_kind::configuration,
                     .code = "InvalidRoleArn",
                     .message = profile_plan::place(in, "role_arn") + ": role_arn '" +
                                in.text("role_arn") +
                                "' is not like arn:aws:iam::111122223333:role/name"};
    web_identity_options role{.role_arn = in.text("role_arn"),
                              .token_file = in.text("web_identity_token_file"),
                              .role_session_name = in.text("role_session_name")};
    const std::string key = awsxx::cli_cache_key(assume_role_options{
        .role_arn = role.role_arn, .role_session_name = role.role_session_name});
    return cli_cached(std::make_shared<web_identity_credentials>(from, std::move(role)),
                      {.key = key, .via = auth::feature::credentials_web_identity}, from);
}

/// What stands in a profile and in its sso-session has to be equal.
inline expected<void> check_equal(const named_profile& in, const config::properties& session) {
    for (const auto& [key, common] : session) {
        const config::file_value* const own = in.find(key);
        if (own != nullptr && !common.text.empty() && own->text != common.text)
            return error{.kind = error_kind::configuration,
                         .code = "SsoSettingsDiffer",
                         .message = key + " is one thing in " + own->source() + " and another in " +
                                    common.source()};
    }
    return {};
}

/// The value of a key that stands in the profile, in its sso-session, or in both.
inline std::string sso_value(const named_profile& in, const config::properties* session,
                             std::string_view key) {
    const config::file_value* common =
        session != nullptr ? config::find_filled(*session, key) : nullptr;
    return common != nullptr ? common->text : in.text(key);
}

inline expected<sso_options> sso(const named_profile& in, const config::resolved& all) {
    const config::file_value* name = in.find("sso_session");
    const config::properties* session = nullptr;
    if (name != nullptr) {
        const auto found = all.files.sso_sessions.find(name->text);
        if (found == all.files.sso_sessions.end())
            return error{.kind = error_kind::configuration,
                         .code = "SsoSessionNotFound",
                         .message = "there is no [sso-session " + name->text + "], which " +
                                    name->source() + " names"};
        session = &found->second;
        if (auto equal = check_equal(in, *session); !equal) return std::move(equal).error();
    }
    return sso_options{.start_url = sso_value(in, session, "sso_start_url"),
                       .region = sso_value(in, session, "sso_region"),
                       .account_id = in.text("sso_account_id"),
                       .role_name = in.text("sso_role_name"),
                       .session_name = in.text("sso_session"),
                       .profile = in.name};
}

inline expected<provider> sso_role(const named_profile& in,
                                   const std::shared_ptr<const runtime::configuration>& from,
                                   const config::resolved& all) {
    auto role = sso(in, all);
    if (!role) return std::move(role).error();
    const std::string key =
        awsxx::cli_cache_key(sso_cache_subject{.account_id = role->account_id,
                                               .role_name = role->role_name,
                                               .session_name = role->session_name,
                                               .start_url = role->start_url});
    cli_cache_entry entry{.key = key,
                          .via = sso_feature(*role),
                          .account_id = role->account_id,
                          .provider_type = "sso"};
    return cli_cached(std::make_shared<sso_credentials>(from, *std::move(role)), std::move(entry),
                      from);
}

inline provider process(const named_profile& in,
                        const std::shared_ptr<const runtime::configuration>& from) {
    return std::make_shared<awsxx::process_credentials>(
        process_options{
            .command = in.text("credential_process"),
            .account_id = in.text("aws_account_id"),
            .source = "credential_process of " + profile_plan::place(in, "credential_process")},
        from);
}

}  // namespace detail::profile_source

/// The provider of a plan's first credentials; nothing is asked for yet.
inline expected<std::shared_ptr<credentials_provider>> profile_source_credentials(
    const profile_plan& plan, const std::shared_ptr<const runtime::configuration>& from,
    const config::resolved& all) {
    namespace own = detail::profile_source;
    const named_profile& in = plan.from;
    switch (plan.source) {
        case profile_source::environment:
            return std::make_shared<environment_credentials>(from->outside().environment);
        case profile_source::container: return std::make_shared<container_credentials>(from);
        case profile_source::imds: return std::make_shared<imds_credentials>(from);
        case profile_source::web_identity: return own::web_identity(in, from);
        case profile_source::sso: return own::sso_role(in, from, all);
        case profile_source::login:
            return std::make_shared<login_credentials>(
                from, login_options{.login_session = in.text("login_session"), .profile = in.name});
        case profile_source::process: return own::process(in, from);
        case profile_source::keys: break;
    }
    auto keys = keys_in_profile(in);
    if (!keys) return std::move(keys).error();
    return std::make_shared<static_credentials>(*std::move(keys));
}

}  // namespace awsxx::inline AWSXX_ABI
