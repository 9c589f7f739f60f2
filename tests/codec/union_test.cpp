// SPDX-License-Identifier: MIT
// Unions and the rarer kinds of members, in each format.
#include <awsxx/codec/cbor.hpp>
#include <awsxx/codec/form.hpp>
#include <awsxx/codec/json.hpp>
#include <awsxx/codec/xml.hpp>
#include <awsxx/model/clear.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>
#include <support/treats.hpp>

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace awsxx;
using namespace std::string_view_literals;

namespace {

const model::type& shape = test::type_of<test::feeding>;

std::string json_of(const test::feeding& value) {
    std::string out;
    REQUIRE(codec::json::write(shape, &value, out));
    return out;
}

test::feeding from_json(std::string_view text) {
    test::feeding out;
    REQUIRE(codec::json::read(text, shape, &out));
    return out;
}

/// What each format says of it.
std::vector<std::string> refusals(const test::feeding& value) {
    std::string out;
    std::vector<std::string> all;
    for (const auto& done :
         {codec::json::write(shape, &value, out), codec::cbor::write(shape, &value, out),
          codec::xml::write({"Root"}, {&shape, &value}, out),
          codec::form::write(shape, &value, out)}) {
        REQUIRE_FALSE(done);
        CHECK(done.error().code == "InvalidInput");
        all.push_back(done.error().message);
    }
    return all;
}

}  // namespace

TEST_CASE("union: it is an object of one member") {
    CHECK(json_of({.given = test::treat{.fish = ""}}) == R"({"given":{"fish":""},"size":0})");
    CHECK(json_of({.given = test::treat{.mixed = std::vector<std::string>{}}}) ==
          R"({"given":{"mixed":[]},"size":0})");
    CHECK(json_of({.given = test::treat{.wrapped = test::treat{.nuts = 3}}}) ==
          R"({"given":{"wrapped":{"nuts":3}},"size":0})");
}

TEST_CASE("union: no format sends one without a member, or with two") {
    for (const std::string& why : refusals({.given = test::treat{}}))
        CHECK(why == "at given: a union without a member");
    for (const std::string& why : refusals({.given = test::treat{.fish = "eel", .nuts = 1}}))
        CHECK(why == "at given: a union with more than one member");
}

TEST_CASE("union: of what comes, nulls and __type are dropped") {
    const auto got =
        from_json(R"({"given":{"__type":"urn#treat","fish":null,"nuts":3,"new":null},"size":0})");

    REQUIRE(got.given);
    CHECK(got.given->nuts == 3);
    CHECK_FALSE(got.given->fish);
    CHECK(got.given->unknown_member.empty());
}

TEST_CASE("union: a member that is not known is told by its name") {
    CHECK(from_json(R"({"given":{"insect":{"legs":6}}})").given->unknown_member == "insect");

    test::feeding out;
    REQUIRE(codec::cbor::read_answer("\xa1\x65given\xa1\x66insect\x01"sv, shape, &out));
    CHECK(out.given->unknown_member == "insect");

    const auto document = codec::xml::document::parse("<R><given><insect>6</insect></given></R>");
    test::feeding second;
    REQUIRE(codec::xml::read(document->root(), shape, &second));
    CHECK(second.given->unknown_member == "insect");
    model::clear(shape, &second);
    CHECK_FALSE(second.given);
}

TEST_CASE("sensitive bytes travel as others do") {
    const std::string json = json_of({.key = secret("hi")});
    CHECK(json == R"({"key":"aGk=","size":0})");
    CHECK(from_json(json).key == secret("hi"));
}

TEST_CASE("sparse maps keep their nulls") {
    const std::string json = json_of({.gaps = {{"a", 1}, {"b", std::nullopt}}});
    CHECK(json == R"({"size":0,"gaps":{"a":1,"b":null}})");
    CHECK(from_json(json).gaps.at("b") == std::nullopt);
    CHECK(from_json(R"({"size":7})").size == 7);
}

TEST_CASE("a float may be spelled as a word") {
    CHECK(from_json(R"({"weight":"-Infinity"})").weight == -std::numeric_limits<float>::infinity());
    CHECK(json_of({.weight = std::numeric_limits<float>::infinity()}) ==
          R"({"size":0,"weight":"Infinity"})");
}

TEST_CASE("an idempotency token that is absent is filled in, and one that is there stays") {
    const std::string token = "0-1-2";
    std::string out;
    test::feeding in;
    REQUIRE(codec::json::write(shape, &in, out, {.token = &token}));
    CHECK(out == R"({"size":0,"token":"0-1-2"})");

    out.clear();
    in.token = "";
    REQUIRE(codec::json::write(shape, &in, out, {.token = &token}));
    CHECK(out == R"({"size":0,"token":""})");

    out.clear();
    in.token.reset();
    REQUIRE(codec::form::write(shape, &in, out, {.rules = {.token = &token}}));
    CHECK(out == "size=0&token=0-1-2");
}
