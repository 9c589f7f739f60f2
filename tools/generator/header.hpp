// SPDX-License-Identifier: MIT
// Writes the header of a service.
#pragma once

#include "plan.hpp"
#include "service_traits.hpp"
#include "shapes.hpp"
#include "types.hpp"
#include "wire_format.hpp"
#include "wires.hpp"

#include <string>
#include <vector>

namespace generator {

class header_writer {
public:
    explicit header_writer(plan& of)
        : plan_(of),
          format_(choose_format(of.model(), of.service())),
          types_(of, format_),
          shapes_(of, types_),
          wires_(of, format_, types_, shapes_),
          rules_(service_rules(of)) {}

    /// The whole text.
    std::string text();

private:
    std::string body();
    std::string tables() const;
    std::string waiters();
    std::string waiter(const operation_plan& one, const std::string& name, const json& what);
    std::string error_names(const operation_plan& one, const std::string& name) const;
    std::string acceptor(const operation_plan& one, const json& what);
    std::string path(const operation_plan& one, const json& matcher, bool pair);
    std::string includes(const std::string& body) const;

    plan& plan_;
    const wire_format& format_;
    type_writer types_;
    shape_writer shapes_;
    wire_writer wires_;
    tools::rules::constant rules_;
    std::vector<std::string> waiter_names_{};
};

}  // namespace generator
