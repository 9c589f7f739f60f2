// SPDX-License-Identifier: MIT
#include <awsxx/recipes/credential_process.hpp>

#include <awsxx/credentials/credentials_json.hpp>

#include <support/catch.hpp>

#include <chrono>

using namespace awsxx;

TEST_CASE("credential process: temporary credentials are told with all that is known") {
    const auto text =
        recipes::credential_process_document({.access_key_id = "ASIA",
                                              .secret_access_key = "s\"/+",
                                              .session_token = "t",
                                              .expiration = instant(milliseconds(1767229200999)),
                                              .account_id = "111122223333"});

    REQUIRE(text);
    CHECK(text->expose() ==
          R"({"Version":1,"AccessKeyId":"ASIA","SecretAccessKey":"s\"/+","SessionToken":"t",)"
          R"("Expiration":"2026-01-01T01:00:00Z","AccountId":"111122223333"})");
}

TEST_CASE("credential process: what is not known is left out") {
    const auto text =
        recipes::credential_process_document({.access_key_id = "AKIA", .secret_access_key = "s"});

    REQUIRE(text);
    CHECK(text->expose() == R"({"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"s"})");
}

TEST_CASE("credential process: what it tells is read as it was") {
    const credentials keys{.access_key_id = "ASIA",
                           .secret_access_key = "a\\b\n\x01\xc3\xa4",
                           .session_token = "t==",
                           .expiration = instant(milliseconds(1767229200000))};
    const auto text = recipes::credential_process_document(keys);
    REQUIRE(text);

    const auto read = parse_credentials_json(text->expose(), {.versioned = true});

    REQUIRE(read);
    CHECK(read->secret_access_key == keys.secret_access_key);
    CHECK(read->session_token == keys.session_token);
    CHECK(read->expiration == keys.expiration);
}

TEST_CASE("credential process: credentials that cannot be are refused without telling them") {
    const credentials broken[] = {
        {.access_key_id = "AKIA"},
        {.secret_access_key = "planted"},
        {.access_key_id = "AKIA", .secret_access_key = "planted\xff"},
    };
    for (const auto& keys : broken) {
        const auto text = recipes::credential_process_document(keys);
        REQUIRE_FALSE(text);
        CHECK(text.error().kind == error_kind::invalid_argument);
        CHECK(to_string(text.error()).find("planted") == std::string::npos);
    }
}
