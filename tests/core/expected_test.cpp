// SPDX-License-Identifier: MIT
#include <awsxx/core/expected.hpp>

#include <support/catch.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

using namespace awsxx;

namespace {

const error broken{.kind = error_kind::network, .code = "Broken"};

expected<std::string> word(bool there) {
    if (!there) return broken;
    return "word";
}

expected<std::size_t> length(bool there) {
    const auto text = word(there);
    if (!text) return text.error();
    return text->size();
}

expected<void> done(bool well) {
    if (!well) return broken;
    return {};
}

}  // namespace

TEST_CASE("expected: it holds a value or the error that was returned") {
    REQUIRE(word(true));
    CHECK(*word(true) == "word");
    CHECK(word(true)->size() == 4);
    REQUIRE_FALSE(word(false));
    CHECK(word(false).error().code == "Broken");
}

TEST_CASE("expected: an error passes through results of other types") {
    CHECK(*length(true) == 4);
    CHECK(length(false).error().kind == error_kind::network);
}

TEST_CASE("expected: done or failed needs no value") {
    CHECK(done(true));
    CHECK(done(false).error().code == "Broken");
    auto copy = done(false);
    const auto other = copy;
    copy = done(true);
    CHECK(copy);
    CHECK_FALSE(other);
}

TEST_CASE("expected: assignment changes between value and error") {
    auto one = word(true);
    const auto two = word(false);

    one = two;
    CHECK_FALSE(one);
    one = word(true);
    CHECK(*one == "word");
    one = *&one;
    CHECK(*one == "word");
    CHECK(two.value_or("none") == "none");
    CHECK(std::move(one).value_or("none") == "word");
}

TEST_CASE("expected: what can only be moved can be held and taken out") {
    expected<std::unique_ptr<int>> held = std::make_unique<int>(5);

    expected<std::unique_ptr<int>> moved = std::move(held);
    const std::unique_ptr<int> taken = *std::move(moved);

    CHECK(*taken == 5);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<decltype(taken)>);
}

TEST_CASE("expected: a value is put in place of an error") {
    auto one = word(false);

    one.emplace(std::string("new"));

    CHECK(*one == "new");
}

TEST_CASE("expected: a value that converts does so where it is meant to") {
    STATIC_REQUIRE(std::is_convertible_v<const char*, expected<std::string>>);
    STATIC_REQUIRE(std::is_convertible_v<error, expected<std::string>>);
    STATIC_REQUIRE(std::is_convertible_v<error, expected<void>>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<int, expected<std::string>>);
}

#if defined(__cpp_exceptions)
TEST_CASE("expected: the value is returned or the error thrown") {
    CHECK(value_or_raise(word(true)) == "word");
    CHECK_NOTHROW(value_or_raise(done(true)));
    CHECK_THROWS_AS(value_or_raise(word(false)), aws_error);
    CHECK_THROWS_AS(value_or_raise(done(false)), aws_error);
}
#endif
