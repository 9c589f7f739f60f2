// SPDX-License-Identifier: MIT
#include <awsxx/codec/utf8.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <string>

using namespace awsxx;

TEST_CASE("utf8: every character is written so that it is recognised") {
    std::size_t wrong = 0;
    for (std::uint32_t c = 0; c <= 0x10ffff; ++c) {
        if (c >= 0xd800 && c < 0xe000) continue;
        std::string text;
        codec::append_utf8(text, c);
        if (codec::utf8_length(text + "x") != text.size()) ++wrong;
        if (text.size() > 1 && codec::utf8_length(text.substr(0, text.size() - 1)) != 0) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("utf8: overlong forms, surrogates and what lies beyond are no characters") {
    for (const char* text : {"", "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf",
                             "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
                             "\xf5\x80\x80\x80", "\xff", "\xe2\x82", "\xe2(\xa1", "\xf0\x9f\x98("})
        CHECK(codec::utf8_length(text) == 0);
}
