// SPDX-License-Identifier: MIT
#include <awsxx/codec/jmespath_model.hpp>

#include <awsxx/codec/jmespath.hpp>
#include <awsxx/codec/jmespath_json.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <string>
#include <string_view>

using namespace awsxx;
namespace path = codec::jmespath;

namespace {

template <class Shape>
std::string found(std::string_view text, const Shape& in) {
    path::memory room;
    const auto expression = path::parse(text);
    REQUIRE(expression);
    const auto value = path::search(*expression, path::value_of(test::type_of<Shape>, &in), room);
    if (!value) return value.error().message;
    std::string json;
    return path::append_json(*value, json, path::effort::most) ? json : "no JSON";
}

test::zoo a_zoo() {
    test::zoo zoo;
    zoo.open = true;
    zoo.visitors = 12'000;
    zoo.name = "Tierpark";
    zoo.safe_code = "0451";
    zoo.founded = {86'400, 500'000'000};
    zoo.pets = {{.name = "Tom", .kind = "CAT"}, {.name = "Rex", .kind = "DOG", .age = 7}};
    zoo.stars["one"] = {.name = "Mia", .age = 2};
    zoo.labels["a"] = "b";
    return zoo;
}

}  // namespace

TEST_CASE("jmespath on structures: members are found by the names of their tables") {
    const test::zoo zoo = a_zoo();
    CHECK(found("Open", zoo) == "true");
    CHECK(found("Visitors", zoo) == "12000");
    CHECK(found("Founded", zoo) == "86400.5");
    CHECK(found("Pets[].Name", zoo) == R"(["Tom","Rex"])");
    CHECK(found("Pets[?Kind == 'DOG'].Age | [0]", zoo) == "7");
    CHECK(found("Stars.one.Name", zoo) == R"("Mia")");
    CHECK(found("Stars.*.Age", zoo) == "[2]");
    CHECK(found("Labels.a", zoo) == R"("b")");
    CHECK(found("Nothing", zoo) == "null");
}

TEST_CASE("jmespath on structures: what is absent is null, what is empty is there") {
    const test::zoo zoo = a_zoo();
    CHECK(found("Mascot", zoo) == "null");
    CHECK(found("Mascot.Name", zoo) == "null");
    CHECK(found("length(Streets[]) == `0`", zoo) == "true");
    CHECK(found("Pets[0]", zoo) == R"({"Name":"Tom","Kind":"CAT"})");
    CHECK(found("length(Pets[0])", zoo) == "2");
    CHECK(found("keys(Stars)", zoo) == R"(["one"])");
}

TEST_CASE("jmespath on structures: a secret can be compared, and nothing is made of it") {
    const test::zoo zoo = a_zoo();
    CHECK(found("SafeCode == '0451'", zoo) == "true");
    CHECK(found("length(SafeCode)", zoo) == "4");
    CHECK(found("SafeCode", zoo) == "no JSON");
    CHECK(found("join('', [SafeCode])", zoo) == "join: a text is secret");
    CHECK(found("reverse(SafeCode)", zoo) == "reverse: the text is secret");
    CHECK(found("to_string(@)", zoo) == "to_string: the value cannot be a text");
}

TEST_CASE("jmespath on structures: shapes that hold themselves are walked as far as asked") {
    test::tree root;
    root.value = 1;
    root.child = test::tree{.value = 2};
    root.child->children.push_back({.value = 3});
    CHECK(found("child.children[0].value || Child.Children[0].Value", root) == "3");
}
