// SPDX-License-Identifier: MIT
// The OpenID Connect side of AWS IAM Identity Center: where programs log people in.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/standard_rules.hpp>
#include <awsxx/protocols/rest_json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI::sso_oidc {

// One line a member, however long:
// clang-format off

/// The tokens that `create_token` gives.
struct create_token_response {
    secret access_token{};
    std::optional<std::string> token_type{};
    std::optional<int> expires_in{};  ///< In seconds, of the access token.
    secret refresh_token{};
    secret id_token{};
    template <class> struct wire;
};

/// Makes tokens of a code, or new ones of a refresh token.
struct create_token {
    std::string client_id{};
    secret client_secret{};
    std::string grant_type{};  ///< As in "refresh_token".
    secret device_code{};
    secret code{};
    secret refresh_token{};
    std::vector<std::string> scope{};
    std::optional<std::string> redirect_uri{};
    secret code_verifier{};

    using output = sso_oidc::create_token_response;
    template <class> struct wire;
};

/// What a program is known as from now on.
struct register_client_response {
    std::string client_id{};
    secret client_secret{};
    std::optional<std::int64_t> client_id_issued_at{};  ///< In seconds since 1970.
    std::optional<std::int64_t> client_secret_expires_at{};  ///< In seconds since 1970.
    std::optional<std::string> authorization_endpoint{};
    std::optional<std::string> token_endpoint{};
    template <class> struct wire;
};

/// Makes a program known, so that it may log people in.
struct register_client {
    std::string client_name{};
    std::string client_type{};  ///< "public".
    std::vector<std::string> scopes{};
    std::vector<std::string> redirect_uris{};
    std::vector<std::string> grant_types{};
    std::optional<std::string> issuer_url{};
    std::optional<std::string> entitled_application_arn{};

    using output = sso_oidc::register_client_response;
    template <class> struct wire;
};

/// What a person has to be shown.
struct start_device_authorization_response {
    secret device_code{};
    std::string user_code{};  ///< To be compared with what the page shows.
    std::string verification_uri{};
    std::string verification_uri_complete{};  ///< With the code in it.
    std::optional<int> expires_in{};  ///< In seconds, of both codes.
    std::optional<int> interval{};  ///< In seconds: how long to wait between attempts.
    template <class> struct wire;
};

/// Begins a login that a person ends in a browser anywhere.
struct start_device_authorization {
    std::string client_id{};
    secret client_secret{};
    std::string start_url{};

    using output = sso_oidc::start_device_authorization_response;
    template <class> struct wire;
};

/// What the service is to the runtime.
inline constexpr model::service service_traits{
    .id = "SSO OIDC",
    .endpoint_prefix = "oidc",
    .signing_name = "sso-oauth",
    .version = "2019-06-10",
    .protocol = &rest_json::protocol,
    .issues_credentials = true,
    .rules = {model::standard_rules::gov_validated, "oidc"}};

