// SPDX-License-Identifier: MIT
// Percent-encoding as RFC 3986 and AWS signatures have it.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::http {

namespace detail::percent {

inline constexpr std::array<bool, 256> unreserved = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0; c < 128; ++c) table[c] = text::is_alnum(static_cast<char>(c));
    for (const char mark : {'-', '.', '_', '~'}) table[static_cast<unsigned char>(mark)] = true;
    return table;
}();

constexpr int digit(char c) noexcept {
    if (text::is_digit(c)) return c - '0';
    const char lower = text::lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace detail::percent

/// True for the characters that are never encoded: letters, digits, `-`, `.`, `_`, `~`.
constexpr bool is_unreserved(char c) noexcept {
    return detail::percent::unreserved[static_cast<unsigned char>(c)];
}

/// Appends `text` with every byte but the unreserved ones as %XX, in capitals.
/// With `keep_slash` a slash stays what it is, as in paths.
inline void append_encoded(std::string& out, std::string_view text, bool keep_slash = false) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (is_unreserved(c) || (keep_slash && c == '/')) continue;
        const auto byte = static_cast<unsigned char>(c);
        out.append(text, begin, at - begin);
        out += {'%', digits[byte >> 4], digits[byte & 15]};
        begin = at + 1;
    }
    out.append(text, begin);
}

/// `text`, encoded.
inline std::string encoded(std::string_view text, bool keep_slash = false) {
    std::string out;
    append_encoded(out, text, keep_slash);
    return out;
}

/// Appends `text` with every %XX as the byte it stands for. A plus sign stays a plus sign.
/// A percent sign without two hexadecimal digits is an error and leaves `out` as it was.
inline expected<void> append_decoded(std::string& out, std::string_view text) {
    const std::size_t before = out.size();
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at];
            continue;
        }
        const bool room = text.size() - at > 2;
        const int high = room ? detail::percent::digit(text[at + 1]) : -1;
        const int low = room ? detail::percent::digit(text[at + 2]) : -1;
        if (high < 0 || low < 0) {
            out.resize(before);
            return error{.kind = error_kind::invalid_argument,
                         .code = "BadPercentEncoding",
                         .message = "character " + std::to_string(at + 1) +
                                    ": % is not followed by two hexadecimal digits"};
        }
        out += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return {};
}

/// `text`, decoded.
inline expected<std::string> decoded(std::string_view text) {
    std::string out;
    if (auto done = append_decoded(out, text); !done) return done.error();
    return out;
}

}  // namespace awsxx::inline AWSXX_ABI::http
