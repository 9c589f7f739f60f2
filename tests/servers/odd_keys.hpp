// SPDX-License-Identifier: MIT
// Names of objects that somebody might take for something else.
#pragma once

#include <string_view>

namespace test {

inline constexpr std::string_view odd_keys[] = {
    "plain",
    "with space",
    "two  spaces ",
    "a+b",
    "100%",
    "%2F is not a slash",
    "%",
    "what?",
    "a?b=c&d=e",
    "#fragment",
    "a=b&c=d",
    "quotes \" and ' and `",
    "tilde~.-_",
    "(parentheses) [brackets] {braces}",
    "semi;colon:at@comma,dollar$star*bang!",
    "back\\slash|pipe^<less>",
    "Gr\u00fc\u00dfe/\u65e5\u672c\u8a9e/\U0001f511",
    "double//slash",
    "/leading",
    "trailing/",
    "a/../b",
    "a/./b",
    "../up",
    "./here",
    "..",
    ".",
    "...",
    "a/..",
};

}  // namespace test
