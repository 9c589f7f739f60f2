// SPDX-License-Identifier: MIT
#include <awsxx/codec/json_walk.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>

using namespace awsxx;

namespace {

/// Writes down what it is told.
struct recorder {
    std::string log{};
    void null() { log += "null "; }
    void boolean(bool value) { log += value ? "true " : "false "; }
    void number(std::string_view digits) { log.append(digits).append(" "); }
    void string(std::string_view text) { log.append("'").append(text).append("' "); }
    void open_object() { log += "{ "; }
    void close_object() { log += "} "; }
    void open_array() { log += "[ "; }
    void close_array() { log += "] "; }
    void member(std::string_view name) { log.append(name).append(": "); }
};

}  // namespace

TEST_CASE("json walk: a handler is told everything in the order of the text") {
    recorder seen;

    REQUIRE(codec::json::walk(R"({"a":[1,-2.5e3,null],"b":{"c":true},"d":"e\n","f":{}} )", seen));

    CHECK(seen.log == "{ a: [ 1 -2.5e3 null ] b: { c: true } d: 'e\n' f: { } } ");
}

TEST_CASE("json walk: a document may be a single value") {
    recorder seen;

    REQUIRE(codec::json::walk(" false ", seen));

    CHECK(seen.log == "false ");
}

TEST_CASE("json walk: an error tells the byte") {
    recorder seen;

    const auto failure = codec::json::walk("[1,\n2,]", seen).error();

    CHECK(failure.kind == error_kind::malformed_answer);
    CHECK(failure.message == "byte 6: expected a value");
}

TEST_CASE("json walk: depth is limited to 256") {
    recorder seen;

    CHECK(codec::json::walk(std::string(256, '[') + std::string(256, ']'), seen));
    CHECK_FALSE(codec::json::walk(std::string(257, '[') + std::string(257, ']'), seen));
    CHECK_FALSE(codec::json::walk(std::string(100000, '['), seen));
}
