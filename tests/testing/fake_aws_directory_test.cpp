// SPDX-License-Identifier: MIT
#include <awsxx/testing/fake_aws_directory.hpp>

#include <support/catch.hpp>

#include <string>
#include <vector>

using namespace awsxx;

TEST_CASE("fake directory: groups come in pages until there is no token") {
    testing::fake_directory stores;
    stores.add_groups("d-9067", {"one", "two", "three"});
    stores.add_groups("d-9067", {"four", "five"});
    identitystore::list_groups question{.identity_store_id = "d-9067", .max_results = 2};
    std::vector<std::string> names;
    int pages = 0;
    do {
        const auto page = stores.list(question);
        REQUIRE(page);
        for (const auto& group : page->groups) names.push_back(group.display_name);
        question.next_token = page->next_token;
        ++pages;
    } while (question.next_token);

    CHECK(names == std::vector<std::string>{"one", "two", "three", "four", "five"});
    CHECK(pages == 3);
}

TEST_CASE("fake directory: unknown stores, tokens and page sizes are refused") {
    testing::fake_directory stores;
    stores.add_groups("d-9067", {"one"});

    CHECK(stores.list({.identity_store_id = "d-1"}).error().code == "ResourceNotFoundException");
    CHECK(stores.list({.identity_store_id = "d-9067", .next_token = "x"}).error().code ==
          "ValidationError");
    CHECK(stores.list({.identity_store_id = "d-9067", .max_results = 101}).error().code ==
          "ValidationError");
    CHECK(stores.list({.identity_store_id = "d-9067", .max_results = 0}).error().code ==
          "ValidationError");
}
