// SPDX-License-Identifier: MIT
// How endpoint rules are read: compiled in every file that finds endpoints, or once a program.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/rules.hpp>
#include <awsxx/runtime/rule_evaluation.hpp>
#include <awsxx/runtime/rule_terms_source.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::rules {

AWSXX_COLD inline error unresolved(std::string why) {
    return {.kind = error_kind::configuration, .code = "NoEndpoint", .message = std::move(why)};
}

}  // namespace detail::rules

AWSXX_ONCE rule_evaluation::rule_evaluation(const model::rule_set& rules, partition_lookup where)
    : code_(rules.code), prefix_(rules.prefix), partitions_(where) {
    rule_reader from{code_, 1};
    parameter_count_ = from.number();
    if (parameter_count_ > most_variables) parameter_count_ = 0;
    for (std::size_t i = 0; i < parameter_count_; ++i) {
        parameter& one = parameters_[i];
        one.name = from.text(from.number());
        one.flags = static_cast<unsigned char>(from.byte());
        one.source = static_cast<builtin>(from.byte());
        one.usual = from.at;
        if (one.is(model::rule_code::parameter::has_default)) value(from);
    }
    start_ = from.place();
}

AWSXX_ONCE rule_value::kind rule_evaluation::parameter::type() const noexcept {
    if (is(model::rule_code::parameter::flag)) return rule_value::kind::flag;
    if (is(model::rule_code::parameter::list)) return rule_value::kind::texts;
    return rule_value::kind::text;
}

AWSXX_ONCE bool rule_evaluation::set(std::size_t index, const rule_value& value) {
    if (value.what != parameters_[index].type()) return false;
    variables_[index] = value;
    return true;
}

AWSXX_ONCE bool rule_evaluation::set(std::string_view name, const rule_value& value) {
    for (std::size_t i = 0; i < parameter_count_; ++i)
        if (parameters_[i].name == name) return set(i, value);
    return false;
}

AWSXX_ONCE bool rule_evaluation::set(builtin which, const rule_value& value) {
    for (std::size_t i = 0; i < parameter_count_; ++i)
        if (parameters_[i].source == which) return set(i, value);
    return false;
}

AWSXX_ONCE rule_value::kind rule_evaluation::type_of(std::string_view name) const {
    for (std::size_t i = 0; i < parameter_count_; ++i)
        if (parameters_[i].name == name) return parameters_[i].type();
    return rule_value::kind::none;
}

/// Defaults for what was not set.
AWSXX_ONCE expected<void> rule_evaluation::complete() {
    for (std::size_t i = 0; i < parameter_count_; ++i) {
        const parameter& one = parameters_[i];
        if (variables_[i].what != rule_value::kind::none) continue;
        if (one.is(model::rule_code::parameter::has_default)) {
            rule_reader from{code_, one.usual};
            variables_[i] = value(from);
        } else if (one.is(model::rule_code::parameter::required)) {
            return detail::rules::unresolved("the rules need a value for " + std::string(one.name));
        }
    }
    return {};
}

AWSXX_ONCE expected<void> rule_evaluation::run() {
    if (auto done = complete(); !done) return done;
    rule_reader from{code_, start_};
    const bool is_tree =
        !code_.empty() && code_.front() == static_cast<char>(model::rule_code::form::tree);
    switch (is_tree ? walk_tree(from) : walk_diagram(from)) {
        case outcome::found: return {};
        case outcome::refused: return detail::rules::unresolved(std::string(complaint_));
        default: return detail::rules::unresolved("no rule is for what is asked");
    }
}

AWSXX_ONCE rule_evaluation::outcome rule_evaluation::walk_tree(rule_reader& from) {
    for (std::size_t count = from.number(); count != 0; --count) {
        const outcome what = walk_rule(from);
        if (what != outcome::not_this) return what;
    }
    return outcome::nothing;
}

AWSXX_ONCE rule_evaluation::outcome rule_evaluation::walk_rule(rule_reader& from) {
    using model::rule_code::rule;
    const std::size_t begin = from.at;
    const unsigned head = from.byte();
    const auto kind = static_cast<rule>(head >> 6);
    if (kind == rule::see) {
        rule_reader there{code_, std::size_t{head & 0x3f} << 8 | from.byte()};
        return there.at < begin ? walk_rule(there) : outcome::nothing;
    }
    const std::size_t length = from.place();
    const std::size_t end = from.at + length;
    for (unsigned count = head & 0x3f; count != 0; --count)
        if (!value(from).holds()) {
            from.at = end;
            return outcome::not_this;
        }
    return end_with(from, kind);
}

AWSXX_ONCE rule_evaluation::outcome rule_evaluation::end_with(rule_reader& from,
                                                              model::rule_code::rule kind) {
    if (kind == model::rule_code::rule::tree) return walk_tree(from);
    if (kind == model::rule_code::rule::error) {
        complaint_ = value(from).text;
        return outcome::refused;
    }
    from.byte();  // endpoint
    const rule_value url = value(from);
    if (!url.is_text()) return outcome::nothing;
    url_ = url.text;
    headers_ = from.at;
    for (std::size_t names = from.number(); names != 0; --names) {
        from.text(from.number());
        for (std::size_t count = from.number(); count != 0; --count) value(from);
    }
    properties_ = from.at;
    return outcome::found;
}

AWSXX_ONCE rule_evaluation::outcome rule_evaluation::walk_diagram(rule_reader& from) {
    using namespace model::rule_code;
    constexpr std::size_t node_size = 5;
    const std::size_t conditions = from.byte();
    const std::size_t results = from.place();
    const std::size_t places = from.at;
    from.at = places + (conditions + results) * 2;
    std::size_t next = from.place();
    const std::size_t nodes = from.at;
    for (std::size_t steps = code_.size(); (next & result_bit) == 0; --steps) {
        if (steps == 0) return outcome::nothing;
        rule_reader node{code_, nodes + (next & (negated_bit - 1)) * node_size};
        rule_reader where{code_, places + node.byte() * std::size_t{2}};
        rule_reader condition{code_, where.place()};
        const bool holds = value(condition).holds() != ((next & negated_bit) != 0);
        if (!holds) node.place();
        next = node.place();
    }
    const std::size_t result = next & (result_bit - 1);
    if (result == 0 || result > results) return outcome::nothing;
    rule_reader where{code_, places + (conditions + result - 1) * 2};
    rule_reader rule{code_, where.place()};
    return walk_rule(rule);
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
