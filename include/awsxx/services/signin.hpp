// SPDX-License-Identifier: MIT
// AWS Sign-In: keys for programs from a login in the console.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/value.hpp>
#include <awsxx/protocols/rest_json.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace awsxx::inline AWSXX_ABI::signin {

// One line a member, however long:
// clang-format off

/// Keys for fifteen minutes or less.
struct access_token {
    std::string access_key_id{};
    secret secret_access_key{};
    secret session_token{};
    template <class> struct wire;
};

/// What is traded for tokens: a code, or a refresh token.
struct create_oauth2_token_request_body {
    std::string client_id{};
    std::string grant_type{};  ///< "authorization_code" or "refresh_token".
    secret code{};
    std::optional<std::string> redirect_uri{};
    secret code_verifier{};
    secret refresh_token{};
    template <class> struct wire;
};

/// Keys, and the token for the next ones.
struct create_oauth2_token_response_body {
    maybe<signin::access_token> access_token{};
    std::optional<std::string> token_type{};
    std::optional<int> expires_in{};  ///< In seconds, of the keys.
    secret refresh_token{};  ///< In place of the one before.
    secret id_token{};
    template <class> struct wire;
};

/// What `create_oauth2_token` answers.
struct create_oauth2_token_response {
    maybe<signin::create_oauth2_token_response_body> token_output{};
    template <class> struct wire;
};

/// Gives keys to a program that holds a login.
///
/// The proof is RFC 9449's and not in AWS's published model, which leaves it to SDKs.
struct create_oauth2_token {
    signin::create_oauth2_token_request_body token_input{};
    secret dpop{};  ///< Proves that the login's key is at hand.

    using output = signin::create_oauth2_token_response;
    template <class> struct wire;
};

/// Sign-In has domains of its own in most partitions.
inline constexpr model::special_host special_hosts[] = {
    {"aws", false, "{region}.signin.aws.amazon.com"},
    {"aws-cn", false, "{region}.signin.amazonaws.cn"},
    {"aws-us-gov", false, "{region}.signin.amazonaws-us-gov.com"},
    {"us-gov-west-1", true, "signin-fips.amazonaws-us-gov.com"},
    {"aws-us-gov", true, "{region}.signin-fips.amazonaws-us-gov.com"},
    {"aws-iso", false, "{region}.signin.c2shome.ic.gov"},
    {"aws-iso-b", false, "{region}.signin.sc2shome.sgov.gov"},
    {"aws-iso-e", false, "{region}.signin.csphome.adc-e.uk"},
    {"aws-iso-f", false, "{region}.signin.csphome.hci.ic.gov"},
    {"aws-eusc", false, "{region}.signin.amazonaws-eusc.eu"},
};

/// What Sign-In is to the runtime.
inline constexpr model::service service_traits{
    .id = "Signin",
    .endpoint_prefix = "signin",
    .version = "2023-01-01",
    .protocol = &rest_json::protocol,
    .issues_credentials = true,
    .special_hosts = special_hosts};

template <class D>
struct access_token::wire {
    static constexpr model::field fields[] = {
        {"accessKeyId", &model::text, offsetof(signin::access_token, access_key_id)},
        {"secretAccessKey", &model::sensitive, offsetof(signin::access_token, secret_access_key)},
        {"sessionToken", &model::sensitive, offsetof(signin::access_token, session_token)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct create_oauth2_token_request_body::wire {
    static constexpr model::field fields[] = {
        {"clientId", &model::text, offsetof(signin::create_oauth2_token_request_body, client_id), model::required},
        {"grantType", &model::text, offsetof(signin::create_oauth2_token_request_body, grant_type), model::required},
        {"code", &model::sensitive, offsetof(signin::create_oauth2_token_request_body, code)},
        {"redirectUri", &model::optional_text, offsetof(signin::create_oauth2_token_request_body, redirect_uri)},
        {"codeVerifier", &model::sensitive, offsetof(signin::create_oauth2_token_request_body, code_verifier)},
        {"refreshToken", &model::sensitive, offsetof(signin::create_oauth2_token_request_body, refresh_token)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct create_oauth2_token_response_body::wire {
    static constexpr model::field fields[] = {
        {"accessToken", model::maybe_of<signin::access_token, D>, offsetof(signin::create_oauth2_token_response_body, access_token)},
        {"tokenType", &model::optional_text, offsetof(signin::create_oauth2_token_response_body, token_type)},
        {"expiresIn", &model::optional_integer, offsetof(signin::create_oauth2_token_response_body, expires_in)},
        {"refreshToken", &model::sensitive, offsetof(signin::create_oauth2_token_response_body, refresh_token)},
        {"idToken", &model::sensitive, offsetof(signin::create_oauth2_token_response_body, id_token)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct create_oauth2_token_response::wire {
    static constexpr model::field fields[] = {
        {"tokenOutput", model::maybe_of<signin::create_oauth2_token_response_body, D>, offsetof(signin::create_oauth2_token_response, token_output), {}, model::place::payload},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct create_oauth2_token::wire {
    static constexpr model::field fields[] = {
        {"tokenInput", signin::create_oauth2_token_request_body::wire<D>::type, offsetof(signin::create_oauth2_token, token_input), model::required, model::place::payload},
        {"DPoP", &model::sensitive, offsetof(signin::create_oauth2_token, dpop), {}, model::place::header},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{.name = "CreateOAuth2Token", .service = &service_traits, .input = &type, .output = &output::wire<D>::type, .auth = model::auth::none, .http = {"POST", "/v1/token"}};
};
// clang-format on

}  // namespace awsxx::inline AWSXX_ABI::signin
