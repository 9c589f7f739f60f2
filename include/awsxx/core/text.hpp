// SPDX-License-Identifier: MIT
// The few things with ASCII text that more than one header needs; none asks the locale.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::text {

constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
constexpr char upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) noexcept { return lower(c) >= 'a' && lower(c) <= 'z'; }
constexpr bool is_alnum(char c) noexcept { return is_digit(c) || is_alpha(c); }
constexpr bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
/// Space, tab, letters, marks and everything beyond ASCII; no other control character.
constexpr bool is_printable(char c) noexcept {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
}
constexpr bool is_ascii(std::string_view text) noexcept {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
}

inline std::string lowered(std::string_view from) {
    std::string to(from);
    for (char& c : to) c = lower(c);
    return to;
}
inline std::string uppered(std::string_view from) {
    std::string to(from);
    for (char& c : to) c = upper(c);
    return to;
}

namespace detail {

constexpr bool have_same_letters(const char* a, const char* b, std::size_t size) noexcept {
    for (std::size_t i = 0; i < size; ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

}  // namespace detail

/// Inline always: most texts that are compared differ in length.
[[gnu::always_inline]] constexpr bool equal_ignoring_case(std::string_view a,
                                                          std::string_view b) noexcept {
    return a.size() == b.size() && detail::have_same_letters(a.data(), b.data(), a.size());
}

/// Without white space at either end.
constexpr std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

/// Cuts off and returns what stands before `separator`, or all of the rest.
constexpr std::string_view take_until(std::string_view& rest, char separator) noexcept {
    const std::size_t at = rest.find(separator);
    const std::string_view head = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
    return head;
}

/// True if `word` is one of those in `list`, which spaces divide.
constexpr bool lists_word(std::string_view list, std::string_view word) noexcept {
    while (!list.empty())
        if (take_until(list, ' ') == word) return !word.empty();
    return false;
}

/// `true` or `false` in any case, as AWS settings spell it.
constexpr std::optional<bool> parse_bool(std::string_view text) noexcept {
    if (equal_ignoring_case(text, "true")) return true;
    if (equal_ignoring_case(text, "false")) return false;
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::text
