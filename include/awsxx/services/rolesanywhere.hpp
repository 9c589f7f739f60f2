// SPDX-License-Identifier: MIT
// IAM Roles Anywhere: keys of a role for whoever holds a certificate.
#pragma once

#include <awsxx/core/date.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/standard_rules.hpp>
#include <awsxx/model/value.hpp>
#include <awsxx/protocols/rest_json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI::rolesanywhere {

// One line a member, however long:
// clang-format off

/// Keys of a role.
struct credentials {
    std::string access_key_id{};
    secret secret_access_key{};
    secret session_token{};
    std::optional<timestamp> expiration{};
    template <class> struct wire;
};

/// Who the keys belong to.
struct assumed_role_user {
    std::string arn{};
    std::string assumed_role_id{};
    template <class> struct wire;
};

/// One set of keys, and of which role.
struct credential_response {
    maybe<rolesanywhere::credentials> credentials{};
    maybe<rolesanywhere::assumed_role_user> assumed_role_user{};
    std::optional<int> packed_policy_size{};  ///< In percent of what is allowed.
    std::string role_arn{};
    std::optional<std::string> source_identity{};
    template <class> struct wire;
};

/// What `create_session` answers.
struct create_session_response {
    std::vector<rolesanywhere::credential_response> credential_set{};  ///< The first one counts.
    std::optional<std::string> subject_arn{};
    template <class> struct wire;
};

/// Gives the keys of a role to the holder of a certificate.
///
/// Signed with the certificate's key by whoever sends it: the runtime has no such keys.
/// https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html
struct create_session {
    std::string profile_arn{};
    std::string role_arn{};
    std::string trust_anchor_arn{};
    std::optional<int> duration_seconds{};  ///< From 900 to 43200; absent: an hour.
    std::optional<std::string> role_session_name{};

    using output = rolesanywhere::create_session_response;
    template <class> struct wire;
};

/// What the service is to the runtime.
inline constexpr model::service service_traits{
    .id = "RolesAnywhere",
    .endpoint_prefix = "rolesanywhere",
    .version = "2018-05-10",
    .protocol = &rest_json::protocol,
    .issues_credentials = true,
    .rules = {model::standard_rules::regional, "rolesanywhere"}};

template <class D>
struct credentials::wire {
    static constexpr model::field fields[] = {
        {"accessKeyId", &model::text, offsetof(rolesanywhere::credentials, access_key_id)},
        {"secretAccessKey", &model::sensitive, offsetof(rolesanywhere::credentials, secret_access_key)},
        {"sessionToken", &model::sensitive, offsetof(rolesanywhere::credentials, session_token)},
        {"expiration", &model::optional_timestamp, offsetof(rolesanywhere::credentials, expiration)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct assumed_role_user::wire {
    static constexpr model::field fields[] = {
        {"arn", &model::text, offsetof(rolesanywhere::assumed_role_user, arn)},
        {"assumedRoleId", &model::text, offsetof(rolesanywhere::assumed_role_user, assumed_role_id)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct credential_response::wire {
    static constexpr model::field fields[] = {
        {"credentials", model::maybe_of<rolesanywhere::credentials, D>, offsetof(rolesanywhere::credential_response, credentials)},
        {"assumedRoleUser", model::maybe_of<rolesanywhere::assumed_role_user, D>, offsetof(rolesanywhere::credential_response, assumed_role_user)},
        {"packedPolicySize", &model::optional_integer, offsetof(rolesanywhere::credential_response, packed_policy_size)},
        {"roleArn", &model::text, offsetof(rolesanywhere::credential_response, role_arn)},
        {"sourceIdentity", &model::optional_text, offsetof(rolesanywhere::credential_response, source_identity)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct create_session_response::wire {
    static constexpr model::field fields[] = {
        {"credentialSet", model::list_of<rolesanywhere::credential_response, D>, offsetof(rolesanywhere::create_session_response, credential_set)},
        {"subjectArn", &model::optional_text, offsetof(rolesanywhere::create_session_response, subject_arn)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct create_session::wire {
    static constexpr model::field fields[] = {
        {"profileArn", &model::text, offsetof(rolesanywhere::create_session, profile_arn), model::required, model::place::query},
        {"roleArn", &model::text, offsetof(rolesanywhere::create_session, role_arn), model::required, model::place::query},
        {"trustAnchorArn", &model::text, offsetof(rolesanywhere::create_session, trust_anchor_arn), model::required, model::place::query},
        {"durationSeconds", &model::optional_integer, offsetof(rolesanywhere::create_session, duration_seconds)},
        {"roleSessionName", &model::optional_text, offsetof(rolesanywhere::create_session, role_session_name)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{.name = "CreateSession", .service = &service_traits, .input = &type, .output = &output::wire<D>::type, .auth = model::auth::none, .http = {"POST", "/sessions", 201}};
};
// clang-format on

}  // namespace awsxx::inline AWSXX_ABI::rolesanywhere
