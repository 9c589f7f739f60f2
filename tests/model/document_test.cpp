// SPDX-License-Identifier: MIT
#include <awsxx/model/document.hpp>

#include <awsxx/codec/json.hpp>

#include <support/catch.hpp>

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

using namespace awsxx;

namespace {

struct holder {
    document any{};
    std::vector<document> all{};
};
constexpr model::type list = model::list_type<std::vector<document>>(model::document);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
constexpr model::field fields[] = {
    {"any", &model::optional_document, offsetof(holder, any)},
    {"all", &list, offsetof(holder, all)},
};
#pragma GCC diagnostic pop
constexpr model::type shape = model::structure(fields);

std::string written(const holder& in) {
    std::string out;
    const auto done = codec::json::write(shape, &in, out);
    return done ? out : done.error().message;
}

}  // namespace

TEST_CASE("document: any JSON travels as it is") {
    const std::string text =
        R"({"any":{"a":[1,2.5,"x\"\u000a",{}],"b":null,"c":[]},"all":[1,"two"]})";
    holder in;
    REQUIRE(codec::json::read(text, shape, &in));

    CHECK(in.any["a"][1] == 2.5);
    CHECK(in.all.size() == 2);
    CHECK(document::parse(written(in)) == document::parse(text));
}

TEST_CASE("document: a null is absent") {
    holder in;
    REQUIRE(codec::json::read(R"({"any":null})", shape, &in));
    CHECK(in.any.is_null());
    CHECK(written(in) == "{}");
}

TEST_CASE("document: what JSON cannot say is refused, with its path") {
    CHECK(written({.any = "\xff"}) == "at any: a document: invalid UTF-8");
    CHECK(written({.any = std::numeric_limits<double>::infinity()}) ==
          "at any: a document that cannot be written");
    document deep;
    for (int i = 0; i < 300; ++i) deep = document::array({deep});
    CHECK(written({.any = deep}) == "at any: a document that cannot be written");
}

TEST_CASE("document: what comes nested too deep is refused") {
    const std::string text = "{\"any\":" + std::string(300, '[') + std::string(300, ']') + "}";
    holder in;
    CHECK_FALSE(codec::json::read(text, shape, &in));
}
