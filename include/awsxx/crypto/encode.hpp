// SPDX-License-Identifier: MIT
// Bytes as hexadecimal digits and as base64, both ways.
#pragma once

#include <awsxx/core/version.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::crypto {

/// The alphabets of RFC 4648: `+` and `/` with padding, or `-` and `_` without.
enum class base64_alphabet : unsigned char { standard, url };

namespace detail::encode {

inline constexpr std::array<std::array<char, 2>, 256> hex_pairs = [] {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<std::array<char, 2>, 256> table{};
    for (std::size_t byte = 0; byte < 256; ++byte)
        table[byte] = {digits[byte >> 4], digits[byte & 15]};
    return table;
}();

/// Sixteen bytes that are worked on at once; compilers know how on each processor.
using block [[gnu::vector_size(16)]] = unsigned char;

inline block hex_digits(block nibbles) noexcept {
    const block is_letter = reinterpret_cast<block>(nibbles > 9);
    return nibbles + '0' + (is_letter & ('a' - '0' - 10));
}

inline void write_hex_block(char* to, const char* bytes) noexcept {
    block both;
    std::memcpy(&both, bytes, sizeof both);
    const block high = hex_digits(both >> 4);
    const block low = hex_digits(both & 15);
    const block first =
        __builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const block second = __builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28,
                                                 13, 29, 14, 30, 15, 31);
    std::memcpy(to, &first, sizeof first);
    std::memcpy(to + sizeof first, &second, sizeof second);
}

constexpr std::string_view letters(base64_alphabet alphabet) noexcept {
    return alphabet == base64_alphabet::url
               ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
               : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

using sextets = std::array<signed char, 256>;

constexpr sextets sextets_of(base64_alphabet alphabet) noexcept {
    sextets table{};
    for (auto& value : table) value = -1;
    for (std::size_t i = 0; i < 64; ++i)
        table[static_cast<unsigned char>(letters(alphabet)[i])] = static_cast<signed char>(i);
    return table;
}
inline constexpr sextets standard_sextets = sextets_of(base64_alphabet::standard);
inline constexpr sextets url_sextets = sextets_of(base64_alphabet::url);

constexpr int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace detail::encode

/// Writes two lower-case digits for each byte and tells where they end.
inline char* write_hex(char* to, std::string_view bytes) noexcept {
    std::size_t at = 0;
    for (; at + 16 <= bytes.size(); at += 16, to += 32)
        detail::encode::write_hex_block(to, bytes.data() + at);
    for (; at < bytes.size(); ++at, to += 2)
        std::memcpy(to, detail::encode::hex_pairs[static_cast<unsigned char>(bytes[at])].data(), 2);
    return to;
}

/// Two lower-case digits for each byte.
inline std::string to_hex(std::string_view bytes) {
    std::string text(bytes.size() * 2, '\0');
    write_hex(text.data(), bytes);
    return text;
}

/// The bytes that digits of either case stand for; nothing if it is not pairs of digits.
inline std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return {};
    std::string bytes(text.size() / 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const int high = detail::encode::hex_value(text[2 * i]);
        const int low = detail::encode::hex_value(text[2 * i + 1]);
        if (high < 0 || low < 0) return {};
        bytes[i] = static_cast<char>(high * 16 + low);
    }
    return bytes;
}

/// `bytes` in base64, padded in the standard alphabet only.
inline std::string to_base64(std::string_view bytes,
                             base64_alphabet alphabet = base64_alphabet::standard) {
    const std::string_view letters = detail::encode::letters(alphabet);
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t left = bytes.size() - at < 3 ? bytes.size() - at : 3;
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < left; ++i)
            group |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (16 - 8 * i);
        for (std::size_t i = 0; i <= left; ++i) text += letters[(group >> (18 - 6 * i)) & 63];
        if (alphabet == base64_alphabet::standard) text.append(3 - left, '=');
    }
    return text;
}

/// The bytes that base64 stands for; nothing if it is not base64.
///
/// Padding may be left out, but what is there has to be right; no white space; bits that belong
/// to no byte have to be zero, so that every text stands for other bytes.
inline std::optional<std::string> from_base64(
    std::string_view text, base64_alphabet alphabet = base64_alphabet::standard) {
    if (text.ends_with('=')) {
        if (text.size() % 4 != 0) return {};
        text.remove_suffix(text.ends_with("==") ? 2 : 1);
    }
    if (text.size() % 4 == 1) return {};
    const auto& values = alphabet == base64_alphabet::url ? detail::encode::url_sextets
                                                          : detail::encode::standard_sextets;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0) return {};
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        bytes += static_cast<char>((bits >> held) & 0xff);
    }
    if ((bits & ((1u << held) - 1)) != 0) return {};
    return bytes;
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
