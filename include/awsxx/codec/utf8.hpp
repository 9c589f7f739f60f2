// SPDX-License-Identifier: MIT
// Tells well-formed UTF-8, and writes characters in it.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec {

namespace detail::utf8 {

/// What a first byte from C2 to F4 demands: the length, and where the second byte has to lie.
struct demand {
    std::size_t length;
    unsigned char least;
    unsigned char most;
};

constexpr demand demanded_by(unsigned char first) noexcept {
    if (first < 0xc2 || first > 0xf4) return {0, 1, 0};
    if (first < 0xe0) return {2, 0x80, 0xbf};
    if (first == 0xe0) return {3, 0xa0, 0xbf};  // no overlong forms
    if (first == 0xed) return {3, 0x80, 0x9f};  // no surrogates
    if (first < 0xf0) return {3, 0x80, 0xbf};
    if (first == 0xf0) return {4, 0x90, 0xbf};
    if (first == 0xf4) return {4, 0x80, 0x8f};  // nothing beyond 10FFFF
    return {4, 0x80, 0xbf};
}

}  // namespace detail::utf8

/// The length of the character that `text` begins with, or 0 if that is not UTF-8.
constexpr std::size_t utf8_length(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    if (byte(0) < 0x80) return 1;
    const auto [length, least, most] = detail::utf8::demanded_by(byte(0));
    if (length == 0 || text.size() < length || byte(1) < least || byte(1) > most) return 0;
    for (std::size_t at = 2; at < length; ++at)
        if ((byte(at) & 0xc0) != 0x80) return 0;
    return length;
}

/// True if all of `text` is UTF-8.
constexpr bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

/// Appends a character. It has to be one: at most 10FFFF, and no surrogate.
inline void append_utf8(std::string& out, std::uint32_t character) {
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80 | ((character >> shift) & 0x3f));
    };
    if (character < 0x80) {
        out += static_cast<char>(character);
    } else if (character < 0x800) {
        out += static_cast<char>(0xc0 | (character >> 6));
        tail(0);
    } else if (character < 0x10000) {
        out += static_cast<char>(0xe0 | (character >> 12));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xf0 | (character >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace awsxx::inline AWSXX_ABI::codec
