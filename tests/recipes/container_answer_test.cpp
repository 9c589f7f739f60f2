// SPDX-License-Identifier: MIT
#include <awsxx/recipes/container_answer.hpp>

#include <support/catch.hpp>

#include <memory>
#include <string>

using namespace awsxx;

namespace {

const instant noon(milliseconds(1767225600000));

std::string answered(int status, const expected<credentials_snapshot>& keys) {
    return std::string(recipes::container_answer(status, keys, noon).expose());
}
credentials_snapshot shared(credentials keys) {
    return std::make_shared<const credentials>(std::move(keys));
}

}  // namespace

TEST_CASE("container answer: credentials that do not tell their end are handed out for an hour") {
    const std::string text = answered(
        200, shared({.access_key_id = "ASIA", .secret_access_key = "s", .session_token = "t"}));

    CHECK(text.starts_with("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"));
    CHECK(
        text.ends_with("\r\n\r\n"
                       R"({"AccessKeyId":"ASIA","SecretAccessKey":"s","Token":"t",)"
                       R"("Expiration":"2026-01-01T01:00:00Z"})"));
}

TEST_CASE("container answer: long-lived keys are not handed out") {
    const std::string text =
        answered(200, shared({.access_key_id = "AKIA", .secret_access_key = "planted"}));

    CHECK(text.starts_with("HTTP/1.1 500 "));
    CHECK(text.find(R"({"Code":"LongLivedKeys")") != std::string::npos);
    CHECK(text.find("planted") == std::string::npos);
}

TEST_CASE("container answer: a failure to get credentials is told") {
    const std::string text =
        answered(200, error{.kind = error_kind::network, .code = "Down", .message = "a \"b\""});

    CHECK(text.starts_with("HTTP/1.1 500 "));
    CHECK(text.ends_with(R"({"Code":"Down","Message":"Down: a \"b\""})"));
}

TEST_CASE("container answer: refusals say no more than their status") {
    for (const int status : {400, 403, 404, 405, 431}) {
        const std::string text = answered(status, credentials_snapshot());
        CHECK(text.starts_with("HTTP/1.1 " + std::to_string(status) + " "));
        CHECK(text.find("Connection: close\r\n") != std::string::npos);
        CHECK((text.find("Allow: GET\r\n") != std::string::npos) == (status == 405));
    }
}
