// SPDX-License-Identifier: MIT
// Refuses requests that would not arrive as the one request they are meant to be.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http {

namespace detail::check {

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
    return !text::has_none_of<'\r', '\n', '\0'>(value);
}

/// True if `text` has a space, a control character or one of `Others`.
template <char... Others>
bool breaks_target(std::string_view text) noexcept {
    return !text::has_no_blanks(text) || !text::has_none_of<Others...>(text);
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
    if (breaks_target<'/', '?', '#', '@', '[', ']', '\\'>(target.host))
        return refused("InvalidUri", "the host has a character that ends it");
    if (!target.path.starts_with('/')) return refused("InvalidUri", "the path begins without a /");
    if (breaks_target<'?', '#'>(target.path))
        return refused("InvalidUri", "the path has a space, a control character, ? or #");
    if (breaks_target<'#'>(target.query))
        return refused("InvalidUri", "the query has a space, a control character or #");
    return {};
}

inline bool is_good(header field, std::uint64_t length) noexcept {
    return is_token(field.name) && !breaks_line(field.value) &&
           !text::equal_ignoring_case(field.name, "transfer-encoding") &&
           (!text::equal_ignoring_case(field.name, "content-length") ||
            text::parse_number<std::uint64_t>(field.value) == length);
}

/// What is wrong with a header that is not good. The value never shows: it may be a secret.
AWSXX_COLD inline error refusal(header field) {
    if (!is_token(field.name))
        return refused("InvalidHeader",
                       "the name of a header is empty or has a character that "
                       "names cannot have");
    if (breaks_line(field.value))
        return refused("InvalidHeader", "the value of header " + std::string(field.name) +
                                            " has a line break or a zero byte");
    if (text::equal_ignoring_case(field.name, "transfer-encoding"))
        return refused("InvalidHeader", "transfer-encoding is not used: lengths are known");
    return refused("InvalidHeader", "content-length is not the length of the body");
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
        if (!is_good(field, length)) return refusal(field);
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::http
