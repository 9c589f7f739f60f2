// SPDX-License-Identifier: MIT
// Writes the tables of structures and operations.
#pragma once

#include "plan.hpp"
#include "shapes.hpp"
#include "types.hpp"
#include "wire_format.hpp"

#include <string>
#include <vector>

namespace generator {

class wire_writer {
public:
    wire_writer(plan& of, const wire_format& format, type_writer& types, shape_writer& shapes)
        : plan_(of), format_(format), types_(types), shapes_(shapes) {}

    std::string wire_of(const definition& one);

private:
    std::string structure(const std::string& id);
    std::string operation(const operation_plan& one);
    std::string table(const std::string& name, const std::string& id,
                      const std::vector<written_member>& all, const json* http);
    std::string field(const std::string& name, const std::string& owner, const written_member& one,
                      const json* http) const;
    std::string answer_field(const std::string& name, const std::string& owner,
                             const written_member& one) const;
    std::string type_of(const std::string& name, const std::string& id, std::size_t fields,
                        bool body);
    std::string error(const std::string& id) const;
    std::string traits_of(const operation_plan& one, const std::vector<written_member>& all);
    std::string items_of(const operation_plan& one, const json& trait) const;
    std::string pages(const operation_plan& one);
    std::string pointer(const std::string& root_name, const std::string& root, bool input,
                        const std::string& path);

    plan& plan_;
    const wire_format& format_;
    type_writer& types_;
    shape_writer& shapes_;
};

/// An operation's binding to HTTP; null if it has none.
json http_of(const plan& all, const std::string& operation);

}  // namespace generator
