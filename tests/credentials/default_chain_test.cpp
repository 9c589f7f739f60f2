// SPDX-License-Identifier: MIT
#include <awsxx/credentials/default_chain.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>
#include <support/sts_answers.hpp>

#include <string>

using namespace awsxx;
using test::made_up_world;

namespace {

constexpr const char* file = "/home/.aws/credentials";
constexpr const char* profile_keys =
    "[default]\naws_access_key_id = AKPROFILE\naws_secret_access_key = planted-secret\n"
    "[dev]\naws_access_key_id = AKDEV\naws_secret_access_key = planted-secret\n";

std::string chosen(made_up_world&& world) { return world.outcome(*default_chain(world.from)); }

}  // namespace

TEST_CASE("default chain: keys in the environment go before the profile") {
    CHECK(chosen(made_up_world({.environment = {{"HOME", "/home"},
                                                {"AWS_ACCESS_KEY_ID", "AKENV"},
                                                {"AWS_SECRET_ACCESS_KEY", "planted-secret"},
                                                {"AWS_PROFILE", "dev"}},
                                .files = {{file, profile_keys}}})) == "AKENV");
}

TEST_CASE("default chain: a profile chosen in code stands alone") {
    CHECK(chosen(made_up_world({.environment = {{"HOME", "/home"},
                                                {"AWS_ACCESS_KEY_ID", "AKENV"},
                                                {"AWS_SECRET_ACCESS_KEY", "planted-secret"}},
                                .files = {{file, profile_keys}}},
                               {.profile = "dev"})) == "AKDEV");
}

TEST_CASE("default chain: a profile without a name is not chosen") {
    CHECK(chosen(made_up_world({.environment = {{"HOME", "/home"},
                                                {"AWS_ACCESS_KEY_ID", "AKENV"},
                                                {"AWS_SECRET_ACCESS_KEY", "planted-secret"}},
                                .files = {{file, profile_keys}}},
                               {.profile = ""})) == "AKENV");
}

TEST_CASE("default chain: a web identity in the environment goes before the implied profile") {
    made_up_world world({.environment = {{"HOME", "/home"},
                                         {"AWS_REGION", "eu-west-1"},
                                         {"AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/audit"},
                                         {"AWS_WEB_IDENTITY_TOKEN_FILE", "/token"}},
                         .files = {{file, profile_keys}, {"/token", "e.y.J"}}});
    world.network.then(test::sts_answer("AssumeRoleWithWebIdentity", "AKWEB"));
    CHECK(world.outcome(*default_chain(world.from)) == "AKWEB");
}

TEST_CASE("default chain: a profile without credentials leaves the word to the container") {
    made_up_world world(
        {.environment = {{"HOME", "/home"}, {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/creds"}},
         .files = {{"/home/.aws/config", "[default]\nregion = eu-west-1\n"}}});
    world.network.then(http::response{
        .status = 200,
        .body = R"({"AccessKeyId":"AKECS","SecretAccessKey":"planted-secret","Token":"t",)"
                R"("Expiration":"2026-01-01T01:00:00Z"})"});
    CHECK(world.outcome(*default_chain(world.from)) == "AKECS");
}

TEST_CASE("default chain: without anything, each source says why it has no credentials") {
    const std::string why = chosen(
        made_up_world({.environment = {{"HOME", "/home"}, {"AWS_EC2_METADATA_DISABLED", "true"}}}));
    for (const char* part : {"environment: AWS_ACCESS_KEY_ID is not set",
                             "web identity: ", "profile: there is no profile default",
                             "container: ", "instance metadata: AWS_EC2_METADATA_DISABLED is true"})
        CHECK(why.find(part) != std::string::npos);
}

TEST_CASE("default chain: instance metadata that is switched off may be set up wrongly") {
    const std::string why =
        chosen(made_up_world({.environment = {{"HOME", "/home"},
                                              {"AWS_EC2_METADATA_SERVICE_ENDPOINT", "wrong"},
                                              {"AWS_EC2_METADATA_DISABLED", "true"}}}));
    CHECK(why.find("NoCredentials") == 0);
}

TEST_CASE("default chain: a profile that the environment names has to exist") {
    CHECK(chosen(made_up_world({.environment = {{"HOME", "/home"}, {"AWS_PROFILE", "nobody"}},
                                .files = {{file, profile_keys}}}))
              .find("ProfileNotFound") != std::string::npos);
}

TEST_CASE("default chain: a blank variable is an absent one") {
    CHECK(chosen(made_up_world({.environment = {{"HOME", "/home"},
                                                {"AWS_ACCESS_KEY_ID", " "},
                                                {"AWS_SECRET_ACCESS_KEY", " "},
                                                {"AWS_PROFILE", ""},
                                                {"AWS_WEB_IDENTITY_TOKEN_FILE", " "},
                                                {"AWS_ROLE_ARN", " "}},
                                .files = {{file, profile_keys}}})) == "AKPROFILE");
}
