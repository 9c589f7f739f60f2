// SPDX-License-Identifier: MIT
#include <awsxx/core/lazy.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;

TEST_CASE("lazy: makes its value once") {
    const lazy<std::string> text;
    int made = 0;
    const auto make = [&]() -> expected<std::string> {
        ++made;
        return "value";
    };
    const auto first = text.get(make);
    const auto second = text.get(make);

    REQUIRE(first);
    CHECK(**first == "value");
    CHECK(*first == *second);
    CHECK(made == 1);
}

TEST_CASE("lazy: a failure is not kept") {
    const lazy<std::string> text;
    const auto failed =
        text.get([]() -> expected<std::string> { return error{.code = "FileUnreadable"}; });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == "FileUnreadable");
    const auto made = text.get([]() -> expected<std::string> { return "value"; });
    REQUIRE(made);
    CHECK(**made == "value");
}
