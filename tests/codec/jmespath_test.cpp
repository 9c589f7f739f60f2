// SPDX-License-Identifier: MIT
#include <awsxx/codec/jmespath.hpp>

#include <awsxx/codec/jmespath_json.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>

using namespace awsxx;
namespace path = codec::jmespath;

namespace {

/// What an expression finds in a document, as JSON, or the code and message of its error.
std::string found(std::string_view text, std::string_view document = "null") {
    path::memory room;
    const auto in = path::from_json(document, room);
    REQUIRE(in);
    const auto expression = path::parse(text);
    if (!expression) return expression.error().code + " " + expression.error().message;
    const auto value = path::search(*expression, *in, room);
    if (!value) return value.error().code + " " + value.error().message;
    std::string json;
    REQUIRE(path::append_json(*value, json, path::effort::most));
    return json;
}

constexpr std::string_view people =
    R"({"people":[{"name":"a","age":30},{"name":"b","age":50},{"name":"c"}],"n":3})";

}  // namespace

TEST_CASE("jmespath: names, indices and slices reach into documents") {
    CHECK(found("people[0].name", people) == R"("a")");
    CHECK(found("people[-1].name", people) == R"("c")");
    CHECK(found("people[9]", people) == "null");
    CHECK(found("\"people\"[1].\"age\"", people) == "50");
    CHECK(found("people[::-1].name", people) == R"(["c","b","a"])");
    CHECK(found("people[1:].name", people) == R"(["b","c"])");
    CHECK(found("[-9223372036854775808:9223372036854775807:-9223372036854775808]", "[1,2]") ==
          "[]");
    CHECK(found("[9223372036854775807:-9223372036854775807:-9223372036854775807]", "[1,2]") ==
          "[2]");
}

TEST_CASE("jmespath: projections leave nulls out and end at a pipe") {
    CHECK(found("people[*].age", people) == "[30,50]");
    CHECK(found("people[].age | [0]", people) == "30");
    CHECK(found("people[?age > `40`].name", people) == R"(["b"])");
    CHECK(found("*.a", R"({"x":{"a":1},"y":2,"z":{"a":3}})") == "[1,3]");
    CHECK(found("[][]", "[[[1],[2]],[3]]") == "[1,2,3]");
    CHECK(found("a[*].b", R"({"a":"no list"})") == "null");
}

TEST_CASE("jmespath: a filter behind a filter works on each element") {
    CHECK(found("[?[?@ > `1`]]", "[[1],[1,2]]") == "[[1,2]]");
    CHECK(found("[?@][?@ > `1`]", "[[1],[1,2]]") == "[[],[2]]");
}

TEST_CASE("jmespath: lists and objects are made anew") {
    CHECK(found("{n: n, first: people[0].[name, age]}", people) == R"({"n":3,"first":["a",30]})");
    CHECK(found("{a: `1`, a: `2`}", "{}") == R"({"a":2})");
    CHECK(found("missing.{a: b}", people) == "null");
}

TEST_CASE("jmespath: operators know what counts as true") {
    CHECK(found("n && `[]` || 'otherwise'", people) == R"("otherwise")");
    CHECK(found("!missing", people) == "true");
    CHECK(found("`0` || 'x'") == "0");
    CHECK(found("`{\"a\":[1]}` == `{\"a\":[1]}`") == "true");
    CHECK(found("'a' < 'b'") == "null");
    CHECK(found("n >= `3` && n != `4`", people) == "true");
}

