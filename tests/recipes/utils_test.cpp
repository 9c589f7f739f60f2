// SPDX-License-Identifier: MIT
#include <awsxx/recipes/utils.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <support/cloud_scene.hpp>

#include <chrono>
#include <type_traits>

#if defined(__cpp_exceptions)

using namespace awsxx;
namespace recipe = recipes::utils;

TEST_CASE("utils: roles chain, and each keeps the one before") {
    const test::cloud_scene scene;
    const auto hub = recipe::assume_role({.role_arn = test::hub_arn}, scene.base());
    const auto spoke = recipe::assume_role({.role_arn = test::spoke_arn}, hub);
    CHECK(spoke.whoami().account == "444455556666");
    CHECK(spoke.parent()->whoami().account == "111122223333");
    CHECK_FALSE(recipe::try_assume_role({.role_arn = "no ARN"}, hub));
}

TEST_CASE("utils: credentials that work are told, with source and end") {
    const test::cloud_scene scene;
    const auto own = recipe::validate_credentials(scene.base());
    CHECK(own.identity.arn == test::user_arn);
    CHECK_FALSE(own.expiration);
    const auto hub = scene.base().assume_role({.role_arn = test::hub_arn});
    const auto role = recipe::try_validate_credentials(hub);
    REQUIRE(role);
    CHECK(role->expiration == scene.time->now() + std::chrono::hours(1));
    CHECK_FALSE(role->source.empty());
}

TEST_CASE("utils: credentials that do not work are an error") {
    const test::cloud_scene scene;
    const auto closed = scene.base().assume_role({.role_arn = test::closed_arn});
    CHECK_FALSE(recipe::try_validate_credentials(closed));
    CHECK_THROWS_AS(recipe::validate_credentials(closed), aws_error);
}

TEST_CASE("utils: a clock that is wrong is told") {
    http::response answer{.status = 200,
                          .body =
                              "<GetCallerIdentityResponse><GetCallerIdentityResult/>"
                              "</GetCallerIdentityResponse>"};
    answer.headers.set("Date", "Thu, 01 Jan 2026 00:07:00 GMT");
    const test::api_scene scene({answer});
    CHECK(recipe::validate_credentials(scene.home).clock_skew == std::chrono::minutes(7));
    CHECK(scene.home.clock_skew() == std::chrono::minutes(7));
}

TEST_CASE("utils: without another session, the default one is meant") {
    STATIC_REQUIRE(std::is_same_v<decltype(recipe::try_assume_role({})), expected<session>>);
    STATIC_REQUIRE(std::is_same_v<decltype(recipe::try_validate_credentials()),
                                  expected<recipe::validated_credentials>>);
}

TEST_CASE("utils: a wait ends when it has seen what it waits for, or its time is over") {
    const test::cloud_scene scene;
    int looks = 0;
    recipe::wait_until([&] { return ++looks == 3; }, {.at_most = std::chrono::minutes(5)},
                       scene.base());
    CHECK(looks == 3);
    CHECK(recipe::try_wait_until([] { return false; }, {.at_most = std::chrono::seconds(5)},
                                 scene.base())
              .error()
              .kind == error_kind::timeout);
}

#endif
