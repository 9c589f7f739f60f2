// SPDX-License-Identifier: MIT
#include <awsxx/core/code_place.hpp>

#include <support/catch.hpp>

#include <string>

namespace {

awsxx::code_place caller(awsxx::code_place at = awsxx::code_place::here()) { return at; }

}  // namespace

TEST_CASE("code place: as a default argument it is the line of the call") {
    const unsigned line = __LINE__ + 1;
    const auto at = caller();

    CHECK(at.line == line);
    CHECK(to_string(at) == "code_place_test.cpp:" + std::to_string(line));
}

TEST_CASE("code place: folders are left out, whatever their separator") {
    CHECK(to_string(awsxx::code_place{"/a/b.cpp", 7}) == "b.cpp:7");
    CHECK(to_string(awsxx::code_place{"a\\b.cpp", 7}) == "b.cpp:7");
    CHECK(to_string(awsxx::code_place{"b.cpp", 7}) == "b.cpp:7");
}
