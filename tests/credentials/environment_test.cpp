// SPDX-License-Identifier: MIT
#include <awsxx/credentials/environment.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>
#include <support/providers.hpp>

#include <memory>

using namespace awsxx;
using test::fake_environment;

namespace {

environment_credentials provider(const fake_environment& variables) {
    return environment_credentials(std::make_shared<fake_environment>(variables));
}

expected<credentials_snapshot> keys_from(const fake_environment& variables) {
    auto asked = provider(variables);
    return test::obtain(asked, {});
}

}  // namespace

TEST_CASE("environment credentials: keys, token and account come from their variables") {
    const auto keys = keys_from({{"AWS_ACCESS_KEY_ID", "AKID"},
                                 {"AWS_SECRET_ACCESS_KEY", "planted-secret"},
                                 {"AWS_SESSION_TOKEN", "planted-token"},
                                 {"AWS_ACCOUNT_ID", "111122223333"}});
    REQUIRE(keys);
    CHECK((*keys)->access_key_id == "AKID");
    CHECK((*keys)->secret_access_key == secret("planted-secret"));
    CHECK((*keys)->session_token == secret("planted-token"));
    CHECK((*keys)->account_id == "111122223333");
    CHECK((*keys)->source == "environment");
    CHECK((*keys)->via == auth::feature::credentials_environment);
    CHECK_FALSE((*keys)->expiration);
}

TEST_CASE("environment credentials: without a key id, or with a blank one, nothing is set up") {
    for (const char* blank : {"", "  \t"}) {
        const auto none =
            keys_from({{"AWS_ACCESS_KEY_ID", blank}, {"AWS_SECRET_ACCESS_KEY", "planted-secret"}});
        REQUIRE_FALSE(none);
        CHECK(none.error().kind == error_kind::not_configured);
    }
    CHECK(keys_from({}).error().kind == error_kind::not_configured);
}

TEST_CASE("environment credentials: a key id without its secret is an error") {
    for (const char* blank : {"", " "}) {
        const auto part =
            keys_from({{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", blank}});
        REQUIRE_FALSE(part);
        CHECK(part.error().kind == error_kind::configuration);
        CHECK(part.error().code == "PartialCredentials");
    }
}

TEST_CASE("environment credentials: white space around values is dropped") {
    const auto keys = keys_from({{"AWS_ACCESS_KEY_ID", " AKID\n"},
                                 {"AWS_SECRET_ACCESS_KEY", "\tplanted-secret "},
                                 {"AWS_SESSION_TOKEN", " \n"}});
    REQUIRE(keys);
    CHECK((*keys)->access_key_id == "AKID");
    CHECK((*keys)->secret_access_key == secret("planted-secret"));
    CHECK((*keys)->session_token.empty());
}

TEST_CASE("environment credentials: the old name of the token is read where the new one is not") {
    fake_environment variables{{"AWS_ACCESS_KEY_ID", "AKID"},
                               {"AWS_SECRET_ACCESS_KEY", "planted-secret"},
                               {"AWS_SECURITY_TOKEN", "old"}};
    CHECK((*keys_from(variables))->session_token == secret("old"));
    variables.set("AWS_SESSION_TOKEN", "new");
    CHECK((*keys_from(variables))->session_token == secret("new"));
}

TEST_CASE("environment credentials: they may have an expiration, and then can be renewed") {
    fake_environment variables{{"AWS_ACCESS_KEY_ID", "AKID"},
                               {"AWS_SECRET_ACCESS_KEY", "planted-secret"}};
    CHECK_FALSE(provider(variables).invalidate({}, {}));

    variables.set("AWS_CREDENTIAL_EXPIRATION", "2026-01-02T03:04:05Z");
    const auto keys = keys_from(variables);
    REQUIRE(keys);
    CHECK((*keys)->expiration ==
          parse_date("2026-01-02T03:04:05Z", date_format::date_time)->to_instant());
    CHECK(provider(variables).invalidate({}, {}));
}

TEST_CASE("environment credentials: an expiration that is no date is an error") {
    const auto keys = keys_from({{"AWS_ACCESS_KEY_ID", "AKID"},
                                 {"AWS_SECRET_ACCESS_KEY", "planted-secret"},
                                 {"AWS_CREDENTIAL_EXPIRATION", "tomorrow"}});
    REQUIRE_FALSE(keys);
    CHECK(keys.error().kind == error_kind::configuration);
    CHECK(keys.error().code == "InvalidExpiration");
    CHECK(to_string(keys.error()).find("planted-secret") == std::string::npos);
}
