// SPDX-License-Identifier: MIT
#include <awsxx/codec/form.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <utility>

using namespace awsxx;

namespace {

template <class Shape>
std::string form_of(const Shape& value, const codec::form::options& how = {}) {
    std::string out;
    REQUIRE(codec::form::write(test::type_of<Shape>, &value, out, how));
    return out;
}

/// The form of a zoo without what every zoo has.
std::string zoo_form(const test::zoo& value, const codec::form::options& how = {}) {
    const std::string always =
        "Open=false&Cages=0&Visitors=0&Rating=0&Area=0&Founded=1970-01-01T00%3A00%3A00Z";
    const std::string inspected = "&Inspected=Thu%2C%2001%20Jan%201970%2000%3A00%3A00%20GMT";
    std::string form = form_of(value, how);
    form.erase(form.find(inspected), inspected.size());
    REQUIRE(form.starts_with(always));
    return form.size() == always.size() ? "" : form.substr(always.size() + 1);
}

}  // namespace

TEST_CASE("form: scalars of every kind are written as query protocols spell them") {
    const test::zoo z{.open = true,
                      .cages = -7,
                      .visitors = 9007199254740993,
                      .rating = 4.5F,
                      .area = 1e22,
                      .name = "Zoo",
                      .safe_code = "1+1",
                      .map_image = "hi",
                      .founded = {1576540098, 250'000'000}};

    CHECK(form_of(z).starts_with(
        "Open=true&Cages=-7&Visitors=9007199254740993&Rating=4.5&Area=1e%2B22&Name=Zoo&"
        "SafeCode=1%2B1&MapImage=aGk%3D&Founded=2019-12-16T23%3A48%3A18.25Z&Inspected="));
}

TEST_CASE("form: names and values are encoded but for unreserved characters") {
    CHECK(zoo_form({.motto = "a b&c=d/~-._\xc3\xa9"}) == "Motto=a%20b%26c%3Dd%2F~-._%C3%A9");
}

TEST_CASE("form: what is no number has a name") {
    const test::zoo z{.rating = -std::numeric_limits<float>::infinity(), .area = std::nan("")};

    CHECK(form_of(z).find("Rating=-Infinity&Area=NaN") != std::string::npos);
}

TEST_CASE("form: optional members are sent once they hold something, empty or not") {
    CHECK(zoo_form({.has_cafe = false, .keepers = 0, .motto = ""}) ==
          "HasCafe=false&Keepers=0&Motto=");
}

TEST_CASE("form: lists count from 1 below member, or below a name of their own") {
    CHECK(zoo_form({.streets = {"a", "b"}}) == "Streets.member.1=a&Streets.member.2=b");
    CHECK(zoo_form({.renamed = {"a"}}) == "Renamed.item.1=a");
    CHECK(zoo_form({.flat = {"a", "b"}}) == "Flat.1=a&Flat.2=b");
    CHECK(zoo_form({.grid = {{"x"}, {"y", "z"}}}) ==
          "Grid.member.1.member.1=x&Grid.member.2.member.1=y&Grid.member.2.member.2=z");
}

TEST_CASE("form: structures in lists and maps join their names with dots") {
    CHECK(zoo_form({.pets = {{.name = "Tom", .age = 3}}}) ==
          "Pets.member.1.Name=Tom&Pets.member.1.Age=3");
    CHECK(zoo_form({.stars = {{"lion", {.name = "Leo"}}}}) ==
          "Stars.entry.1.key=lion&Stars.entry.1.value.Name=Leo");
    CHECK(zoo_form({.mascot = test::pet{.name = "Max"}}) == "Mascot.Name=Max");
}

TEST_CASE("form: maps have entries with a key and a value") {
    CHECK(
        zoo_form({.labels = {{"a", "1"}, {"b", "2"}}}) ==
        "Labels.entry.1.key=a&Labels.entry.1.value=1&Labels.entry.2.key=b&Labels.entry.2.value=2");
    CHECK(zoo_form({.flat_map = {{"a", "1"}}}) == "FlatMap.1.K=a&FlatMap.1.V=1");
}

TEST_CASE("form: what is required is sent empty, an empty map not at all") {
    CHECK(form_of(test::demanding{}) == "Text=&List=");
}

TEST_CASE("form: EC2's way of writing needs other options only") {
    const codec::form::options ec2{.capitalized = true, .always_flat = true, .empty_lists = false};

    CHECK(zoo_form({.streets = {"a", "b"}}, ec2) == "Streets.1=a&Streets.2=b");
    CHECK(form_of(test::demanding{}, ec2) == "Text=");
}

TEST_CASE("form: pairs are appended to what is there") {
    const test::pet tom{.name = "Tom"};
    std::string out = "Action=Adopt";

    REQUIRE(codec::form::write(test::type_of<test::pet>, &tom, out));

    CHECK(out == "Action=Adopt&Name=Tom");
}

TEST_CASE("form: a date that cannot be written is an error that names its member") {
    const test::zoo z{.founded = {999'999'999'999, 0}};
    std::string out;

    const auto failure = codec::form::write(test::type_of<test::zoo>, &z, out).error();

    CHECK(failure.kind == error_kind::invalid_argument);
    CHECK(failure.message ==
          "at Founded: no date of the years 1 to 9999: 999999999999 seconds since 1970");
}

TEST_CASE("form: a structure without end is an error") {
    test::tree root{.value = 1};
    for (int depth = 0; depth < 300; ++depth) {
        test::tree parent;
        parent.child = std::move(root);
        root = std::move(parent);
    }
    std::string out;

    const auto failure = codec::form::write(test::type_of<test::tree>, &root, out).error();

    CHECK(failure.kind == error_kind::invalid_argument);
    CHECK(failure.message.ends_with("nested too deep"));
}
