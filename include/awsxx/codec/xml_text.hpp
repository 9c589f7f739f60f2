// SPDX-License-Identifier: MIT
// Escapes text for XML, so that a reader gets back every character.
#pragma once

#include <awsxx/codec/utf8.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec::xml {

namespace detail::xml_text {

constexpr bool is_plain(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x7f && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
}

/// What stands for an ASCII character in text; nothing if it stands for itself.
constexpr std::string_view entity(char c) noexcept {
    switch (c) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        case '\'': return "&apos;";
        case '\t': return "&#x9;";
        case '\n': return "&#xA;";
        case '\r': return "&#xD;";
        default: return {};
    }
}

/// What stands for a longer character that readers take for the end of a line.
constexpr std::string_view line_end(std::string_view character) noexcept {
    if (character == "\xc2\x85") return "&#x85;";
    if (character == "\xe2\x80\xa8") return "&#x2028;";
    return {};
}

/// True for what XML 1.0 has no way to write: most controls, and U+FFFE and U+FFFF.
constexpr bool is_foreign(std::string_view character) noexcept {
    const auto first = static_cast<unsigned char>(character.front());
    if (first < 0x20) return first != '\t' && first != '\n' && first != '\r';
    return character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf";
}

}  // namespace detail::xml_text

/// Appends `text` for the inside of an element or of an attribute's quotes. Ends of lines become
/// references, which no reader changes.
///
/// False: it is not UTF-8 or has a character that XML does not, and `out` is of no use.
inline bool append_text(std::string& out, std::string_view text) {
    namespace own = detail::xml_text;
    while (!text.empty()) {
        std::size_t run = 0;
        while (run < text.size() && own::is_plain(text[run])) ++run;
        out.append(text.substr(0, run));
        text.remove_prefix(run);
        if (text.empty()) break;
        const std::size_t length = utf8_length(text);
        const std::string_view character = text.substr(0, length);
        if (length == 0 || own::is_foreign(character)) return false;
        const std::string_view instead =
            length == 1 ? own::entity(character.front()) : own::line_end(character);
        out.append(instead.empty() ? character : instead);
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace awsxx::inline AWSXX_ABI::codec::xml
