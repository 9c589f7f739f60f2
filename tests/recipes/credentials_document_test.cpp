// SPDX-License-Identifier: MIT
#include <awsxx/recipes/credentials_document.hpp>

#include <support/catch.hpp>

using namespace awsxx;

TEST_CASE("credentials document: an expiration that the credentials tell goes before another") {
    const instant own(milliseconds(1767229200000));
    const recipes::credentials_document_form form{.token_name = "Token",
                                                  .expiration = own + std::chrono::hours(1)};
    credentials keys{.access_key_id = "A", .secret_access_key = "S", .session_token = "T"};

    const auto without = recipes::credentials_document(keys, form);
    keys.expiration = own;
    const auto with = recipes::credentials_document(keys, form);

    REQUIRE(without);
    CHECK(without->expose() == R"({"AccessKeyId":"A","SecretAccessKey":"S","Token":"T",)"
                               R"("Expiration":"2026-01-01T02:00:00Z"})");
    REQUIRE(with);
    CHECK(with->expose() == R"({"AccessKeyId":"A","SecretAccessKey":"S","Token":"T",)"
                            R"("Expiration":"2026-01-01T01:00:00Z"})");
}
