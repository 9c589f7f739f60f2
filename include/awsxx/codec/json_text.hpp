// SPDX-License-Identifier: MIT
// What stands between the quotes of a JSON string: how to find its end, unescape and escape it.
#pragma once

#include <awsxx/codec/utf8.hpp>
#include <awsxx/core/version.hpp>

#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>

namespace awsxx::inline AWSXX_ABI::codec::json {

namespace detail::json_text {

constexpr bool is_plain(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

/// The top bit of each byte that is not plain, of eight at once. Where a byte is not, those above
/// it may be reported as well, but never one below it.
constexpr std::uint64_t not_plain(std::uint64_t word) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101;
    const std::uint64_t quote = word ^ (ones * '"');
    const std::uint64_t backslash = word ^ (ones * '\\');
    const std::uint64_t found = ((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) |
                                ((backslash - ones) & ~backslash) | word;
    return found & (ones * 0x80);
}

/// The length of the run that `text` begins with of ASCII without controls, quotes, backslashes.
inline std::size_t plain_run(std::string_view text) noexcept {
    std::size_t at = 0;
    if constexpr (std::endian::native == std::endian::little) {
        for (; at + 8 <= text.size(); at += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data() + at, 8);
            const std::uint64_t found = not_plain(word);
            if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
        }
    }
    while (at < text.size() && is_plain(text[at])) ++at;
    return at;
}

/// Copies the run that `text` begins with, and perhaps more behind it, and tells its length.
/// There has to be room for all of `text`.
inline std::size_t copy_plain_run(char* to, std::string_view text) noexcept {
    std::size_t at = 0;
    if constexpr (std::endian::native == std::endian::little) {
        if (text.size() >= 8) {
            const std::size_t last = text.size() - 8;
            for (;; at = at + 8 < last ? at + 8 : last) {  // the last two may overlap
                std::uint64_t word = 0;
                std::memcpy(&word, text.data() + at, 8);
                std::memcpy(to + at, &word, 8);
                const std::uint64_t found = not_plain(word);
                if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
                if (at == last) return text.size();
            }
        }
    }
    for (; at < text.size() && is_plain(text[at]); ++at) to[at] = text[at];
    return at;
}

constexpr bool is_surrogate(std::uint32_t unit, std::uint32_t first) noexcept {
    return unit >= first && unit < first + 0x400;
}

/// The four hexadecimal digits that `text` begins with.
inline bool read_unit(std::string_view text, std::uint32_t& unit) noexcept {
    if (text.size() < 4) return false;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + 4, unit, 16);
    return problem == std::errc() && end == text.data() + 4;
}

/// The character behind a backslash that stands for one other character, or 0.
constexpr char short_escape(char c) noexcept {
    switch (c) {
        case '"':
        case '\\':
        case '/': return c;
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: return 0;
    }
}

/// Reads what follows "\u" at the start of `text` and tells how long it is; 0 if it is malformed.
/// Half a surrogate pair becomes the replacement character.
inline std::size_t read_unicode_escape(std::string_view text, std::string& out) {
    std::uint32_t unit = 0;
    std::uint32_t low = 0;
    if (!read_unit(text, unit)) return 0;
    const bool high = is_surrogate(unit, 0xd800);
    if (high && text.substr(4, 2) == "\\u" && read_unit(text.substr(6), low) &&
        is_surrogate(low, 0xdc00)) {
        append_utf8(out, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
        return 10;
    }
    append_utf8(out, high || is_surrogate(unit, 0xdc00) ? 0xfffd : unit);
    return 4;
}

}  // namespace detail::json_text

/// How far a string reaches, and whether it has escapes in it.
struct string_extent {
    std::size_t size{};  ///< Up to the closing quote, or to what is wrong.
    bool escaped{};
    const char* problem{};  ///< Null if the closing quote was found.
};

namespace detail::json_text {

/// The same for a string that is plain up to `at`, where its end is not.
inline string_extent find_string_end_behind(std::size_t at, std::string_view text) noexcept {
    string_extent found{.size = at};
    for (;; at += plain_run(text.substr(at))) {
        if (at >= text.size()) return {text.size(), found.escaped, "the string has no end"};
        found.size = at;
        const char c = text[at];
        if (c == '"') return found;
        if (c == '\\') {
            found.escaped = true;
            at += 2;
            if (at > text.size()) at = text.size();
            continue;
        }
        const std::size_t length = utf8_length(text.substr(at));
        if (static_cast<unsigned char>(c) < 0x20)
            found.problem = "a control character in a string";
        else if (length == 0)
            found.problem = "invalid UTF-8";
        if (found.problem != nullptr) return found;
        at += length;
    }
}

}  // namespace detail::json_text

/// Looks for the closing quote of a string that begins at `text`, behind its opening quote.
inline string_extent find_string_end(std::string_view text) noexcept {
    const std::size_t at = detail::json_text::plain_run(text);
    if (at < text.size() && text[at] == '"') return {at};
    return detail::json_text::find_string_end_behind(at, text);
}

/// Appends the text that `raw`, the inside of a string, stands for. False: an escape is malformed.
inline bool unescape(std::string_view raw, std::string& out) {
    namespace own = detail::json_text;
    out.reserve(out.size() + raw.size());
    for (;;) {
        const std::size_t stop = raw.find('\\');
        out.append(raw.substr(0, stop));
        if (stop == std::string_view::npos) return true;
        raw.remove_prefix(stop + 1);
        if (raw.empty()) return false;
        const char kind = raw.front();
        raw.remove_prefix(1);
        if (kind == 'u') {
            const std::size_t length = own::read_unicode_escape(raw, out);
            if (length == 0) return false;
            raw.remove_prefix(length);
            continue;
        }
        const char meant = own::short_escape(kind);
        if (meant == 0) return false;
        out += meant;
    }
}

namespace detail::json_text {

/// Appends the escape of a control character, a quote or a backslash.
template <class Text>
void append_escaped(Text& out, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '\\';
    if (c == '"' || c == '\\') {
        out += c;
    } else if (c == '\n') {
        out += 'n';
    } else {
        out += std::string_view("u00");
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[c & 15];
    }
}

}  // namespace detail::json_text

/// Appends `text` between quotes, escaped, to a string or an appender. False: it is not UTF-8, and
/// `out` is of no use.
template <class Text>
bool append_string(Text& out, std::string_view text) {
    namespace own = detail::json_text;
    out += '"';
    while (!text.empty()) {
        if constexpr (requires { out.room(0); }) {
            char* const to = out.room(text.size());
            const std::size_t run = own::copy_plain_run(to, text);
            out.end_at(to + run);
            text.remove_prefix(run);
        } else {
            const std::size_t run = own::plain_run(text);
            out.append(text.substr(0, run));
            text.remove_prefix(run);
        }
        if (text.empty()) break;
        const char c = text.front();
        const std::size_t length = utf8_length(text);
        if (length == 0) return false;
        if (length > 1)
            out.append(text.substr(0, length));
        else if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\')
            out += c;
        else
            own::append_escaped(out, c);
        text.remove_prefix(length);
    }
    out += '"';
    return true;
}

}  // namespace awsxx::inline AWSXX_ABI::codec::json
