// SPDX-License-Identifier: MIT
#include <awsxx/model/value.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace awsxx;

TEST_CASE("maybe: a structure is there once it was put there, until it is taken away") {
    maybe<test::pet> held;
    CHECK_FALSE(held);

    held = test::pet{.name = "Tom"};
    REQUIRE(held);
    CHECK(held->name == "Tom");

    CHECK(held.emplace().name.empty());
    held.reset();
    CHECK_FALSE(held);
}

namespace {

struct folder {
    std::string name{};
    std::vector<maybe<folder>> next{};
};

}  // namespace

TEST_CASE("maybe: what lies inside may take the place of the whole") {
    maybe<folder> held = folder{.name = "first"};
    held->next.emplace_back(folder{.name = "second, with a name that is not short at all"});

    held = std::move(held->next.front());

    REQUIRE(held);
    CHECK(held->name == "second, with a name that is not short at all");
    CHECK(held->next.empty());
}

TEST_CASE("box: copies are deep, and what is moved from is empty") {
    test::tree root{.value = 1};
    root.child = test::tree{.value = 2};

    test::tree copy = root;
    copy.child->value = 3;
    const test::tree moved = std::move(root);

    CHECK(moved.child->value == 2);
    CHECK(copy.child->value == 3);
    CHECK_FALSE(box<test::tree>());
}

TEST_CASE("open enum: known and new values compare as text") {
    const test::animal_kind known = test::animal_kind::cat;
    const test::animal_kind unheard_of = "AXOLOTL";

    CHECK(known == test::animal_kind::cat);
    CHECK(known != unheard_of);
    CHECK(std::string_view(unheard_of) == "AXOLOTL");
    CHECK(test::animal_kind().empty());
}
