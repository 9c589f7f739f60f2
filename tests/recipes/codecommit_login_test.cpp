// SPDX-License-Identifier: MIT
#include <awsxx/recipes/codecommit_login.hpp>  // first: it must compile on its own

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>
#include <support/token_keys.hpp>

using namespace awsxx;

namespace {

const recipes::codecommit_access mine{
    .url = "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/mine", .region = "us-east-1"};

}  // namespace

TEST_CASE("codecommit login: user and password are those that the AWS CLI gives git") {
    const auto login = recipes::sign_in_to_codecommit(mine, test::token_signer());
    REQUIRE(login);
    CHECK(login->user.expose() == "akid");
    CHECK(login->password.expose() ==
          "20161107T173933Z53cd3574f4687e00ff686dae9a236f1d1d7fcf35162e25e2b6f2edc8b4a905f1");
}

TEST_CASE("codecommit login: the session token goes with the user's name") {
    auto keys = test::token_keys();
    keys.session_token = "a/b=";
    const auto login = recipes::sign_in_to_codecommit(mine, test::token_signer(keys));
    REQUIRE(login);
    CHECK(login->user.expose() == "akid%a/b=");
    CHECK(login->password == recipes::sign_in_to_codecommit(mine, test::token_signer())->password);
}

TEST_CASE("codecommit login: a session's keys will do") {
    const test::cloud_scene scene;
    const auto login = recipes::sign_in_to_codecommit(mine, scene.base());
    REQUIRE(login);
    CHECK(login->user.expose() == "AKIDUSER");
    CHECK(login->password.expose().size() == 80);
}

TEST_CASE("codecommit login: what cannot be signed is refused") {
    const auto by = test::token_signer();
    CHECK_FALSE(recipes::sign_in_to_codecommit({.url = "ssh://a", .region = "us-east-1"}, by));
    CHECK_FALSE(recipes::sign_in_to_codecommit({.url = mine.url}, by));
    CHECK_FALSE(recipes::sign_in_to_codecommit(mine, recipes::keys_at{{}, by.when}));
}
