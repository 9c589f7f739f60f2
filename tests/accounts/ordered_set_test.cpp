// SPDX-License-Identifier: MIT
#include <awsxx/accounts/ordered_set.hpp>

#include <support/catch.hpp>

#include <string>
#include <vector>

namespace {

struct thing {
    std::string name{};
    int from{};
    std::string id() const { return name; }
};
using things = awsxx::accounts::ordered_set<thing>;

std::string names(const things& all) {
    std::string text;
    for (const thing& one : all) text += one.name + std::to_string(one.from) + " ";
    return text;
}

}  // namespace

TEST_CASE("ordered set: keeps the order it was given, and of equals the first") {
    const things all({{"b", 1}, {"a", 2}, {"b", 3}, {"c", 4}});

    CHECK(names(all) == "b1 a2 c4 ");
    CHECK(all.size() == 3);
    CHECK(all[1].name == "a");
    REQUIRE(all.find("c") != nullptr);
    CHECK(all.find("c")->from == 4);
    CHECK(all.find("d") == nullptr);
    CHECK(things().empty());
}

TEST_CASE("ordered set: a union has the first set before the second") {
    const things left({{"b", 1}, {"a", 1}});
    const things right({{"c", 2}, {"a", 2}});

    CHECK(names(left | right) == "b1 a1 c2 ");
    CHECK(names(right | left) == "c2 a2 b1 ");
    CHECK(names(left.without("b")) == "a1 ");
    CHECK(names(left.without("z")) == "b1 a1 ");
    CHECK(names(left) == "b1 a1 ");
}

TEST_CASE("ordered set: a copy finds in what it shares") {
    things copy;
    {
        const things original({{"some-name-that-is-longer-than-a-short-string", 1}});
        copy = original;
    }
    CHECK(copy.contains("some-name-that-is-longer-than-a-short-string"));
}