template <class D>
struct create_token_response::wire {
    static constexpr model::field fields[] = {
        {"accessToken", &model::sensitive, offsetof(sso_oidc::create_token_response, access_token)},
        {"tokenType", &model::optional_text, offsetof(sso_oidc::create_token_response, token_type)},
        {"expiresIn", &model::optional_integer, offsetof(sso_oidc::create_token_response, expires_in)},
        {"refreshToken", &model::sensitive, offsetof(sso_oidc::create_token_response, refresh_token)},
        {"idToken", &model::sensitive, offsetof(sso_oidc::create_token_response, id_token)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct create_token::wire {
    static constexpr model::field fields[] = {
        {"clientId", &model::text, offsetof(sso_oidc::create_token, client_id), model::required},
        {"clientSecret", &model::sensitive, offsetof(sso_oidc::create_token, client_secret), model::required},
        {"grantType", &model::text, offsetof(sso_oidc::create_token, grant_type), model::required},
        {"deviceCode", &model::sensitive, offsetof(sso_oidc::create_token, device_code)},
        {"code", &model::sensitive, offsetof(sso_oidc::create_token, code)},
        {"refreshToken", &model::sensitive, offsetof(sso_oidc::create_token, refresh_token)},
        {"scope", &model::text_list, offsetof(sso_oidc::create_token, scope)},
        {"redirectUri", &model::optional_text, offsetof(sso_oidc::create_token, redirect_uri)},
        {"codeVerifier", &model::sensitive, offsetof(sso_oidc::create_token, code_verifier)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{.name = "CreateToken", .service = &service_traits, .input = &type, .output = &output::wire<D>::type, .auth = model::auth::none, .http = {"POST", "/token"}};
};

template <class D>
struct register_client_response::wire {
    static constexpr model::field fields[] = {
        {"clientId", &model::text, offsetof(sso_oidc::register_client_response, client_id)},
        {"clientSecret", &model::sensitive, offsetof(sso_oidc::register_client_response, client_secret)},
        {"clientIdIssuedAt", &model::optional_long, offsetof(sso_oidc::register_client_response, client_id_issued_at)},
        {"clientSecretExpiresAt", &model::optional_long, offsetof(sso_oidc::register_client_response, client_secret_expires_at)},
        {"authorizationEndpoint", &model::optional_text, offsetof(sso_oidc::register_client_response, authorization_endpoint)},
        {"tokenEndpoint", &model::optional_text, offsetof(sso_oidc::register_client_response, token_endpoint)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct register_client::wire {
    static constexpr model::field fields[] = {
        {"clientName", &model::text, offsetof(sso_oidc::register_client, client_name), model::required},
        {"clientType", &model::text, offsetof(sso_oidc::register_client, client_type), model::required},
        {"scopes", &model::text_list, offsetof(sso_oidc::register_client, scopes)},
        {"redirectUris", &model::text_list, offsetof(sso_oidc::register_client, redirect_uris)},
        {"grantTypes", &model::text_list, offsetof(sso_oidc::register_client, grant_types)},
        {"issuerUrl", &model::optional_text, offsetof(sso_oidc::register_client, issuer_url)},
        {"entitledApplicationArn", &model::optional_text, offsetof(sso_oidc::register_client, entitled_application_arn)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{.name = "RegisterClient", .service = &service_traits, .input = &type, .output = &output::wire<D>::type, .auth = model::auth::none, .http = {"POST", "/client/register"}};
};

template <class D>
struct start_device_authorization_response::wire {
    static constexpr model::field fields[] = {
        {"deviceCode", &model::sensitive, offsetof(sso_oidc::start_device_authorization_response, device_code)},
        {"userCode", &model::text, offsetof(sso_oidc::start_device_authorization_response, user_code)},
        {"verificationUri", &model::text, offsetof(sso_oidc::start_device_authorization_response, verification_uri)},
        {"verificationUriComplete", &model::text, offsetof(sso_oidc::start_device_authorization_response, verification_uri_complete)},
        {"expiresIn", &model::optional_integer, offsetof(sso_oidc::start_device_authorization_response, expires_in)},
        {"interval", &model::optional_integer, offsetof(sso_oidc::start_device_authorization_response, interval)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct start_device_authorization::wire {
    static constexpr model::field fields[] = {
        {"clientId", &model::text, offsetof(sso_oidc::start_device_authorization, client_id), model::required},
        {"clientSecret", &model::sensitive, offsetof(sso_oidc::start_device_authorization, client_secret), model::required},
        {"startUrl", &model::text, offsetof(sso_oidc::start_device_authorization, start_url), model::required},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{.name = "StartDeviceAuthorization", .service = &service_traits, .input = &type, .output = &output::wire<D>::type, .auth = model::auth::none, .http = {"POST", "/device_authorization"}};
};
// clang-format on

}  // namespace awsxx::inline AWSXX_ABI::sso_oidc
