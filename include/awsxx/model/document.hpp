// SPDX-License-Identifier: MIT
// Members that are any JSON: the only header of the library that knows nlohmann/json.
//
// <awsxx/awsxx.hpp> does not include it; headers of services that have such members do.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/access.hpp>
#include <awsxx/model/field.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace awsxx::inline AWSXX_ABI {

/// Any JSON, as members without a shape hold it. A null is the same as absent where it is sent.
using document = nlohmann::json;

namespace model {

namespace detail::document {

/// How deep a document may be nested, read or written.
inline constexpr std::size_t deepest = 256;

inline void append_string(std::string& out, const std::string& text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += {'\\', c};
        else if (byte < 0x20)
            out += {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
        else
            out += c;
    }
    out += '"';
}

inline bool append(std::string& out, const awsxx::document& value, std::size_t depth);

inline bool append_members(std::string& out, const awsxx::document& value, std::size_t depth) {
    char before = '{';
    for (const auto& [name, member] : value.items()) {
        out += before;
        append_string(out, name);
        out += ':';
        if (!append(out, member, depth)) return false;
        before = ',';
    }
    out += before == '{' ? "{}" : "}";
    return true;
}

inline bool append_elements(std::string& out, const awsxx::document& value, std::size_t depth) {
    char before = '[';
    for (const auto& element : value) {
        out += before;
        if (!append(out, element, depth)) return false;
        before = ',';
    }
    out += before == '[' ? "[]" : "]";
    return true;
}

/// False for what JSON cannot say: bytes, infinities, and nesting beyond the limit. Whether text is
/// UTF-8 is checked where it is put into a message.
inline bool append(std::string& out, const awsxx::document& value, std::size_t depth) {
    if (depth == deepest) return false;
    switch (value.type()) {
        case awsxx::document::value_t::object: return append_members(out, value, depth + 1);
        case awsxx::document::value_t::array: return append_elements(out, value, depth + 1);
        case awsxx::document::value_t::string:
            append_string(out, *value.get_ptr<const std::string*>());
            return true;
        case awsxx::document::value_t::number_float:
            if (!std::isfinite(*value.get_ptr<const double*>())) return false;
            out += value.dump();
            return true;
        case awsxx::document::value_t::binary:
        case awsxx::document::value_t::discarded: return false;
        default: out += value.dump(); return true;
    }
}

inline bool print(const void* from, std::string& json) {
    return append(json, *static_cast<const awsxx::document*>(from), 0);
}

/// The codec has made sure already that it is JSON, and how deep.
inline bool parse(std::string_view json, void* to) {
    auto parsed = awsxx::document::parse(json.begin(), json.end(), nullptr, false);
    if (parsed.is_discarded()) return false;
    *static_cast<awsxx::document*>(to) = std::move(parsed);
    return true;
}

inline void clear(void* value) { *static_cast<awsxx::document*>(value) = nullptr; }

inline const void* peek(const void* value) {
    return static_cast<const awsxx::document*>(value)->is_null() ? nullptr : value;
}
inline void* emplace(void* value) {
    clear(value);
    return value;
}

}  // namespace detail::document

inline constexpr access document_access{.clear = &detail::document::clear,
                                        .parse = &detail::document::parse,
                                        .print = &detail::document::print};
inline constexpr access optional_document_access{.peek = &detail::document::peek,
                                                 .emplace = &detail::document::emplace,
                                                 .clear = &detail::document::clear};

/// The text that is this member of an object; empty if it is none, or not there.
inline std::string text_member(const awsxx::document& object, const char* name) {
    const auto found = object.find(name);
    const auto* is = found == object.end() ? nullptr : found->get_ptr<const std::string*>();
    return is == nullptr ? std::string() : *is;
}

/// A document that is sent even if it is null: in a list, in a map, or required.
inline constexpr type document{.kind = kind::document, .access = &document_access};

/// A document that is absent where it is null.
inline constexpr type optional_document{
    .kind = kind::optional, .element = &document, .access = &optional_document_access};

}  // namespace model

}  // namespace awsxx::inline AWSXX_ABI
