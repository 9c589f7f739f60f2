// SPDX-License-Identifier: MIT
// What a header is made of: operations, the shapes they reach, their names and their order.
#pragma once

#include "smithy_model.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace generator {

/// What was asked for on the command line.
struct options {
    std::string model{};
    std::string name_space{};
    std::string out{};
    std::string service{};
    std::vector<std::string> operations{};  ///< Empty: all.
    std::vector<std::string> additions{};   ///< Models that add to the first.
    std::vector<std::string>
        plain{};                  ///< Structures whose text is plain although inputs have them.
    std::string map{"std::map"};  ///< The template that maps are made of.
    bool presence{};  ///< Members of all kinds can be absent, empty text and lists apart from that.
};

struct operation_plan {
    std::string id{};
    std::string wire_name{};  ///< "AssumeRole"
    std::string name{};       ///< assume_role
    std::string input{};
    std::string output{};
    std::string output_name{};  ///< assume_role_response
    std::string events{};       ///< The union of events that the answer is a stream of, or empty.
};

/// An operation or a trait that the header does without.
struct left_out {
    std::string what{};
    std::string why{};
};

/// A thing that the header defines, in the order of the header.
struct definition {
    enum class what { enumeration, structure, operation, empty_output };
    what kind{};
    std::string id{};               ///< The shape's.
    std::size_t operation{};        ///< Of an operation or its empty output: which.
    std::set<std::string> known{};  ///< Structures that have to be declared before.
};

class plan {
public:
    plan(const smithy_model& model, const options& asked);

    const smithy_model& model() const noexcept { return model_; }
    const options& asked() const noexcept { return asked_; }
    const std::string& service() const noexcept { return service_; }
    const std::string& name_space() const noexcept { return asked_.name_space; }
    const std::vector<operation_plan>& operations() const noexcept { return operations_; }
    const std::vector<left_out>& omissions() const noexcept { return omissions_; }
    const std::vector<definition>& definitions() const noexcept { return definitions_; }
    std::size_t reached() const noexcept { return reached_; }

    /// The name of a structure, a union or an enumeration.
    const std::string& name(const std::string& id) const;
    /// "sts::tag"
    std::string qualified(const std::string& name) const { return name_space() + "::" + name; }
    /// "shapes::tag<D>": the structure's template, for templates that have D.
    std::string templated(const std::string& name) const { return "shapes::" + name + "<D>"; }
    bool has_name(const std::string& name) const { return taken_.contains(name); }
    /// True if inputs have values of that shape.
    bool in_input(const std::string& id) const { return in_.contains(id); }
    bool in_output(const std::string& id) const { return out_.contains(id); }
    bool is_error(const std::string& id) const { return errors_.contains(id); }
    /// The errors of all operations and of the service.
    const std::set<std::string>& errors() const noexcept { return errors_; }
    /// True if the member leads to the next page.
    bool is_token(const std::string& id, const std::string& member) const {
        return tokens_.contains(id + "$" + member);
    }
    /// True for a member that leads back to its own structure, also by way of lists and maps.
    bool is_boxed(const std::string& owner, const std::string& target) const;
    /// The members of a structure but those that are streams of events.
    std::vector<shape_member> members(const std::string& id) const;
    void leave_out(std::string what, std::string why) {
        omissions_.push_back({std::move(what), std::move(why)});
    }

private:
    friend class ordering;

    void choose_operations();
    void add_operation(const std::string& id);
    void choose_names(const std::vector<std::string>& all);
    std::string free_name(const std::string& wanted);
    void walk(const std::string& id, std::set<std::string>& reached) const;
    void walk_parts(const std::string& id, std::set<std::string>& reached) const;
    void note_tokens(const operation_plan& operation);
    bool is_event_stream(const std::string& id) const;

    const smithy_model& model_;
    options asked_;
    std::string service_;
    std::vector<operation_plan> operations_{};
    std::vector<left_out> omissions_{};
    std::vector<definition> definitions_{};
    std::map<std::string, std::string> names_{};
    std::set<std::string> taken_{};
    std::set<std::string> in_{};
    std::set<std::string> out_{};
    std::set<std::string> errors_{};
    std::set<std::string> tokens_{};
    std::size_t reached_ = 0;
};

/// The errors of an operation and of its service, by shape.
std::vector<std::string> errors_of(const smithy_model& model, const std::string& id);
/// The codes of an error, with spaces between: its shape's name, and awsQuery's if that is another.
std::string error_codes(const smithy_model& model, const std::string& error);

/// The trait `paginated` of an operation, with what the service says for all; null if it has none.
json pagination(const plan& all, const std::string& operation);

/// "a.b.c" in its parts.
std::vector<std::string> path_parts(const std::string& path);

}  // namespace generator
