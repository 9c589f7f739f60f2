// SPDX-License-Identifier: MIT
#include <awsxx/recipes/listing.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <awsxx/services/identitystore.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using test::api_scene;

namespace {

std::string page(const std::string& group, const std::string& next) {
    const std::string token = next.empty() ? "" : R"(,"NextToken":")" + next + '"';
    return R"({"Groups":[{"GroupId":")" + group + R"("}])" + token + "}";
}
constexpr auto add = [](auto& all, auto&& more) {
    recipes::append(all.groups, std::move(more.groups));
};

}  // namespace

TEST_CASE("listing: all items are those of every page, in their order") {
    const auto scene = api_scene::of({page("a", "1"), page("b", "2"), page("c", "")});
    const auto all = recipes::all_items(identitystore::list_groups{}, scene.home);
    REQUIRE(all);
    REQUIRE(all->size() == 3);
    CHECK(all->at(0).group_id + all->at(1).group_id + all->at(2).group_id == "abc");
}

TEST_CASE("listing: a page that fails fails the listing") {
    const api_scene scene({{.status = 200, .body = page("a", "1")},
                           {.status = 400, .body = R"({"__type":"AccessDeniedException"})"}});
    const auto all = recipes::all_items(identitystore::list_groups{}, scene.home);
    REQUIRE_FALSE(all);
    CHECK(all.error().code == "AccessDeniedException");
}

TEST_CASE("listing: a token that repeats fails it as well") {
    const std::vector<std::string> pages{page("a", "1"), page("b", "1")};
    CHECK(
        recipes::all_items(identitystore::list_groups{}, api_scene::of(pages).home).error().code ==
        "RepeatedToken");
    CHECK(recipes::all_pages(identitystore::list_groups{}, api_scene::of(pages).home, add)
              .error()
              .code == "RepeatedToken");
}

TEST_CASE("listing: all pages are made one") {
    const auto scene = api_scene::of({page("a", "1"), page("b", "")});
    const auto all = recipes::all_pages(identitystore::list_groups{}, scene.home, add);
    REQUIRE(all);
    CHECK(all->groups.size() == 2);
    CHECK(scene.calls() == 2);
}
