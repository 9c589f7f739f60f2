// SPDX-License-Identifier: MIT
#include <awsxx/codec/json_members.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;
using codec::json::members;

TEST_CASE("json members: what nobody knows stays as it was") {
    auto all = members::parse(R"( { "a" : "x\ny" , "b":{"c" : [1, 2e5]},"Known":null} )");
    REQUIRE(all);
    all->set("known", "7");
    all->set_string("new", "say \"hi\"");

    CHECK(all->text() == R"({"a":"x\ny","b":{"c" : [1, 2e5]},"Known":7,"new":"say \"hi\""})");
}

TEST_CASE("json members: a name is found in any case, the equal one first") {
    const auto all = members::parse(R"({"A":1,"a":2,"B":"t\u00e4"})");
    REQUIRE(all);

    CHECK(all->find("a") == "2");
    CHECK(all->find("A") == "1");
    CHECK(all->string("b") == secret("tä"));
    CHECK_FALSE(all->string("a"));
    CHECK_FALSE(all->find("c"));
}

TEST_CASE("json members: of members that come twice the last one counts") {
    CHECK(members::parse(R"({"a":1,"a":2})")->text() == R"({"a":2})");
    CHECK(members::parse("{}")->text() == "{}");
}

TEST_CASE("json members: what is no object as a whole is refused") {
    for (const char* text : {"", "[]", "{", R"({"a":)", R"({"a":1}x)", R"({"a" 1})", "7"}) {
        INFO(text);
        const auto all = members::parse(text);
        REQUIRE_FALSE(all);
        CHECK(all.error().code == "MalformedJson");
    }
}
