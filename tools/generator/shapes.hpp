// SPDX-License-Identifier: MIT
// Writes structures, unions, enumerations and operations as C++ types.
#pragma once

#include "plan.hpp"
#include "types.hpp"

#include <string>
#include <vector>

namespace generator {

/// A member with all that tables and structures need to know.
struct written_member {
    shape_member what{};
    member_type type{};
    std::string name{};  ///< snake_case
};

class shape_writer {
public:
    shape_writer(const plan& of, type_writer& types) : plan_(of), types_(types) {}

    std::string definition_of(const definition& one);
    /// The name of what is defined.
    std::string name_of(const definition& one) const;
    /// The members of a shape, or of an operation's input, under the names that they have.
    std::vector<written_member> members(const std::string& id, bool input);

private:
    std::string enumeration(const std::string& id) const;
    std::string structure(const std::string& id);
    std::string operation(const operation_plan& one);
    std::string apart_from(const std::vector<written_member>& all, std::string type) const;
    std::string settled(const std::vector<written_member>& all) const;
    std::string fields(const std::vector<written_member>& all) const;
    std::string comment(const std::string& id) const;

    const plan& plan_;
    type_writer& types_;
};

/// The name of a member in C++, apart from those in `taken`.
std::string member_name(const std::string& name, std::vector<std::string>& taken);

}  // namespace generator
