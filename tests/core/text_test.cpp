// SPDX-License-Identifier: MIT
#include <awsxx/core/text.hpp>

#include <support/catch.hpp>

#include <string_view>

using namespace awsxx;

TEST_CASE("text: case is that of ASCII") {
    CHECK(text::lowered("AbC-\xc3\x84") == "abc-\xc3\x84");
    CHECK(text::uppered("aBc-1") == "ABC-1");
    CHECK(text::equal_ignoring_case("Content-Type", "content-TYPE"));
    CHECK_FALSE(text::equal_ignoring_case("a", "ab"));
    CHECK_FALSE(text::equal_ignoring_case("[", "{"));
}

TEST_CASE("text: white space is cut off at both ends") {
    CHECK(text::trimmed(" \t a b\r\n") == "a b");
    CHECK(text::trimmed(" \n ").empty());
    CHECK(text::trimmed("").empty());
}

TEST_CASE("text: pieces are taken up to a separator") {
    std::string_view rest = "a,,b";

    CHECK(text::take_until(rest, ',') == "a");
    CHECK(text::take_until(rest, ',').empty());
    CHECK(text::take_until(rest, ',') == "b");
    CHECK(rest.empty());
    CHECK(text::take_until(rest, ',').empty());
}

TEST_CASE("text: a list of words has each of them whole") {
    CHECK(text::lists_word("red green", "red"));
    CHECK(text::lists_word("red green", "green"));
    for (const std::string_view other : {"", "re", "red green", "blue"})
        CHECK_FALSE(text::lists_word("red green", other));
    CHECK_FALSE(text::lists_word("", ""));
}

TEST_CASE("text: yes and no are true and false in any case") {
    CHECK(text::parse_bool("TRUE") == true);
    CHECK(text::parse_bool("False") == false);
    CHECK_FALSE(text::parse_bool("1"));
    CHECK_FALSE(text::parse_bool(""));
}

TEST_CASE("text: control characters are not printable, everything else is") {
    CHECK(text::is_printable('a'));
    CHECK(text::is_printable(' '));
    CHECK(text::is_printable('\xc3'));
    CHECK_FALSE(text::is_printable('\n'));
    CHECK_FALSE(text::is_printable('\x7f'));
}
