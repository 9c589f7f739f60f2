// SPDX-License-Identifier: MIT
// The C++ type and the table of every shape and member.
#pragma once

#include "plan.hpp"
#include "table_text.hpp"
#include "wire_format.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace generator {

/// A C++ type and the expression that is its table.
struct value_type {
    std::string text{};   ///< "std::vector<sts::tag>"
    std::string table{};  ///< "model::list_of<sts::tag, D>"
    bool whole{};         ///< A structure, a union, a list or a map: `maybe` makes it optional.
    /// As a field wants it.
    std::string reference() const;
};

/// What a member is in C++, and what the tables say of it.
struct member_type {
    value_type type{};
    std::string initial{};  ///< What stands between its braces.
    bool required{};
    bool token{};  ///< An idempotency token.
};

/// The definition of a table that is no template of the library.
struct table_definition {
    std::string name{};
    std::string initializer{};
};

class type_writer {
public:
    explicit type_writer(const plan& of, const wire_format& format) : plan_(of), format_(format) {}

    /// `input`: an operation's input, not the shape `owner` as others hold it.
    member_type member(const std::string& owner, const shape_member& what, bool input);

    const std::vector<table_definition>& tables() const noexcept { return tables_; }
    const std::vector<table_definition>& spaces() const noexcept { return spaces_; }
    /// A constant for a namespace of XML; its name. Empty if the trait is not there.
    std::string space(const json* traits);
    /// True for text that no log may have.
    bool is_secret(const std::string& owner, const shape_member& what) const;

private:
    value_type scalar(const std::string& owner, const shape_member& what, shape_kind kind);
    value_type base(const std::string& owner, const shape_member& what, const std::string& hint);
    value_type list(const shape_member& what);
    value_type map(const shape_member& what);
    value_type container(const shape_member& what, const value_type& inner, const std::string& text,
                         table_text table);
    value_type structure(const shape_member& what, const std::string& hint);
    value_type element(const std::string& owner, const shape_member& part, const std::string& hint);
    value_type text_type(const std::string& owner, const shape_member& what,
                         const std::string& hint);
    value_type optional(const value_type& inner, const std::string& holder,
                        const std::string& hint);
    value_type stream(const std::string& owner, bool input) const;
    void decorate(table_text& table, const shape_member& what);
    std::string define(const std::string& hint, const std::string& initializer);
    std::string builtin(const std::string& name) const;
    std::string initial(const shape_member& what, const value_type& type) const;
    bool is_optional(const std::string& owner, const shape_member& what, bool required) const;

    const plan& plan_;
    const wire_format& format_;
    std::vector<table_definition> tables_{};
    std::map<std::string, std::string> known_tables_{};  ///< By initializer.
    std::set<std::string> table_names_{};
    std::vector<table_definition> spaces_{};
    std::map<std::string, std::string> known_spaces_{};
};

}  // namespace generator
