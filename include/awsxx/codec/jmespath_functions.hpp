// SPDX-License-Identifier: MIT
// The functions of JMESPath by their names.
#pragma once

#include <awsxx/codec/jmespath_order.hpp>
#include <awsxx/codec/jmespath_run.hpp>
#include <awsxx/codec/jmespath_text.hpp>
#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/core/version.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec::jmespath {

namespace functions {

using arguments = std::span<const value>;

inline value abs(arguments given, evaluation&) { return value::of(std::abs(given[0].number)); }
inline value ceil(arguments given, evaluation&) { return value::of(std::ceil(given[0].number)); }
inline value floor(arguments given, evaluation&) { return value::of(std::floor(given[0].number)); }

inline value sum(arguments given, evaluation&) {
    double all = 0;
    for (std::size_t i = 0; i < size(given[0]); ++i) all += element(given[0], i).number;
    return value::of(all);
}
inline value avg(arguments given, evaluation& by) {
    const std::size_t count = size(given[0]);
    if (count == 0) return {};
    return value::of(sum(given, by).number / static_cast<double>(count));
}

inline value contains(arguments given, evaluation& by) {
    const value& in = given[0];
    const value& wanted = given[1];
    if (in.kind == kind::text)
        return value::of(wanted.kind == kind::text &&
                         in.text.find(wanted.text) != std::string_view::npos);
    bool found = false;
    for (std::size_t i = 0; i < size(in) && !found; ++i)
        found = equal(element(in, i), wanted, by.work());
    return by.spend(1) ? value::of(found) : value();
}

inline value keys(arguments given, evaluation& by) {
    std::vector<value> names;
    for (const member& one : members(given[0]))
        names.push_back(value::of(by.room().keep(std::string(one.name))));
    return by.keep(std::move(names));
}
inline value values(arguments given, evaluation& by) {
    std::vector<value> all;
    for (const member& one : members(given[0])) all.push_back(one.value);
    return by.keep(std::move(all));
}
inline value length(arguments given, evaluation&) {
    const std::size_t count =
        given[0].kind == kind::text ? character_count(given[0].text) : size(given[0]);
    return value::of(static_cast<double>(count));
}

inline value map(arguments given, evaluation& by) {
    std::vector<value> made;
    for (std::size_t i = 0; i < size(given[1]) && !by.failed(); ++i)
        made.push_back(by.run(given[0].node, element(given[1], i)));
    return by.keep(std::move(made));
}
inline value merge(arguments given, evaluation& by) {
    std::vector<member> merged;
    for (const value& one : given)
        for (const member& each : members(one)) {
            if (!by.spend(merged.size() + 1)) return {};
            set(merged, each.name, each.value);
        }
    return by.room().keep(std::move(merged));
}
inline value not_null(arguments given, evaluation&) {
    for (const value& one : given)
        if (one.kind != kind::null) return one;
    return {};
}
inline value to_array(arguments given, evaluation& by) {
    return given[0].kind == kind::list ? given[0] : by.keep(std::vector<value>{given[0]});
}
inline value type(arguments given, evaluation&) {
    constexpr std::string_view names[] = {"null",  "boolean", "number",    "string",
                                          "array", "object",  "expression"};
    return value::of(names[static_cast<unsigned char>(given[0].kind)]);
}

}  // namespace functions

namespace detail::jmespath_functions {

/// What an argument may be; combine with `|`.
using types = std::uint16_t;
constexpr types only(kind one) noexcept {
    return static_cast<types>(1u << static_cast<unsigned char>(one));
}
inline constexpr types number = only(kind::number);
inline constexpr types text = only(kind::text);
inline constexpr types list = only(kind::list);
inline constexpr types object = only(kind::object);
inline constexpr types expression = only(kind::expression);
inline constexpr types any = static_cast<types>(0x7f & ~expression);
inline constexpr types numbers = 0x100;  ///< A list of them.
inline constexpr types texts = 0x200;    ///< A list of them.
inline constexpr types many = 0x400;     ///< Any number of such arguments from here on.

struct function {
    std::string_view name{};
    value (*call)(functions::arguments given, evaluation& by){};
    types takes[2]{};  ///< 0: nothing more.
};

inline constexpr function table[] = {
    {"abs", &functions::abs, {number}},
    {"avg", &functions::avg, {numbers}},
    {"ceil", &functions::ceil, {number}},
    {"contains", &functions::contains, {text | list, any}},
    {"ends_with", &functions::ends_with, {text, text}},
    {"floor", &functions::floor, {number}},
    {"join", &functions::join, {text, texts}},
    {"keys", &functions::keys, {object}},
    {"length", &functions::length, {text | list | object}},
    {"map", &functions::map, {expression, list}},
    {"max", &functions::max_of, {numbers | texts}},
    {"max_by", &functions::max_by, {list, expression}},
    {"merge", &functions::merge, {object | many}},
    {"min", &functions::min_of, {numbers | texts}},
    {"min_by", &functions::min_by, {list, expression}},
    {"not_null", &functions::not_null, {any | many}},
    {"reverse", &functions::reverse, {text | list}},
    {"sort", &functions::sort, {numbers | texts}},
    {"sort_by", &functions::sort_by, {list, expression}},
    {"starts_with", &functions::starts_with, {text, text}},
    {"sum", &functions::sum, {numbers}},
    {"to_array", &functions::to_array, {any}},
    {"to_number", &functions::to_number, {any}},
    {"to_string", &functions::to_string, {any}},
    {"type", &functions::type, {any}},
    {"values", &functions::values, {object}},
};

inline bool holds_only(const value& all, kind wanted) {
    for (std::size_t i = 0; i < size(all); ++i)
        if (element(all, i).kind != wanted) return false;
    return true;
}

inline bool fits(const value& given, types taken) {
    if ((only(given.kind) & taken) != 0) return true;
    if (given.kind != kind::list) return false;
    return ((taken & numbers) != 0 && holds_only(given, kind::number)) ||
           ((taken & texts) != 0 && holds_only(given, kind::text));
}

/// Null, or what is wrong with the arguments.
inline const char* problem_with(functions::arguments given, const function& called) {
    const bool open = (called.takes[0] & many) != 0;
    const std::size_t wanted = called.takes[1] != 0 ? 2 : 1;
    if (open ? given.empty() : given.size() != wanted) return "the number of arguments is wrong";
    for (std::size_t i = 0; i < given.size(); ++i)
        if (!fits(given[i], called.takes[open ? 0 : i])) return "an argument has the wrong type";
    return nullptr;
}

}  // namespace detail::jmespath_functions

/// Calls a function. Fails for one that is not known and for arguments that it does not take.
inline value call_function(std::string_view name, std::span<const value> given, evaluation& by) {
    namespace here = detail::jmespath_functions;
    for (const here::function& one : here::table) {
        if (one.name != name) continue;
        for (const value& each : given)
            if (each.kind == kind::list && !by.spend(size(each))) return {};
        if (const char* problem = here::problem_with(given, one)) return by.fail(name, problem);
        return one.call(given, by);
    }
    return by.fail(name, "there is no such function");
}

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
