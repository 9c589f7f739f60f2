// SPDX-License-Identifier: MIT
#include <awsxx/codec/cbor.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::string_view_literals;

namespace {

template <class Shape>
std::string written(const Shape& value) {
    std::string out;
    REQUIRE(codec::cbor::write(test::type_of<Shape>, &value, out));
    return out;
}

test::zoo zoo(std::string_view bytes) {
    test::zoo out;
    const auto done = codec::cbor::read_answer(bytes, test::type_of<test::zoo>, &out);
    REQUIRE(done);
    REQUIRE(*done == "");
    return out;
}

std::string unread(std::string_view bytes, test::zoo& out) {
    const auto done = codec::cbor::read_answer(bytes, test::type_of<test::zoo>, &out);
    REQUIRE(done);
    return *done;
}

}  // namespace

TEST_CASE("cbor: what is written is read again the same") {
    const test::zoo full = test::full_zoo();
    const std::string once = written(full);

    CHECK(written(zoo(once)) == once);
}

TEST_CASE("cbor: a structure is a map of what is there") {
    CHECK(written(test::pet{.name = "Tom", .age = -25}) ==
          "\xbf\x64Name\x63Tom\x63"
          "Age\x38\x18\xff"sv);
}

TEST_CASE("cbor: integers are as short as they can be") {
    test::pet pet{.name = ""};
    for (const auto& [age, bytes] : {std::pair{23, "\x17"sv},
                                     {24, "\x18\x18"sv},
                                     {256, "\x19\x01\x00"sv},
                                     {65536, "\x1a\x00\x01\x00\x00"sv},
                                     {-1, "\x20"sv}}) {
        pet.age = age;
        const std::string all = written(pet);
        CHECK(std::string_view(all).substr(11, all.size() - 12) == bytes);
    }
}

TEST_CASE("cbor: dates are seconds, with milliseconds where there are any, before 1970 too") {
    const auto dated = [](timestamp when) {
        const std::string all = written(test::zoo{.renovated = when});
        const test::zoo again = zoo(all);
        return again.renovated;
    };
    CHECK(dated({1576540098, 0}) == timestamp(1576540098, 0));
    CHECK(dated({1576540098, 250'000'000}) == timestamp(1576540098, 250'000'000));
    CHECK(dated({-2, 500'000'000}) == timestamp(-2, 500'000'000));
    CHECK(dated({-62135596800, 0}) == timestamp(-62135596800, 0));
}

TEST_CASE("cbor: numbers are read in each form") {
    CHECK(zoo("\xa1\x65"
              "Cages\x1b\x00\x00\x00\x00\x00\x00\x00\x07"sv)
              .cages == 7);
    CHECK(zoo("\xa1\x65"
              "Cages\xf9\x47\x00"sv)
              .cages == 7);
    CHECK(zoo("\xa1\x64"
              "Area\x07"sv)
              .area == 7.0);
    CHECK(zoo("\xa1\x64"
              "Area\xd8\x2a\x26"sv)
              .area == -7.0);
    CHECK(zoo("\xa1\x66Rating\xfa\x40\x90\x00\x00"sv).rating == 4.5F);
    CHECK(zoo("\xbf\x67"
              "Founded\xc1\xfb\x3f\xf8\x00\x00\x00\x00\x00\x00\xff"sv)
              .founded == timestamp(1, 500'000'000));
}

TEST_CASE("cbor: null and undefined are absent, and unknown members are passed over") {
    const test::zoo z =
        zoo("\xa4\x65Motto\xf6\x67HasCafe\xf7\x63New\x82\x01\xa0\x64Name\x7f\x61Z\x61o\xff"sv);

    CHECK_FALSE(z.motto);
    CHECK_FALSE(z.has_cafe);
    CHECK(z.name == "Zo");
}

TEST_CASE("cbor: sparse lists keep their nulls, others drop them") {
    CHECK(zoo("\xa1\x64Gaps\x82\x61x\xf6"sv).gaps ==
          std::vector<std::optional<std::string>>{"x", std::nullopt});
    CHECK(zoo("\xa1\x67Streets\x82\x61x\xf6"sv).streets == std::vector<std::string>{"x"});
}

TEST_CASE("cbor: a member that cannot be read is named, and all others arrive") {
    test::zoo out;

    CHECK(unread("\xa3\x65"
                 "Cages\x61x\x64Pets\x81\xa2\x63"
                 "Age\xf4\x64Name\x63Tom\x64Name\x63Zoo"sv,
                 out) == "at Cages, byte 7: expected an integer");
    CHECK(out.cages == 0);
    REQUIRE(out.pets.size() == 1);
    CHECK_FALSE(out.pets[0].age);
    CHECK(out.pets[0].name == "Tom");
    CHECK(out.name == "Zoo");
    CHECK(unread("\xa1\x65"
                 "Cages\x1b\xff\xff\xff\xff\xff\xff\xff\xff"sv,
                 out) == "at Cages, byte 7: expected a 32-bit integer");
    CHECK(unread("\xa1\x64Name\x61\xff"sv, out) == "at Name, byte 6: invalid UTF-8");
}

TEST_CASE("cbor: bytes cut anywhere are an error") {
    const std::string whole = written(test::full_zoo());

    for (std::size_t size = 0; size < whole.size(); ++size) {
        test::zoo out;
        CHECK_FALSE(codec::cbor::read_answer(std::string_view(whole).substr(0, size),
                                             test::type_of<test::zoo>, &out));
    }
}

TEST_CASE("cbor: text that is not UTF-8 is not sent") {
    const test::zoo z{.labels = {{"a", "\xff"}}};
    std::string out;
    const auto done = codec::cbor::write(test::type_of<test::zoo>, &z, out);

    REQUIRE_FALSE(done);
    CHECK(done.error().message == "at Labels.a: not UTF-8");
}
