// SPDX-License-Identifier: MIT
#include <awsxx/recipes/identitystore.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;

TEST_CASE("identitystore: the groups of all pages, also those without a name") {
    const auto scene =
        api_scene::of({R"({"Groups":[{"GroupId":"g1","DisplayName":"ops"}],"NextToken":"n"})",
                       R"({"Groups":[{"GroupId":"g2"}]})"});
    const auto groups =
        recipes::identitystore::list_groups({.identity_store_id = "d-1"}, scene.home);
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].display_name == "ops");
    CHECK(groups[1].group_id == "g2");
    CHECK(scene.sent(1) == R"({"IdentityStoreId":"d-1","NextToken":"n"})");
}

TEST_CASE("identitystore: a store that is not there is an error") {
    const api_scene scene(
        {{.status = 400, .body = R"({"__type":"ResourceNotFoundException","Message":"no"})"}});
    CHECK(recipes::identitystore::try_list_groups({.identity_store_id = "d-1"}, scene.home)
              .error()
              .kind == error_kind::not_found);
}

#endif
