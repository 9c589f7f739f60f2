// SPDX-License-Identifier: MIT
// Tokens that some services take in place of a signature.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/config/bearer_variable.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/sso_token.hpp>
#include <awsxx/credentials/sso_token_fetch.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Where tokens may come from.
struct bearer_token_options {
    std::string signing_name{};        ///< Of the service, as in "bedrock". Empty: no variable.
    std::optional<sso_options> sso{};  ///< The profile's login to IAM Identity Center, if any.
};

namespace detail::bearer_tokens {

inline credentials_snapshot as_credentials(secret token, std::string source,
                                           std::optional<instant> until = {}) {
    return std::make_shared<const credentials>(credentials{
        .session_token = std::move(token), .expiration = until, .source = std::move(source)});
}

/// The login itself is the token.
class fetch final : public sso_token_fetch {
public:
    explicit fetch(std::shared_ptr<sso_access> from) : sso_token_fetch(std::move(from)) {}

private:
    void use(const sso_token& login) override {
        const sso_options& asked = from().options;
        const bool named = !asked.session_name.empty();
        finish(as_credentials(login.access_token,
                              "SSO login " + (named ? asked.session_name : asked.start_url),
                              login.expires_at));
    }
};

}  // namespace detail::bearer_tokens

/// Gives the token of the service's variable, else that of the profile's SSO login.
///
/// A token comes as credentials that have no key: it is their `session_token`. An SSO login is
/// prolonged in its last five minutes. Keeps nothing. Fails with `not_configured` where neither is
/// set up, and with `action_needed` where only a person's login helps.
class bearer_token_provider final : public credentials_provider {
public:
    bearer_token_provider(std::shared_ptr<const runtime::configuration> from,
                          bearer_token_options options)
        : from_(std::move(from)), options_(std::move(options)) {
        if (options_.sso) access_ = std::make_shared<sso_access>(from_, *options_.sso);
    }

    resolution resolve(instant) override {
        const std::string variable = config::bearer_token_variable(options_.signing_name);
        if (!options_.signing_name.empty())
            if (auto token = get_filled(*from_->outside().environment, variable))
                return std::make_shared<const credentials>(
                    credentials{.session_token = *std::move(token),
                                .source = variable,
                                .via = auth::feature::bearer_environment});
        if (!access_) return nothing(variable);
        const sso_options& sso = access_->options;
        if (!sso.region.empty() && !(sso.session_name.empty() && sso.start_url.empty()))
            return std::make_shared<detail::bearer_tokens::fetch>(access_);
        return error{.kind = error_kind::configuration,
                     .code = "IncompleteSsoProfile",
                     .message = "an SSO login needs sso_region and sso_session or sso_start_url"};
    }
    bool is_final(const error& why) const noexcept override { return is_final_for_sso(why); }

private:
    error nothing(const std::string& variable) const {
        return {.kind = error_kind::not_configured,
                .code = "NoBearerToken",
                .message = options_.signing_name.empty()
                               ? "the profile has no SSO login"
                               : variable + " is not set, and the profile has no SSO login"};
    }

    const std::shared_ptr<const runtime::configuration> from_;
    const bearer_token_options options_;
    std::shared_ptr<sso_access> access_{};
};

}  // namespace awsxx::inline AWSXX_ABI
