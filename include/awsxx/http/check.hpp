// SPDX-License-Identifier: MIT
// Refuses requests that would not arrive as the one request they are meant to be.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http {

namespace detail::check {

/// False if there is certainly no byte below `limit` (at most 128). Eight bytes at a time: every
/// byte of every request passes here.
inline bool maybe_below(std::string_view text, unsigned char limit) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101;
    const std::uint64_t limits = ones * limit;
    std::uint64_t found = 0;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        found |= (word - limits) & ~word;
    }
    bool low = (found & (ones * 0x80)) != 0;
    for (; at < text.size(); ++at) low |= static_cast<unsigned char>(text[at]) < limit;
    return low;
}

/// The characters that may be in the name of a method or of a header (RFC 9110, token), by code.
inline constexpr std::array<bool, 256> token_chars = [] {
    std::array<bool, 256> table{};
    for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz")) {
        table[static_cast<unsigned char>(c)] = true;
        table[static_cast<unsigned char>(text::upper(c))] = true;
    }
    return table;
}();

constexpr bool is_token(std::string_view name) noexcept {
    bool good = !name.empty();
    for (const char c : name) good &= token_chars[static_cast<unsigned char>(c)];
    return good;
}

inline bool breaks_line(std::string_view value) noexcept {
    if (!maybe_below(value, 0x20)) return false;
    for (const char c : value)
        if (c == '\r' || c == '\n' || c == '\0') return true;
    return false;
}

/// True if `text` has a space, a control character or one of `others`.
inline bool breaks_target(std::string_view text, const char* others) noexcept {
    return maybe_below(text, 0x21) || text.find('\x7f') != std::string_view::npos ||
           text.find_first_of(others) != std::string_view::npos;
}

AWSXX_COLD inline error refused(std::string code, std::string message) {
    return {.kind = error_kind::invalid_argument,
            .code = std::move(code),
            .message = std::move(message)};
}

inline expected<void> check_target(const uri& target) {
    if (target.scheme != "https" && target.scheme != "http")
        return refused("InvalidUri", "the scheme is neither http nor https");
    if (target.host.empty()) return refused("InvalidUri", "the URI names no host");
    if (breaks_target(target.host, "/?#@[]\\"))
        return refused("InvalidUri", "the host has a character that ends it");
    if (!target.path.starts_with('/')) return refused("InvalidUri", "the path begins without a /");
    if (breaks_target(target.path, "?#"))
        return refused("InvalidUri", "the path has a space, a control character, ? or #");
    if (breaks_target(target.query, "#"))
        return refused("InvalidUri", "the query has a space, a control character or #");
    return {};
}

inline expected<void> check_header(header field, std::uint64_t length) {
    // the value never shows: it may be a secret
    if (!is_token(field.name))
        return refused("InvalidHeader",
                       "the name of a header is empty or has a character that "
                       "names cannot have");
    if (breaks_line(field.value))
        return refused("InvalidHeader", "the value of header " + std::string(field.name) +
                                            " has a line break or a zero byte");
    if (text::equal_ignoring_case(field.name, "transfer-encoding"))
        return refused("InvalidHeader", "transfer-encoding is not used: lengths are known");
    if (text::equal_ignoring_case(field.name, "content-length") &&
        text::parse_number<std::uint64_t>(field.value) != length)
        return refused("InvalidHeader", "content-length is not the length of the body");
    return {};
}

}  // namespace detail::check

/// Nothing, or the reason why `what` must not be sent: a target, a method or a header that would
/// end early or begin another, a length that is not the body's, a HEAD with a body.
inline expected<void> check(const request& what) {
    using namespace detail::check;
    if (!is_token(what.method)) return refused("InvalidMethod", "the method is not one word");
    if (what.method == "HEAD" && !what.body.empty())
        return refused("InvalidMethod", "a HEAD request cannot have a body");
    if (auto good = check_target(what.target); !good) return good;
    const std::uint64_t length = what.body.size();
    for (const header field : what.headers)
        if (auto good = check_header(field, length); !good) return good;
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::http
