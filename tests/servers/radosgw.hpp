// SPDX-License-Identifier: MIT
// What the tests on a radosgw have in common: its address, its users, and how sessions reach it.
#pragma once

#include <awsxx/http/percent.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace test::radosgw {

/// A variable that the script which starts the server has set.
inline std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    if (value == nullptr) FAIL(name << " is not set: start a radosgw first");
    return value;
}

inline awsxx::settings over(std::string endpoint) {
    return {.region = variable("RGW_REGION"),
            .endpoint_url = std::move(endpoint),
            .ca_bundle = variable("RGW_CA_FILE"),
            .outside = awsxx::testing::isolated_world(nullptr)};
}
inline awsxx::settings over_http() { return over(variable("RGW_ENDPOINT")); }
inline awsxx::settings over_tls() { return over(variable("RGW_TLS_ENDPOINT")); }

/// The user that may assume role A, which may assume role B, which may do anything in S3.
inline awsxx::credentials user_keys() {
    return {.access_key_id = variable("RGW_ACCESS_KEY"),
            .secret_access_key = awsxx::secret(variable("RGW_SECRET_KEY"))};
}
/// A user whom no role trusts.
inline awsxx::credentials other_keys() {
    return {.access_key_id = variable("RGW_OTHER_ACCESS_KEY"),
            .secret_access_key = awsxx::secret(variable("RGW_OTHER_SECRET_KEY"))};
}
inline std::string role_a() { return variable("RGW_ROLE_A"); }
inline std::string role_b() { return variable("RGW_ROLE_B"); }

/// A path-style address; without a host, so that it goes to the session's endpoint.
inline awsxx::http::request object(std::string method, std::string_view key,
                                   awsxx::http::body body = {}) {
    awsxx::http::request made{.method = std::move(method), .body = std::move(body)};
    made.target.path = "/" + variable("RGW_BUCKET");
    if (!key.empty()) made.target.path += "/" + awsxx::http::encoded(key, true);
    return made;
}

inline awsxx::request_scope s3(std::string operation) {
    return {.service = "s3", .operation = std::move(operation)};
}

/// The keys that a session's assumption of a role gives, seen from outside.
inline awsxx::credentials keys_of(const awsxx::session& caller, const std::string& role) {
    const auto got =
        caller.try_call(awsxx::sts::assume_role{.role_arn = role, .role_session_name = "test"});
    if (!got) FAIL(to_string(got.error()));
    const awsxx::sts::credentials& keys = *got->credentials;
    return {.access_key_id = keys.access_key_id,
            .secret_access_key = keys.secret_access_key,
            .session_token = keys.session_token};
}

}  // namespace test::radosgw
