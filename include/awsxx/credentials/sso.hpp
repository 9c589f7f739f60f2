// SPDX-License-Identifier: MIT
// Credentials of a role, got with a login to IAM Identity Center.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/sso_token.hpp>
#include <awsxx/credentials/sso_token_fetch.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/services/sso.hpp>

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::sso_role {

/// "sso_region, sso_role_name": what is not there.
inline std::string missing(const sso_options& in) {
    const std::pair<std::string_view, const std::string*> needed[] = {
        {"sso_start_url", &in.start_url},
        {"sso_region", &in.region},
        {"sso_account_id", &in.account_id},
        {"sso_role_name", &in.role_name}};
    std::string names;
    for (const auto& [name, value] : needed) {
        if (!value->empty()) continue;
        if (!names.empty()) names += ", ";
        names += name;
    }
    return names;
}

/// A login, then the role's keys for it.
class fetch final : public sso_token_fetch {
public:
    explicit fetch(std::shared_ptr<sso_access> from) : sso_token_fetch(std::move(from)) {}

private:
    void use(const sso_token& login) override {
        request_ = {.role_name = from().options.role_name,
                    .account_id = from().options.account_id,
                    .access_token = login.access_token};
        call_.emplace(from().caller, awsxx::sso::get_role_credentials::wire<void>::operation,
                      &request_, &answer_);
        then_call(*call_, [this] { take(); });
    }

    void take() {
        if (const auto& why = call_->failure()) return fail(*why);
        const sso_options& asked = from().options;
        if (!answer_.role_credentials)
            return fail({.kind = error_kind::malformed_answer,
                         .code = "MalformedAnswer",
                         .message = "SSO answered without credentials"});
        auto& got = *answer_.role_credentials;
        if (got.access_key_id.empty() || got.secret_access_key.empty() || got.session_token.empty())
            return fail({.kind = error_kind::malformed_answer,
                         .code = "MalformedAnswer",
                         .message = "SSO answered with only a part of the credentials"});
        credentials keys{.access_key_id = std::move(got.access_key_id),
                         .secret_access_key = std::move(got.secret_access_key),
                         .session_token = std::move(got.session_token),
                         .account_id = asked.account_id,
                         .source = "SSO role " + asked.role_name + " in " + asked.account_id,
                         .via = sso_feature(asked)};
        if (got.expiration && *got.expiration != 0)
            keys.expiration = instant(milliseconds(*got.expiration));
        finish(std::make_shared<const credentials>(std::move(keys)));
    }

    void fail(const error& why) {
        const sso_options& asked = from().options;
        if (why.code == "UnauthorizedException" || why.http_status == 401)
            return finish(caused_by(sso_login_needed(asked, "SsoTokenRejected",
                                                     "the SSO login is not accepted any more"),
                                    why));
        finish(caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = "SsoRoleNotEntered",
                          .message = "role " + asked.role_name + " in " + asked.account_id},
                         why));
    }

    awsxx::sso::get_role_credentials request_{};
    awsxx::sso::get_role_credentials_response answer_{};
    std::optional<runtime::call> call_{};
};

}  // namespace detail::sso_role

/// Enters a role with the login that `aws sso login` left behind.
///
/// A login of the newer style (with a session name) is prolonged in its last five minutes, and
/// its file written. Keeps no keys: `cached_credentials` does. Fails with `action_needed` and the
/// command to run where only a person's login helps, with `configuration` where options are missing.
/// https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html
class sso_credentials final : public credentials_provider {
public:
    sso_credentials(std::shared_ptr<const runtime::configuration> from, sso_options options)
        : access_(std::make_shared<sso_access>(std::move(from), std::move(options))) {}

    resolution resolve(instant) override {
        const std::string missing = detail::sso_role::missing(access_->options);
        if (missing.empty()) return std::make_shared<detail::sso_role::fetch>(access_);
        std::string where = access_->options.profile;
        if (!where.empty()) where = "profile " + where + ": ";
        return error{.kind = error_kind::configuration,
                     .code = "IncompleteSsoProfile",
                     .message = where + "missing for SSO: " + missing};
    }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }
    bool is_final(const error& why) const noexcept override { return is_final_for_sso(why); }

private:
    std::shared_ptr<sso_access> access_;
};

}  // namespace awsxx::inline AWSXX_ABI
