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
#include <string_view>

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

/// Where it is, in the form of model/rules.hpp.
inline constexpr std::string_view endpoint_rules(
    "\1\5\10Endpoint\0\4\16IsControlPlane\1\0\6Region\0\1\14UseDualStack\15\3@\7UseFIPS\15\2@\0D\16"
    "\204\0\275P\1T\1AP\2H\5Y\2\3\1\0bSR\5\1\0\203awsIE\5\210https://D\201.\2\210.api.aws\0G\1\213a"
    "uthSchemesF\1G\3\204name\205sigv4\213signingName\206signin\215signingRegion\2\1\0004S\300X\206"
    "aws-cnIE\5\300cD\201.\2\235.api.amazonwebservices.com.cn\0\300z\0\0\22IE\6\300cD\201.\2\201.R"
    "\5\1\2\0\300z\6\0/P\2QP\0T\4@T\3@\300O\300WIE\3\300c\2\226.signin.aws.amazon.com\0G\0\6\0*P\2"
    "\301\12\301\15\301\20\300O\300\274IE\3\300c\2\224.signin.amazonaws.cn\0G\0\6\0>P\2\301\12\301"
    "\15\301\20\300OS\300X\212aws-us-govIE\3\300c\2\234.signin.amazonaws-us-gov.com\0G\0\6\0005P\2"
    "\301\12\301\15\301\20\300OS\300X\207aws-isoIE\3\300c\2\226.signin.c2shome.ic.gov\0G\0\6\0:P\2"
    "\301\12\301\15\301\20\300OS\300X\211aws-iso-bIE\3\300c\2\231.signin.sc2shome.sgov.gov\0G\0\6\0"
    ";P\2\301\12\301\15\301\20\300OS\300X\211aws-iso-fIE\3\300c\2\232.signin.csphome.hci.ic.gov\0G"
    "\0\6\09P\2\301\12\301\15\301\20\300OS\300X\211aws-iso-eIE\3\300c\2\230.signin.csphome.adc-e.uk"
    "\0G\0\6\09P\2\301\12\301\15\301\20\300OS\300X\210aws-euscIE\3\300c\2\231.signin.amazonaws-eusc"
    ".eu\0G\0\5\0=P\2\301\12T\4A\301\20S\2\215us-gov-west-1IE\3\300cD\232-fips.amazonaws-us-gov.com"
    "\0G\0\6\0007P\2\301\12\302\327\301\20\300O\301qIE\3\300c\2\241.signin-fips.amazonaws-us-gov.co"
    "m\0G\0\5\0 P\2\301\12\301\15\301\20\300OIE\4\300c\2\210.signin.R\5\1\1\0G\0\201\0\245P\0\2A\0E"
    "\302\327CAInvalid Configuration: FIPS and custom endpoint are not supported\200\0W\2A\0KT\3ACF"
    "Invalid Configuration: Dualstack and custom endpoint are not supported\0\0\5I\0\0G\0\200\1\267"
    "\2\201\1\212P\2\1\201\1\204\300O\7\3\0\14\300W\301\15\301\20I\301\30\0G\0\3\0\14\300\274\301"
    "\15\301\20I\301G\0G\0\3\0\14\301q\301\15\301\20I\301\200\0G\0\202\0\201\302\327\303\302\2\202"
    "\0%TAR\5\1\3TAR\5\1\4\1\0\0\25IE\6\300cD\206-fips.\2\201.\300\376\0G\0@\0QCOFIPS and DualStack"
    " are enabled, but this partition does not support one or both\202\0\\\302\327\301\20\2\201\0"
    "\30T\304_A\1\0\0\20IE\6\300cD\304s\2\201.\303f\0G\0@\09\270FIPS is enabled but this partition "
    "does not support FIPS\202\0[\301\15\303\302\2\201\0\14\304c\1\0\0\6I\300\364\0G\0@\0DCBDualSta"
    "ck is enabled but this partition does not support DualStack\0\0\20IE\6\300cD\201.\2\201.\303f"
    "\0G\0@\0&\245Invalid Configuration: Missing Region",
    1487);

/// What Sign-In is to the runtime.
inline constexpr model::service service_traits{
    .id = "Signin",
    .endpoint_prefix = "signin",
    .version = "2023-01-01",
    .protocol = &rest_json::protocol,
    .issues_credentials = true,
    .rules = {endpoint_rules, "signin"}};

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
    static constexpr model::operation operation{.name = "CreateOAuth2Token", .service = &service_traits, .input = &type, .output = &output::wire<D>::type, .auth = model::auth::none, .http = {"POST", "/v1/token"}, .endpoint_parameters = "IsControlPlane=false"};
};
// clang-format on

}  // namespace awsxx::inline AWSXX_ABI::signin
