// SPDX-License-Identifier: MIT
#include <awsxx/codec/sorted_json.hpp>

#include <support/catch.hpp>

using awsxx::codec::ascii_json_string;
using awsxx::codec::json_spacing;
using awsxx::codec::sorted_json;

TEST_CASE("sorted json: names are sorted at every depth, and the last of a name counts") {
    CHECK(sorted_json(R"({"b":[{"d":null,"c":true}],"a":-1.50,"b2":{}, "a":"x"})",
                      json_spacing::wide) ==
          R"({"a": "x", "b": [{"c": true, "d": null}], "b2": {}})");
    CHECK(sorted_json(R"([1, 2, []])", json_spacing::tight) == "[1,2,[]]");
}

TEST_CASE("sorted json: strings are ASCII") {
    CHECK(ascii_json_string("a\"\\/\n\t\x01\x7f") == R"("a\"\\/\n\t\u0001\u007f")");
    CHECK(ascii_json_string("\xc3\xa9\xf0\x9f\x98\x80") == R"("\u00e9\ud83d\ude00")");
}

TEST_CASE("sorted json: what is not JSON has no such spelling") {
    CHECK_FALSE(sorted_json("{", json_spacing::wide));
    CHECK_FALSE(sorted_json("{} x", json_spacing::wide));
    CHECK_FALSE(sorted_json("", json_spacing::wide));
}
