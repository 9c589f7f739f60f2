// SPDX-License-Identifier: MIT
#include <awsxx/recipes/organizations.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;

TEST_CASE("organizations: an account is described") {
    const auto scene =
        api_scene::of({R"({"Account":{"Id":"111122223333","Name":"prod","Status":"ACTIVE"}})"});
    const auto found =
        recipes::organizations::describe_account({.account_id = "111122223333"}, scene.home);
    REQUIRE(found.account);
    CHECK(found.account->name == "prod");
    CHECK(scene.sent() == R"({"AccountId":"111122223333"})");
}

TEST_CASE("organizations: the accounts of all pages") {
    const auto scene = api_scene::of(
        {R"({"Accounts":[{"Id":"1"}],"NextToken":"n"})", R"({"Accounts":[{"Id":"2"}]})"});
    const auto all = recipes::organizations::list_accounts({}, scene.home);
    REQUIRE(all.size() == 2);
    CHECK(all[1].id == "2");
    CHECK(scene.sent(0) == "{}");
}

TEST_CASE("organizations: the tags of all pages") {
    const auto scene = api_scene::of({R"({"Tags":[{"Key":"a","Value":"1"}],"NextToken":"n"})",
                                      R"({"Tags":[{"Key":"b","Value":"2"}]})"});
    const auto tags =
        recipes::organizations::list_tags_for_resource({.resource_id = "r-1"}, scene.home);
    REQUIRE(tags.size() == 2);
    CHECK(tags[0].key + tags[1].key == "ab");
    CHECK(scene.sent(1) == R"({"ResourceId":"r-1","NextToken":"n"})");
}

TEST_CASE("organizations: who may not look gets an error") {
    const api_scene scene(
        {{.status = 400, .body = R"({"__type":"AccessDeniedException","Message":"no"})"}});
    CHECK(recipes::organizations::try_list_accounts({}, scene.home).error().kind ==
          error_kind::denied);
}

#endif
