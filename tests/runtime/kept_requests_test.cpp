// SPDX-License-Identifier: MIT
#include <awsxx/runtime/kept_requests.hpp>

#include <support/catch.hpp>

#include <optional>
#include <string>

using awsxx::runtime::kept_requests;

TEST_CASE("kept requests: the next ones find nothing of those before") {
    std::optional<kept_requests> first(std::in_place);
    const awsxx::http::request* const memory = &first->draft();
    first->draft().headers.add("x-amz-sso_bearer_token", "planted");
    first->draft().target.query = "token=planted-in-a-query-of-some-length";
    first->draft().body = "planted";
    const char* const header = first->draft().headers.line_text(0);
    const char* const query = first->draft().target.query.data();
    first.reset();

    const kept_requests second;

    REQUIRE(&second.draft() == memory);
    CHECK(second.draft().headers.empty());
    CHECK(second.draft().body.empty());
    CHECK(std::string(header, 30) == std::string(30, '\0'));
    CHECK(std::string(query, 20) == std::string(20, '\0'));
}

TEST_CASE("kept requests: a body is wiped where it lies") {
    awsxx::http::body body(std::string(100, 'x'));
    const char* const bytes = body.bytes().data();

    body.wipe();

    CHECK(body.empty());
    CHECK(std::string(bytes, 100) == std::string(100, '\0'));
}
