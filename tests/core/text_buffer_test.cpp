// SPDX-License-Identifier: MIT
#include <awsxx/core/text_buffer.hpp>

#include <support/catch.hpp>

#include <string>
#include <utility>

using awsxx::text::text_buffer;

TEST_CASE("text buffer: pieces stand one behind the other") {
    text_buffer text;
    std::string expected;
    for (std::size_t i = 0; i < 200; ++i) {
        const std::string piece(i % 23, static_cast<char>('a' + i % 26));
        text.append(piece);
        text.append(';');
        expected += piece + ';';
    }
    CHECK(text.view() == expected);
    CHECK(text.size() == expected.size());
}

TEST_CASE("text buffer: what is cleared keeps its memory") {
    text_buffer text;
    text.append(std::string(500, 'x'));
    const char* memory = text.data();
    text.clear();
    CHECK(text.empty());
    text.append(std::string(500, 'y'));
    CHECK(text.data() == memory);
}

TEST_CASE("text buffer: room may be used in part") {
    text_buffer text;
    text.append("ab");
    char* to = text.room(100);
    *to++ = 'c';
    text.end_at(to);
    CHECK(text.view() == "abc");
}

TEST_CASE("text buffer: copies are their own, and what was moved is empty") {
    text_buffer first;
    first.append("first");
    text_buffer second(first);
    first.clear();
    first.append("other");
    CHECK(second.view() == "first");
    second = first;
    CHECK(second.view() == "other");
    second = *&second;
    CHECK(second.view() == "other");
    const text_buffer third(std::move(second));
    CHECK(third.view() == "other");
    CHECK(second.empty());
    second.append("again");
    CHECK(second.view() == "again");
}

TEST_CASE("text buffer: wiping leaves nothing of what was written") {
    text_buffer text;
    text.append("secret");
    text.clear();
    text.append("s");
    const char* memory = text.data();
    text.wipe();
    CHECK(std::string(memory, 6) == std::string(6, '\0'));
}
