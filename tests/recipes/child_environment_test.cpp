// SPDX-License-Identifier: MIT
#include <awsxx/recipes/child_environment.hpp>

#include <support/catch.hpp>

#include <algorithm>
#include <string>

using namespace awsxx;

namespace {

std::string value_of(const recipes::child_environment& in, const std::string& name) {
    for (const auto& one : in.set)
        if (one.name == name) return std::string(one.value.expose());
    return "(not set)";
}
bool unsets(const recipes::child_environment& in, const std::string& name) {
    return std::find(in.unset.begin(), in.unset.end(), name) != in.unset.end();
}

}  // namespace

TEST_CASE("child environment: temporary credentials and the region are set") {
    const auto made =
        recipes::child_environment_of({.access_key_id = "ASIA",
                                       .secret_access_key = "s",
                                       .session_token = "t",
                                       .expiration = instant(milliseconds(1767229200500)),
                                       .account_id = "111122223333"},
                                      "eu-west-1");

    CHECK(value_of(made, "AWS_ACCESS_KEY_ID") == "ASIA");
    CHECK(value_of(made, "AWS_SECRET_ACCESS_KEY") == "s");
    CHECK(value_of(made, "AWS_SESSION_TOKEN") == "t");
    CHECK(value_of(made, "AWS_CREDENTIAL_EXPIRATION") == "2026-01-01T01:00:00Z");
    CHECK(value_of(made, "AWS_ACCOUNT_ID") == "111122223333");
    CHECK(value_of(made, "AWS_REGION") == "eu-west-1");
    CHECK(value_of(made, "AWS_DEFAULT_REGION") == "eu-west-1");
}

TEST_CASE("child environment: nothing of another identity is left") {
    const auto made =
        recipes::child_environment_of({.access_key_id = "AKIA", .secret_access_key = "s"});

    for (const char* name : {"AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION",
                             "AWS_ACCOUNT_ID", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ROLE_ARN",
                             "AWS_CONTAINER_CREDENTIALS_FULL_URI"})
        CHECK(unsets(made, name));
    CHECK_FALSE(unsets(made, "AWS_ACCESS_KEY_ID"));
    CHECK_FALSE(unsets(made, "AWS_REGION"));
    CHECK(value_of(made, "AWS_REGION") == "(not set)");
}
