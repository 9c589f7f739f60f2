// SPDX-License-Identifier: MIT
// What the terms in endpoint rules mean: compiled in every file that finds endpoints, or once a program.
#pragma once

#include <awsxx/core/arn.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/model/rules.hpp>
#include <awsxx/runtime/rule_evaluation.hpp>
#include <awsxx/runtime/rule_functions.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::rule_terms {

using model::rule_code::field;
using model::rule_code::op;

inline rule_value part_of(const partition& from, field which) {
    switch (which) {
        case field::name: return from.id;
        case field::dns_suffix: return from.dns_suffix;
        case field::dual_stack_suffix: return from.dual_stack_suffix;
        case field::supports_fips: return from.has_fips;
        case field::supports_dual_stack: return from.has_dual_stack;
        case field::global_region: return from.global_region;
        default: return {};
    }
}

inline rule_value part_of_arn(std::string_view text, field which) {
    const auto parts = parse_arn(text);
    if (!parts) return {};
    switch (which) {
        case field::partition: return parts->partition;
        case field::service: return parts->service;
        case field::region: return parts->region;
        case field::account: return parts->account;
        case field::resource: {
            rule_value all(rule_value::kind::pieces, parts->resource);
            all.separators = ":/";
            return all;
        }
        default: return {};
    }
}

inline rule_value first_given(const rule_value* values, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        if (values[i].what != rule_value::kind::none) return values[i];
    return {};
}

inline rule_value split_of(const rule_value* given) {
    if (!given[0].is_text() || !given[1].is_text() || given[1].text.empty()) return {};
    rule_value all(rule_value::kind::split, given[0].text);
    all.separators = given[1].text;
    all.number = given[2].number;
    return all;
}

/// How many values a function takes; those with a number of their own are not asked.
constexpr std::size_t arity(op what) noexcept {
    switch (what) {
        case op::substring: return 4;
        case op::split:
        case op::if_else: return 3;
        case op::string_equals:
        case op::boolean_equals:
        case op::valid_host_label:
        case op::virtual_hostable: return 2;
        default: return 1;
    }
}

}  // namespace detail::rule_terms

AWSXX_ONCE rule_value rule_evaluation::value(rule_reader& from) const {
    using detail::rule_terms::op;
    const std::size_t begin = from.at;
    const unsigned first = from.byte();
    if (first < static_cast<unsigned>(op::no)) return variables_[first];
    if (first >= static_cast<unsigned>(op::see)) {
        rule_reader there{code_, std::size_t{first & 0x3f} << 8 | from.byte()};
        return there.at < begin ? value(there) : rule_value();
    }
    if (first >= static_cast<unsigned>(op::text)) return from.text(first & 0x3f);
    return value_of(static_cast<op>(first), from);
}

AWSXX_ONCE rule_value rule_evaluation::value_of(model::rule_code::op what,
                                                rule_reader& from) const {
    using detail::rule_terms::op;
    switch (what) {
        case op::no: return false;
        case op::yes: return true;
        case op::long_text: return from.text(from.number());
        case op::prefix: return prefix_;
        case op::pieces: return pieces(from);
        case op::list:
        case op::record: return container(what, from);
        case op::attribute: return attribute(from);
        case op::number: {
            rule_value number;
            number.what = rule_value::kind::number;
            number.number = from.number();
            return number;
        }
        case op::assign: {
            const unsigned index = from.byte() % most_variables;
            return variables_[index] = value(from);
        }
        default: return function(what, from);
    }
}

/// Texts in a row; nothing if one of them is missing.
AWSXX_ONCE rule_value rule_evaluation::pieces(rule_reader& from) const {
    std::string_view all[16];
    std::size_t count = 0;
    bool whole = true;
    for (std::size_t left = from.number(); left != 0; --left) {
        const rule_value one = value(from);
        whole = whole && one.is_text() && count < std::size(all);
        if (whole) all[count++] = one.text;
    }
    if (!whole) return {};
    return texts_.joined({all, count});
}

AWSXX_ONCE rule_value rule_evaluation::container(model::rule_code::op what,
                                                 rule_reader& from) const {
    rule_value found;
    found.what = rule_value::kind::node;
    found.number = from.at - 1;
    const std::size_t each = what == model::rule_code::op::record ? 2 : 1;
    for (std::size_t left = from.number() * each; left != 0; --left) value(from);
    return found;
}

