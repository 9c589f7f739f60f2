// SPDX-License-Identifier: MIT
#include <awsxx/accounts/glob.hpp>

#include <support/catch.hpp>

#include <string>
#include <vector>

using namespace awsxx::accounts;

TEST_CASE("glob: a star is any text, a question mark one character") {
    CHECK(matches("eu-*", "eu-west-1"));
    CHECK(matches("*", ""));
    CHECK(matches("*-1", "eu-west-1"));
    CHECK(matches("e*-w*-?", "eu-west-1"));
    CHECK(matches("eu-west-1", "eu-west-1"));
    CHECK(matches("a*b*c", "aXbXbc"));
    CHECK_FALSE(matches("eu-*", "us-east-1"));
    CHECK_FALSE(matches("?", ""));
    CHECK_FALSE(matches("eu-west-?", "eu-west-12"));
    CHECK_FALSE(matches("", "x"));
    CHECK_FALSE(matches("a*b", "a"));
}

TEST_CASE("glob: many stars take no longer than they must") {
    std::string stars;
    for (int i = 0; i < 1000; ++i) stars += "*a";
    CHECK_FALSE(matches(stars, std::string(2000, 'a') + "b"));
}

TEST_CASE("glob: the nearest name is found by letters added, lost, changed or swapped") {
    const std::vector<std::string> names{"eu-west-1", "eu-west-2", "us-east-1", "aws"};
    CHECK(nearest("eu-wets-1", names) == "eu-west-1");
    CHECK(nearest("eu-wes-2", names) == "eu-west-2");
    CHECK(nearest("us-eeast-1", names) == "us-east-1");
    CHECK(nearest("awz", names) == "aws");
    CHECK(nearest("EU-West-1", std::vector<std::string>{"ca-west-1", "eu-west-1"}) == "eu-west-1");
    CHECK(nearest("EU-WEST-1", names) == "eu-west-1");
    CHECK(nearest("tokyo-prime", names).empty());
    CHECK(nearest("", names).empty());
    CHECK(nearest(std::string(100000, 'x'), names).empty());
}
