// SPDX-License-Identifier: MIT
// How members of an input are found for endpoint rules: compiled where calls are, or once a program.
#pragma once

#include <awsxx/codec/presence.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/endpoint_arguments.hpp>
#include <awsxx/runtime/rule_evaluation.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::endpoint_arguments {

/// What a path leads to. Only what the paths of models have: no filters, no slices.
struct findings {
    std::vector<std::string_view> texts{};
    bool found_flag{};
    bool flag{};
};

inline void follow(const codec::present& from, std::string_view path, findings& into);

struct map_visit {
    std::string_view path;
    const model::type* element;
    findings* into;
};

inline void follow_elements(const codec::present& from, std::string_view path, findings& into) {
    const model::access& access = *from.shape->access;
    if (from.shape->kind == model::kind::list) {
        for (std::size_t i = 0; i < access.size(from.value); ++i)
            follow(codec::unwrapped(*from.shape->element, access.at(from.value, i)), path, into);
    } else if (from.shape->kind == model::kind::map) {
        map_visit all{path, from.shape->element, &into};
        access.each(from.value, &all, [](void* context, const std::string&, const void* element) {
            const auto& at = *static_cast<map_visit*>(context);
            follow(codec::unwrapped(*at.element, element), at.path, *at.into);
        });
    }
}

inline void follow_keys(const codec::present& from, findings& into) {
    if (from.shape->kind != model::kind::map) return;
    from.shape->access->each(from.value, &into,
                             [](void* context, const std::string& key, const void*) {
                                 static_cast<findings*>(context)->texts.push_back(key);
                             });
}

/// "[0.1,2]": all of the paths, from here.
inline void follow_all(const codec::present& from, std::string_view paths, findings& into) {
    paths = paths.substr(1, paths.size() - 2);
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= paths.size(); ++at) {
        const char c = at < paths.size() ? paths[at] : ',';
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        if (c != ',' || depth > 0) continue;
        follow(from, paths.substr(begin, at - begin), into);
        begin = at + 1;
    }
}

inline void take_leaf(const codec::present& from, findings& into) {
    if (from.shape->kind == model::kind::text) {
        into.texts.push_back(*static_cast<const std::string*>(from.value));
    } else if (from.shape->kind == model::kind::boolean) {
        into.found_flag = true;
        into.flag = *static_cast<const bool*>(from.value);
    } else if (from.shape->kind == model::kind::list) {
        follow_elements(from, {}, into);
    }
}

inline void follow(const codec::present& from, std::string_view path, findings& into) {
    if (!from) return;
    if (path.empty()) return take_leaf(from, into);
    if (path.front() == '[') return follow_all(from, path, into);
    const std::string_view step = text::take_until(path, '.');
    if (step == "*") return follow_elements(from, path, into);
    if (step == "keys") return follow_keys(from, into);
    if (step.front() == '#') {
        const auto index = text::parse_number<std::size_t>(step.substr(1));
        const bool is_list = from.shape->kind == model::kind::list;
        if (!index || !is_list || *index >= from.shape->access->size(from.value)) return;
        return follow(
            codec::unwrapped(*from.shape->element, from.shape->access->at(from.value, *index)),
            path, into);
    }
    const auto index = text::parse_number<std::size_t>(step);
    if (!index || from.shape->kind != model::kind::structure || *index >= from.shape->field_count)
        return;
    const model::field& field = from.shape->fields[*index];
    follow(codec::unwrapped(*field.shape, model::member(from.value, field)), path, into);
}

/// A label of the path that the rules put into host or path themselves.
inline expected<void> check_label(const model::operation& what, std::string_view path,
                                  const findings& found) {
    const auto index = text::parse_number<std::size_t>(path);
    if (!index || *index >= what.input->field_count) return {};
    const model::field& field = what.input->fields[*index];
    if (field.place != model::place::label) return {};
    const std::string_view value = found.texts.empty() ? std::string_view() : found.texts.front();
    if (!value.empty() && value != "." && value != "..") return {};
    return error{.kind = error_kind::invalid_argument,
                 .code = "InvalidInput",
                 .message = std::string(what.name) + ": member " + std::string(field.name) +
                            " is part of the path and is missing or empty, or no name"};
}

inline rule_value value_for(rule_value::kind type, const findings& found) {
    if (type == rule_value::kind::flag)
        return found.found_flag ? rule_value(found.flag) : rule_value();
    if (found.texts.empty()) return {};
    if (type == rule_value::kind::text) return found.texts.front();
    return std::span<const std::string_view>(found.texts);
}

}  // namespace detail::endpoint_arguments

AWSXX_ONCE std::string_view argument_text(const model::operation& what, const void* in,
                                          std::string_view name) {
    const std::string_view path = written_parameter(what.endpoint_parameters, name);
    if (!path.starts_with('@')) return {};
    detail::endpoint_arguments::findings found;
    detail::endpoint_arguments::follow({what.input, in}, path.substr(1), found);
    return found.texts.empty() ? std::string_view() : found.texts.front();
}

AWSXX_ONCE expected<void> endpoint_arguments::give(const model::operation& what, const void* in,
                                                   rule_evaluation& to) {
    for (std::string_view rest = what.endpoint_parameters; !rest.empty();) {
        std::string_view value = text::take_until(rest, ' ');
        const std::string_view name = text::take_until(value, '=');
        if (!value.starts_with('@')) {
            give_constant(name, value, to);
            continue;
        }
        detail::endpoint_arguments::findings found;
        detail::endpoint_arguments::follow({what.input, in}, value.substr(1), found);
        auto fine = detail::endpoint_arguments::check_label(what, value.substr(1), found);
        if (!fine) return fine;
        const rule_value given = detail::endpoint_arguments::value_for(to.type_of(name), found);
        if (given.what == rule_value::kind::none) continue;
        to.set(name, given);
        if (given.what == rule_value::kind::texts) lists_.push_front(std::move(found.texts));
    }
    return {};
}

AWSXX_ONCE bool endpoint_arguments::give_constant(std::string_view name, std::string_view value,
                                                  rule_evaluation& to) {
    const rule_value::kind type = to.type_of(name);
    if (type == rule_value::kind::flag) return to.set(name, value == "true");
    if (type == rule_value::kind::text) {
        if (value.find('%') == std::string_view::npos) return to.set(name, value);
        return to.set(name, texts_.emplace_front(http::decoded(value).value_or("")));
    }
    auto& list = lists_.emplace_front();
    while (!value.empty())
        list.push_back(
            texts_.emplace_front(http::decoded(text::take_until(value, ',')).value_or("")));
    return to.set(name, rule_value(std::span<const std::string_view>(list)));
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
