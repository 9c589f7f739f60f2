// SPDX-License-Identifier: MIT
// The long-lived or temporary keys that stand in a profile of the shared config files.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/config/resolved.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Reads the keys of the selected profile. Without a profile, or with one that has none, it is
/// not configured; with a part of the keys, it is an error that names the missing part.
///
/// A profile whose keys have to be fetched (by a role, SSO, a process, ...) is refused by name:
/// running as somebody else than the profile says would be worse.
class profile_credentials final : public credentials_provider {
public:
    explicit profile_credentials(std::shared_ptr<const runtime::configuration> from)
        : from_(std::move(from)) {}

    resolution resolve(instant) override {
        const auto known = from_->resolved();
        if (!known) return known.error();
        const config::resolved& all = **known;
        const config::properties* profile = all.profile();
        if (profile == nullptr)
            return not_configured("there is no profile " + all.profile_name.value);
        for (const char* key : {"role_arn", "web_identity_token_file", "sso_session",
                                "sso_start_url", "login_session", "credential_process"})
            if (const auto* value = config::find_filled(*profile, key))
                return unsupported(all, key, *value);
        return keys_in(*profile, all.profile_name.value);
    }

private:
    static error not_configured(std::string message) {
        return {.kind = error_kind::not_configured,
                .code = "NoProfileCredentials",
                .message = std::move(message)};
    }
    static error unsupported(const config::resolved& all, std::string_view key,
                             const config::file_value& where) {
        return {.kind = error_kind::configuration,
                .code = "UnsupportedProfile",
                .message = "profile " + all.profile_name.value + " uses " + std::string(key) +
                           " (" + where.source() + "), which this version cannot resolve"};
    }

    static resolution keys_in(const config::properties& profile, const std::string& name) {
        const auto* id = config::find_filled(profile, "aws_access_key_id");
        const auto* key = config::find_filled(profile, "aws_secret_access_key");
        const auto* token = config::find_filled(profile, "aws_session_token");
        if (token == nullptr) token = config::find_filled(profile, "aws_security_token");
        if (id == nullptr && key == nullptr && token == nullptr)
            return not_configured("profile " + name + " has no keys");
        if (id == nullptr || key == nullptr) {
            const auto* there = id != nullptr ? id : key != nullptr ? key : token;
            return error{.kind = error_kind::configuration,
                         .code = "PartialCredentials",
                         .message = "profile " + name + " (" + there->source() + ") lacks " +
                                    (id ? "aws_secret_access_key" : "aws_access_key_id")};
        }
        credentials found{.access_key_id = id->text,
                          .secret_access_key = key->text,
                          .source = "profile " + name + " (" + id->source() + ")"};
        if (token != nullptr) found.session_token = token->text;
        if (const auto* account = config::find_filled(profile, "aws_account_id"))
            found.account_id = account->text;
        return std::make_shared<const credentials>(std::move(found));
    }

    std::shared_ptr<const runtime::configuration> from_;
};

}  // namespace awsxx::inline AWSXX_ABI
