// SPDX-License-Identifier: MIT
// The functions of JMESPath that read and make texts.
#pragma once

#include <awsxx/codec/jmespath_json.hpp>
#include <awsxx/codec/jmespath_run.hpp>
#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/codec/json_reader.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/codec/utf8.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec::jmespath::functions {

/// The length of the first character, in bytes; what is not UTF-8 counts byte by byte.
inline std::size_t first_length(std::string_view text) noexcept {
    return std::max<std::size_t>(utf8_length(text), 1);
}

inline std::size_t character_count(std::string_view text) noexcept {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(first_length(text));
    return count;
}

inline value starts_with(std::span<const value> given, evaluation&) {
    return value::of(given[0].text.starts_with(given[1].text));
}
inline value ends_with(std::span<const value> given, evaluation&) {
    return value::of(given[0].text.ends_with(given[1].text));
}

inline value join(std::span<const value> given, evaluation& by) {
    std::string joined;
    bool hidden = given[0].hidden;
    for (std::size_t i = 0; i < size(given[1]); ++i) {
        const value one = element(given[1], i);
        hidden |= one.hidden;
        if (hidden || joined.size() > by.work().left()) break;
        if (i > 0) joined += given[0].text;
        joined += one.text;
    }
    return hidden ? by.fail("join", "a text is secret") : by.keep(std::move(joined));
}

inline value reverse_text(const value& text, evaluation& by) {
    if (text.hidden) return by.fail("reverse", "the text is secret");
    std::string reversed(text.text.size(), '\0');
    std::size_t end = reversed.size();
    for (std::string_view left = text.text; !left.empty();) {
        const std::size_t length = first_length(left);
        end -= length;
        left.copy(reversed.data() + end, length);
        left.remove_prefix(length);
    }
    return by.keep(std::move(reversed));
}
inline value reverse(std::span<const value> given, evaluation& by) {
    if (given[0].kind == kind::text) return reverse_text(given[0], by);
    std::vector<value> reversed;
    for (std::size_t i = size(given[0]); i > 0; --i) reversed.push_back(element(given[0], i - 1));
    return by.keep(std::move(reversed));
}

inline value to_string(std::span<const value> given, evaluation& by) {
    if (given[0].kind == kind::text) return given[0];
    std::string json;
    if (!append_json(given[0], json, by.work().left()))
        return by.fail("to_string", "the value cannot be a text");
    return by.keep(std::move(json));
}

/// The number that a text is in JSON; null for what is none.
inline value to_number(std::span<const value> given, evaluation&) {
    if (given[0].kind == kind::number) return given[0];
    if (given[0].kind != kind::text) return {};
    json::reader in(given[0].text);
    std::string_view digits;
    if (!in.number(digits) || !in.finish()) return {};
    const auto number = parse_real<double>(digits);
    return number ? value::of(*number) : value();
}

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath::functions
