// SPDX-License-Identifier: MIT
#include "ordering.hpp"

#include <set>
#include <string>

namespace generator {

void ordering::run() {
    for (std::size_t i = 0; i < plan_.operations().size(); ++i) define_operation(i);
    for (const auto& error : plan_.errors_) define(error);
}

void ordering::define_parts(const std::string& id) {
    for (const auto& member : plan_.members(id)) define(plan_.model().innermost(member.target));
}

std::set<std::string> ordering::unknown_parts(const std::string& id) const {
    std::set<std::string> unknown;
    for (const auto& member : plan_.members(id)) {
        const std::string target = plan_.model().innermost(member.target);
        if (plan_.model().is_aggregate(target) && !done_.contains(target) && target != id)
            unknown.insert(target);
    }
    return unknown;
}

void ordering::define(const std::string& id) {
    const shape_kind kind = plan_.model().kind(id);
    if (kind == shape_kind::enumeration || kind == shape_kind::int_enumeration) {
        if (begun_.insert(id).second)
            plan_.definitions_.push_back({definition::what::enumeration, id, 0, {}});
        return;
    }
    if (!plan_.model().is_aggregate(id) || !begun_.insert(id).second) return;
    define_parts(id);
    plan_.definitions_.push_back({definition::what::structure, id, 0, unknown_parts(id)});
    done_.insert(id);
}

void ordering::define_operation(std::size_t which) {
    const operation_plan& one = plan_.operations()[which];
    if (plan_.model().is_unit(one.output))
        plan_.definitions_.push_back({definition::what::empty_output, one.output, which, {}});
    else
        define(one.output);
    if (!one.events.empty()) define(one.events);
    define_parts(one.input);
    plan_.definitions_.push_back({definition::what::operation, one.input, which, {}});
}

}  // namespace generator
