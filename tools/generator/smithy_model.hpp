// SPDX-License-Identifier: MIT
// A Smithy 2 model in its JSON form, and questions about its shapes.
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace generator {

/// Members keep the order that they have in the model.
using json = nlohmann::ordered_json;

/// A model that no header can be made of; the message names the shape.
struct model_error : std::runtime_error {
    using std::runtime_error::runtime_error;
    model_error(std::string_view shape, const std::string& problem)
        : std::runtime_error("shape " + std::string(shape) + ": " + problem) {}
};

/// What values of a shape are.
enum class shape_kind {
    boolean,
    integer,  ///< Of 8, 16 or 32 bits.
    long_,
    float_,
    double_,
    text,
    enumeration,
    int_enumeration,
    blob,
    timestamp,
    document,
    list,
    map,
    structure,
    union_,
};

/// A member of a structure or a union, or what a list or a map holds.
struct shape_member {
    std::string name{};
    std::string target{};
    const json* traits{};
};

/// The trait of a shape or a member; null if it has none of that name.
const json* trait(const json* traits, std::string_view name);
/// A trait's text, or nothing.
std::string trait_text(const json* traits, std::string_view name);

/// Adds the shapes of a model to another's; to a shape that both have, members and operations.
void add_model(json& to, const json& more);

class smithy_model {
public:
    /// Refuses what is no model, and targets that are not there.
    explicit smithy_model(json ast);

    const json& shape(const std::string& id) const;
    shape_kind kind(const std::string& id) const;
    const json* traits(const std::string& id) const;
    bool is_unit(const std::string& id) const { return id == "smithy.api#Unit"; }
    bool is_aggregate(const std::string& id) const;

    /// The members of a structure or a union, in the model's order.
    std::vector<shape_member> members(const std::string& id) const;
    /// "member" of a list, "key" or "value" of a map.
    shape_member part(const std::string& id, const std::string& name) const;

    /// What lists and maps hold in the end, or the shape.
    std::string innermost(std::string id) const;

    /// The one service, or the one of that name, with or without its namespace.
    std::string service(const std::string& wanted) const;
    /// What the service reaches, resources included, sorted by name.
    std::vector<std::string> operations(const std::string& service) const;

    /// The whole in the form that does not keep the order of members.
    const nlohmann::json& plain() const noexcept { return plain_; }

    const std::vector<std::string>& ids() const noexcept { return ids_; }

private:
    void index();
    void apply(const std::string& id, const json& what);
    void mix_in(const std::string& id);
    void check() const;
    void check_members(const std::string& id, const json& members) const;
    static void check_lists(const std::string& id, const json& shape);
    void check_target(const std::string& owner, const std::string& member,
                      const json& target) const;

    json ast_;
    nlohmann::json plain_{};
    std::map<std::string, json*, std::less<>> shapes_{};
    std::vector<std::string> ids_{};
};

}  // namespace generator