AWSXX_ONCE rule_value rule_evaluation::function(model::rule_code::op what,
                                                rule_reader& from) const {
    using detail::rule_terms::op;
    rule_value given[8];
    const std::size_t count =
        what == op::coalesce ? from.number() : detail::rule_terms::arity(what);
    if (count > std::size(given)) return {};
    for (std::size_t i = 0; i < count; ++i) given[i] = value(from);
    const rule_value& first = given[0];
    const rule_value& second = given[1];
    switch (what) {
        case op::is_set: return first.what != rule_value::kind::none;
        case op::negated: return first.is_flag() ? rule_value(!first.yes) : rule_value();
        case op::boolean_equals:
            return first.is_flag() && second.is_flag() && first.yes == second.yes;
        case op::coalesce: return detail::rule_terms::first_given(given, count);
        case op::if_else: return first.is_flag() && first.yes ? second : given[2];
        default: break;
    }
    if (!first.is_text()) return {};
    switch (what) {
        case op::string_equals: return second.is_text() && first.text == second.text;
        case op::valid_host_label: return is_rule_host_label(first.text, second.yes);
        case op::virtual_hostable: return is_virtual_hostable(first.text, second.yes);
        case op::partition: return partitions_(first.text);
        case op::split: return detail::rule_terms::split_of(given);
        default: return taken_apart(what, given);
    }
}

AWSXX_ONCE rule_value rule_evaluation::taken_apart(model::rule_code::op what,
                                                   const rule_value* given) const {
    using detail::rule_terms::op;
    const std::string_view text = given[0].text;
    if (what == op::parse_arn) {
        if (parse_arn(text)) return {rule_value::kind::arn, text};
    } else if (what == op::parse_url) {
        if (parse_rule_url(text)) return {rule_value::kind::url, text};
    } else if (what == op::substring) {
        if (auto part = rule_substring(text, given[1].number, given[2].number, given[3].yes))
            return *part;
    } else if (what == op::uri_encode) {
        const std::string done = http::encoded(text);
        const std::string_view kept = done;
        return texts_.joined({&kept, 1});
    }
    return {};
}

AWSXX_ONCE rule_value rule_evaluation::attribute(rule_reader& from) const {
    rule_value found = value(from);
    for (std::size_t steps = from.number(); steps != 0; --steps)
        found = step_into(found, from.byte());
    return found;
}

AWSXX_ONCE rule_value rule_evaluation::step_into(const rule_value& of, unsigned step) const {
    using detail::rule_terms::field;
    if (step >= model::rule_code::first_from_end) {
        const std::size_t back = step - model::rule_code::first_from_end;
        const std::size_t all = length(of);
        return back <= all ? element(of, all - back) : rule_value();
    }
    if (step >= model::rule_code::first_index)
        return element(of, step - model::rule_code::first_index);
    const auto which = static_cast<field>(step);
    if (of.what == rule_value::kind::partition)
        return detail::rule_terms::part_of(*of.where, which);
    if (of.what == rule_value::kind::arn) return detail::rule_terms::part_of_arn(of.text, which);
    if (of.what != rule_value::kind::url) return {};
    const auto parts = parse_rule_url(of.text);
    switch (which) {
        case field::scheme: return parts->scheme;
        case field::authority: return parts->authority;
        case field::path: return parts->path;
        case field::normalized_path: return normalized(parts->path);
        case field::is_ip: return parts->is_ip;
        default: return {};
    }
}

AWSXX_ONCE rule_value rule_evaluation::element(const rule_value& of, std::size_t index) const {
    using kind = rule_value::kind;
    if (of.what == kind::texts)
        return index < of.items.size() ? rule_value(of.items[index]) : rule_value();
    if (of.what == kind::node) {
        rule_reader from{code_, of.number};
        if (from.byte() != static_cast<unsigned>(detail::rule_terms::op::list)) return {};
        if (index >= from.number()) return {};
        while (index-- != 0) value(from);
        return value(from);
    }
    const auto part = of.what == kind::pieces ? divided_piece(of.text, of.separators, index)
                      : of.what == kind::split
                          ? split_piece(of.text, of.separators, of.number, index)
                          : std::nullopt;
    return part ? rule_value(*part) : rule_value();
}

AWSXX_ONCE std::size_t rule_evaluation::length(const rule_value& of) const {
    std::size_t count = 0;
    while (element(of, count).what != rule_value::kind::none) ++count;
    return count;
}

/// With a slash at both ends.
AWSXX_ONCE std::string_view rule_evaluation::normalized(std::string_view path) const {
    if (path.empty()) return "/";
    if (path.ends_with('/')) return path;
    const std::string_view both[] = {path, "/"};
    return texts_.joined(both);
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
