// SPDX-License-Identifier: MIT
// JSON in the one spelling that equal documents share: sorted names, ASCII only.
#pragma once

#include <awsxx/codec/json_reader.hpp>
#include <awsxx/codec/utf8.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec {

/// The space after commas and colons, or none: both are in use as names of cache files.
enum class json_spacing : unsigned char { wide, tight };

namespace detail::sorted_json {

inline void append_unit(std::string& to, std::uint32_t unit) {
    constexpr std::string_view digits = "0123456789abcdef";
    to += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) to += digits[(unit >> shift) & 15];
}

inline void append_escaped(std::string& to, std::uint32_t character) {
    if (character < 0x10000) return append_unit(to, character);
    append_unit(to, 0xd800 + ((character - 0x10000) >> 10));
    append_unit(to, 0xdc00 + (character & 0x3ff));
}

/// The character that `text` begins with; what is not UTF-8 counts byte by byte.
inline std::uint32_t take_character(std::string_view& text) {
    const std::size_t length = utf8_length(text);
    const auto first = static_cast<unsigned char>(text.front());
    std::uint32_t character = first;
    if (length > 1) character = first & (0x7fu >> length);
    for (std::size_t at = 1; at < length; ++at)
        character = character << 6 | (static_cast<unsigned char>(text[at]) & 0x3fu);
    text.remove_prefix(length == 0 ? 1 : length);
    return character;
}

}  // namespace detail::sorted_json

/// A string with its quotes, in ASCII.
inline std::string ascii_json_string(std::string_view text) {
    constexpr std::string_view plain = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    std::string quoted;
    quoted.reserve(text.size() + 2);  // most is plain, and then nothing is left behind
    quoted += '"';
    while (!text.empty()) {
        const std::uint32_t character = detail::sorted_json::take_character(text);
        const std::size_t at =
            character < 0x80 ? plain.find(static_cast<char>(character)) : std::string_view::npos;
        if (at != std::string_view::npos)
            quoted.append("\\").append(1, letters[at]);
        else if (character >= 0x20 && character < 0x7f)
            quoted += static_cast<char>(character);
        else
            detail::sorted_json::append_escaped(quoted, character);
    }
    quoted += '"';
    return quoted;  // not what += returns: that would be copied
}

/// An object whose members come sorted, whatever the order they were added in.
class sorted_json_object {
public:
    explicit sorted_json_object(json_spacing spacing) : tight_(spacing == json_spacing::tight) {}
    sorted_json_object(const sorted_json_object&) = delete;
    sorted_json_object& operator=(const sorted_json_object&) = delete;
    /// Wipes the values: some are secret.
    ~sorted_json_object() {
        for (auto& [name, value] : members_) wipe(value);
    }

    /// Sets a member to JSON text; the last one of a name counts.
    void set(std::string_view name, std::string json) {
        members_.insert_or_assign(std::string(name), std::move(json));
    }
    std::string text() const {
        std::size_t size = 2;
        for (const auto& [name, value] : members_) size += name.size() + value.size() + 6;
        std::string all;
        all.reserve(size);
        all += '{';
        for (const auto& [name, value] : members_) {
            if (all.size() > 1) all += tight_ ? "," : ", ";
            all.append(ascii_json_string(name)).append(tight_ ? ":" : ": ").append(value);
        }
        all += '}';
        return all;
    }

private:
    bool tight_;
    std::map<std::string, std::string> members_{};
};

namespace detail::sorted_json {

/// The value that comes next, spelled anew. Fails as the reader does.
inline std::string respelled(json::reader& in, json_spacing spacing) {
    std::string all;
    std::string_view text;
    bool flag = false;
    switch (in.peek()) {
        case json::token::object: {
            sorted_json_object object(spacing);
            in.open_object();
            for (std::string_view name; in.member(name);) {
                const std::string key(name);
                object.set(key, respelled(in, spacing));
            }
            return object.text();
        }
        case json::token::array:
            in.open_array();
            while (in.element()) {
                if (!all.empty()) all += spacing == json_spacing::tight ? "," : ", ";
                all += respelled(in, spacing);
            }
            return "[" + all + "]";
        case json::token::string: return in.string(text) ? ascii_json_string(text) : all;
        case json::token::number: return in.number(text) ? std::string(text) : all;
        case json::token::boolean: return in.boolean(flag) ? (flag ? "true" : "false") : all;
        case json::token::null: return in.take_null() ? "null" : all;
        default: in.skip(); return all;
    }
}

}  // namespace detail::sorted_json

/// The same document with its names sorted; nothing if it is not JSON. Numbers stay as spelled.
inline std::optional<std::string> sorted_json(std::string_view document, json_spacing spacing) {
    json::reader in(document);
    std::string text = detail::sorted_json::respelled(in, spacing);
    if (!in.finish()) return {};
    return text;
}

}  // namespace awsxx::inline AWSXX_ABI::codec