TEST_CASE("jmespath: functions take what they are made for") {
    CHECK(found("sort_by(people[?age], &age)[-1].name", people) == R"("b")");
    CHECK(found("max_by(people[:2], &age).name", people) == R"("b")");
    CHECK(found("join(', ', people[].name)", people) == R"("a, b, c")");
    CHECK(found("length('\xc3\xbc\xf0\x9f\x98\x80')") == "2");
    CHECK(found("reverse('a\xc3\xbc')") ==
          "\"\xc3\xbc"
          "a\"");
    CHECK(found("map(&age, people)", people) == "[30,50,null]");
    CHECK(found("to_string(people[0])", people) == R"("{\"name\":\"a\",\"age\":30}")");
    CHECK(found("merge(`{\"a\":1}`, `{\"a\":2,\"b\":3}`)") == R"({"a":2,"b":3})");
    CHECK(found("to_number('NaN')") == "null");
    CHECK(found("type(@)", "[]") == R"("array")");
    CHECK(found("avg(`[]`)") == "null");
}

TEST_CASE("jmespath: functions refuse what they are not made for") {
    CHECK(found("abs('a')") == "ExpressionFailed abs: an argument has the wrong type");
    CHECK(found("abs()") == "ExpressionFailed abs: the number of arguments is wrong");
    CHECK(found("nothing(@)") == "ExpressionFailed nothing: there is no such function");
    CHECK(found("sort(`[1,\"a\"]`)") == "ExpressionFailed sort: an argument has the wrong type");
    CHECK(found("type(&a)") == "ExpressionFailed type: an argument has the wrong type");
    CHECK(found("sort_by(people, &age)", people) ==
          "ExpressionFailed sort_by: not all keys are numbers, or all of them texts");
}

TEST_CASE("jmespath: quotes and backslashes are what the grammar says") {
    CHECK(found(R"('it\'s')") == R"("it's")");
    CHECK(found(R"('a\nb')") == R"("a\\nb")");
    CHECK(found(R"(`"a\`b"`)") == R"("a`b")");
    CHECK(found("\"\\u00fc\"", "{\"\xc3\xbc\":1}") == "1");
}

TEST_CASE("jmespath: what is no expression is refused with its place") {
    CHECK(found("a.") == "BadExpression character 2: expected a name, *, [ or {");
    CHECK(found("") == "BadExpression character 0: expected an expression");
    CHECK(found("a b") == "BadExpression character 2: expected the end");
    CHECK(found("a[0,1]").starts_with("BadExpression"));
    CHECK(found("a = b").starts_with("BadExpression"));
    CHECK(found("`nope`").starts_with("BadExpression"));
    CHECK(found("'open").starts_with("BadExpression"));
    CHECK(found("[::0]").starts_with("BadExpression"));
    CHECK(found("[99999999999999999999]").starts_with("BadExpression"));
    CHECK(found("\"f\"(a)").starts_with("BadExpression"));
    CHECK(found("&a").starts_with("BadExpression"));
}

TEST_CASE("jmespath: depth, length and work have limits") {
    std::string deep(200, '(');
    CHECK(found(deep + "a").find("nested too deep") != std::string::npos);
    std::string chain = "a";
    for (int i = 0; i < 500; ++i) chain += ".a";
    CHECK(found(chain).find("nested too deep") != std::string::npos);
    for (const std::string_view part : {"[:]", "[*]", "[?a]", ".*"}) {
        std::string projections = "a";
        while (projections.size() < 60'000) projections += part;
        CHECK(found(projections).find("nested too deep") != std::string::npos);
    }
    CHECK(found(std::string(70'000, ' ') + "a") == "BadExpression longer than 64 KiB");

    std::string doubled = "[@,@]";
    for (int i = 0; i < 60; ++i) doubled += "|[@,@]";
    CHECK(found(doubled + "|to_string(@)", "1").starts_with("ExpressionFailed"));
    CHECK(found(doubled + "|@ == @", "1").starts_with("ExpressionFailed"));
    std::string grown = "join('',['aaaaaaaa',@])";
    for (int i = 0; i < 60; ++i) grown += "|join('',[@,@])";
    CHECK(found(grown, "\"x\"").starts_with("ExpressionFailed"));
}

TEST_CASE("jmespath: an expression may move before it is used") {
    auto first = path::parse("people[?name == 'b'].\"age\" | [0]");
    REQUIRE(first);
    const path::expression moved = std::move(*first);
    path::memory room;
    const auto in = path::from_json(people, room);
    CHECK(path::search(moved, *in, room)->number == 50);
}
