// SPDX-License-Identifier: MIT
#include "names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace generator {

namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// Words whose capitals are no boundaries.
constexpr std::array<std::string_view, 12> whole_words{
    "OAuth", "DPoP", "IPv4", "IPv6", "IoT", "DDoS", "GiB", "MiB", "KiB", "QoS", "IdP", "SaaS"};

/// How many characters from `at` on are one word of capitals and what belongs to it, or 0.
std::size_t whole_word(std::string_view name, std::size_t at) {
    for (const auto word : whole_words)
        if (name.substr(at, word.size()) == word &&
            (at + word.size() == name.size() || !is_lower(name[at + word.size()])))
            return word.size();
    return 0;
}

/// "ARNs", "IDs": capitals and the s of a plural, at the end of the name or before a capital.
bool is_plural(std::string_view name, std::size_t s) {
    return name[s] == 's' && (s + 1 == name.size() || is_upper(name[s + 1]));
}

/// True if a word begins at `at`.
bool begins_word(std::string_view name, std::size_t at) {
    if (at == 0 || !is_upper(name[at])) return false;
    const char before = name[at - 1];
    if (is_lower(before) || is_digit(before)) return true;
    if (!is_upper(before) || at + 1 == name.size() || !is_lower(name[at + 1])) return false;
    return !is_plural(name, at + 1) || at < 2;
}

const std::set<std::string_view>& taken_words() {
    static const std::set<std::string_view> words{
        // the language
        "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break",
        "case", "catch", "char", "char8_t", "char16_t", "char32_t", "class", "compl", "concept",
        "const", "consteval", "constexpr", "constinit", "const_cast", "continue", "co_await",
        "co_return", "co_yield", "decltype", "default", "delete", "do", "double", "dynamic_cast",
        "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto",
        "if", "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq",
        "nullptr", "operator", "or", "or_eq", "private", "protected", "public", "register",
        "reinterpret_cast", "requires", "return", "short", "signed", "sizeof", "static",
        "static_assert", "static_cast", "struct", "switch", "template", "this", "thread_local",
        "throw", "true", "try", "typedef", "typeid", "typename", "union", "unsigned", "using",
        "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
        // macros, with and without GNU extensions, on Unix and on Windows
        "assert", "errno", "linux", "unix", "i386", "major", "minor", "makedev", "min", "max",
        "near", "far", "small", "interface", "offsetof", "stdin", "stdout", "stderr", "signbit",
        "isnan", "isinf", "isfinite", "isnormal", "environ", "cdecl", "pascal", "va_start",
        "va_end", "va_arg", "va_copy", "setjmp", "st_atime", "st_mtime", "st_ctime"};
    return words;
}

}  // namespace

bool is_word(char c) { return is_upper(c) || is_lower(c) || is_digit(c) || c == '_'; }

std::string snake_case(std::string_view name) {
    std::string result;
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t whole = whole_word(name, at);
        const bool first = result.empty() || result.back() == '_';
        if (!first && (whole > 0 || begins_word(name, at)) && is_upper(name[at])) result += '_';
        const std::size_t end = at + std::max<std::size_t>(whole, 1);
        for (; at < end; ++at) {
            const char c = lower(name[at]);
            const bool plain = is_lower(c) || is_digit(c);
            if (plain) result += c;
            if (!plain && !result.empty() && result.back() != '_') result += '_';
        }
    }
    while (!result.empty() && result.back() == '_') result.pop_back();
    if (result.empty()) return "empty";
    return is_digit(result.front()) ? "v" + result : result;
}

bool is_taken_word(std::string_view name) { return taken_words().contains(name); }

std::string identifier(std::string_view name) {
    std::string result = snake_case(name);
    if (is_taken_word(result)) result += '_';
    return result;
}

bool is_identifier(std::string_view name) {
    const auto fits = [](char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '_'; };
    return !name.empty() && !is_digit(name.front()) && name.front() != '_' &&
           std::all_of(name.begin(), name.end(), fits) && !is_taken_word(name);
}

std::string literal(std::string_view text) {
    constexpr std::string_view digits = "01234567";
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (byte < 0x20 || byte == 0x7f || (c == '?' && result.back() == '?')) {
            result += '\\';
            for (const int shift : {6, 3, 0}) result += digits[(byte >> shift) & 7U];
        } else {
            result += c;
        }
    }
    return result + '"';
}

std::string_view local_name(std::string_view shape_id) {
    const auto hash = shape_id.find('#');
    return hash == std::string_view::npos ? shape_id : shape_id.substr(hash + 1);
}

}  // namespace generator
