// SPDX-License-Identifier: MIT
// JSON text as a value of JMESPath, and back.
#pragma once

#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/codec/json_reader.hpp>
#include <awsxx/codec/json_text.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/core/version.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec::jmespath {

namespace detail::jmespath_json {

inline value read(json::reader& in, memory& room);

inline value read_number(json::reader& in) {
    std::string_view digits;
    if (!in.number(digits)) return {};
    const auto number = parse_real<double>(digits);
    if (number) return value::of(*number);
    in.fail("the number is too large");
    return {};
}

inline value read_text(json::reader& in, memory& room) {
    std::string_view text;
    if (!in.string(text)) return {};
    return value::of(room.keep(std::string(text)));
}

inline value read_list(json::reader& in, memory& room) {
    std::vector<value> elements;
    for (in.open_array(); in.element();) elements.push_back(read(in, room));
    return room.keep(std::move(elements));
}

inline value read_object(json::reader& in, memory& room) {
    std::vector<member> members;
    std::string_view name;
    for (in.open_object(); in.member(name);) {
        const std::string_view kept = room.keep(std::string(name));
        const value one = read(in, room);
        set(members, kept, one);
    }
    return room.keep(std::move(members));
}

inline value read(json::reader& in, memory& room) {
    bool truth = false;
    switch (in.peek()) {
        case json::token::null: in.take_null(); return {};
        case json::token::boolean: in.boolean(truth); return value::of(truth);
        case json::token::number: return read_number(in);
        case json::token::string: return read_text(in, room);
        case json::token::array: return read_list(in, room);
        case json::token::object: return read_object(in, room);
        default: in.fail("expected a value"); return {};
    }
}

}  // namespace detail::jmespath_json

/// The value of a document, held in `room`; nothing if it is not JSON. Of members with the same
/// name the last one counts.
inline std::optional<value> from_json(std::string_view text, memory& room) {
    json::reader in(text);
    const value read = detail::jmespath_json::read(in, room);
    if (!in.finish()) return {};
    return read;
}

/// Appends a value as JSON. False for what JSON cannot have (texts that are not UTF-8, numbers
/// without end, expressions), for texts that are hidden, and where the text gets longer than
/// `most`.
inline bool append_json(const value& one, std::string& out, std::size_t most) {
    if (out.size() > most) return false;
    switch (one.kind) {
        case kind::null: out += "null"; return true;
        case kind::boolean: out += one.truth ? "true" : "false"; return true;
        case kind::number: append_number(out, one.number); return std::isfinite(one.number);
        case kind::text: return !one.hidden && json::append_string(out, one.text);
        case kind::list:
            out += '[';
            for (std::size_t i = 0; i < size(one); ++i) {
                if (i > 0) out += ',';
                if (!append_json(element(one, i), out, most)) return false;
            }
            out += ']';
            return true;
        case kind::object: {
            const char* separator = "{";
            for (const auto& [name, held] : members(one)) {
                out += std::exchange(separator, ",");
                if (!json::append_string(out, name)) return false;
                out += ':';
                if (!append_json(held, out, most)) return false;
            }
            out += *separator == '{' ? "{}" : "}";
            return true;
        }
        case kind::expression: break;
    }
    return false;
}

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
