// SPDX-License-Identifier: MIT
#include <awsxx/core/secret.hpp>

#include <support/catch.hpp>

#include <algorithm>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

using namespace awsxx;

namespace {

template <class T>
concept printable = requires(std::ostream& out, const T& value) {
    out << value;
};

}  // namespace

TEST_CASE("secret: it cannot be printed or turned into text by accident") {
    STATIC_REQUIRE(printable<std::string>);
    STATIC_REQUIRE_FALSE(printable<secret>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<secret, std::string_view>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<secret, std::string>);
}

TEST_CASE("secret: its text is there for who asks for it by name") {
    const secret key("wJalr");

    CHECK(key.expose() == "wJalr");
    CHECK_FALSE(key.empty());
    CHECK(secret().empty());
    CHECK(secret("").expose().empty());
}

TEST_CASE("secret: it compares with others") {
    CHECK(secret("abc") == secret("abc"));
    CHECK_FALSE(secret("abc") == secret("abd"));
    CHECK_FALSE(secret("abc") == secret("abcd"));
    CHECK(secret() == secret(""));
}

TEST_CASE("secret: copies are their own, and what is moved from is empty") {
    secret first("one");
    secret copy = first;
    secret moved = std::move(first);

    copy = secret("two");

    CHECK(moved.expose() == "one");
    CHECK(copy.expose() == "two");
    CHECK(first.empty());  // NOLINT(bugprone-use-after-move): that is the point
}

TEST_CASE("secret: a string that is handed over is wiped") {
    std::string text(100, 'x');
    const char* memory = text.data();

    const secret key(std::move(text));

    CHECK(key.expose() == std::string(100, 'x'));
    CHECK(std::all_of(memory, memory + 100, [](char c) { return c == 0; }));
}

TEST_CASE("secret: wiping a string clears what it held before, too") {
    std::string text(100, 'x');
    const char* memory = text.data();
    text.resize(10);

    wipe(text);

    CHECK(text.empty());
    CHECK(std::all_of(memory, memory + 100, [](char c) { return c == 0; }));
}
