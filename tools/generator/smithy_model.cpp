// SPDX-License-Identifier: MIT
#include "smithy_model.hpp"

#include "names.hpp"
#include "trait_check.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace generator {

namespace {

const std::map<std::string, shape_kind, std::less<>> kinds{{"boolean", shape_kind::boolean},
                                                           {"byte", shape_kind::integer},
                                                           {"short", shape_kind::integer},
                                                           {"integer", shape_kind::integer},
                                                           {"long", shape_kind::long_},
                                                           {"bigInteger", shape_kind::long_},
                                                           {"float", shape_kind::float_},
                                                           {"double", shape_kind::double_},
                                                           {"bigDecimal", shape_kind::double_},
                                                           {"string", shape_kind::text},
                                                           {"enum", shape_kind::enumeration},
                                                           {"intEnum", shape_kind::int_enumeration},
                                                           {"blob", shape_kind::blob},
                                                           {"timestamp", shape_kind::timestamp},
                                                           {"document", shape_kind::document},
                                                           {"list", shape_kind::list},
                                                           {"set", shape_kind::list},
                                                           {"map", shape_kind::map},
                                                           {"structure", shape_kind::structure},
                                                           {"union", shape_kind::union_}};

const std::set<std::string, std::less<>> no_values{"service", "operation", "resource"};

/// The shapes that every model has: smithy.api#String and so on.
const json& prelude() {
    static const json all = [] {
        json shapes = json::object();
        for (const auto* name :
             {"Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double", "BigInteger",
              "BigDecimal", "String", "Blob", "Timestamp", "Document"}) {
            std::string type = name;
            type.front() = static_cast<char>(type.front() - 'A' + 'a');
            shapes["smithy.api#" + std::string(name)] = {{"type", type}};
            shapes["smithy.api#Primitive" + std::string(name)] = {{"type", type}};
        }
        shapes["smithy.api#Unit"] = {{"type", "structure"}, {"members", json::object()}};
        return shapes;
    }();
    return all;
}

constexpr std::array<const char*, 6> lifecycle{"create", "put", "read", "update", "delete", "list"};

std::string target_of(const json& reference) {
    const auto found = reference.is_object() ? reference.find("target") : reference.end();
    return found != reference.end() && found->is_string() ? found->get<std::string>()
                                                          : std::string();
}

void append_targets(const json& of, const char* list, std::vector<std::string>& to) {
    if (const auto found = of.find(list); found != of.end())
        for (const auto& reference : *found) to.push_back(target_of(reference));
}

}  // namespace

const json* trait(const json* traits, std::string_view name) {
    if (traits == nullptr) return nullptr;
    const auto found = traits->find(std::string(name));
    return found == traits->end() ? nullptr : &*found;
}

std::string trait_text(const json* traits, std::string_view name) {
    const json* value = trait(traits, name);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

void add_model(json& to, const json& more) {
    for (const auto& [id, shape] : more.at("shapes").items()) {
        json& known = to["shapes"][id];
        if (known.is_null()) {
            known = shape;
            continue;
        }
        if (shape.contains("members")) known["members"].update(shape.at("members"));
        if (shape.contains("operations"))
            for (const auto& operation : shape.at("operations"))
                known["operations"].push_back(operation);
    }
}

smithy_model::smithy_model(json ast) : ast_(std::move(ast)) {
    if (!ast_.is_object() || !ast_.contains("smithy") || !ast_.contains("shapes") ||
        !ast_.at("shapes").is_object())
        throw model_error("this is no Smithy model in its JSON form");
    const std::string version = ast_.at("smithy").is_string() ? ast_.at("smithy") : json("?");
    if (!version.starts_with("2")) throw model_error("Smithy " + version + " is not understood");
    index();
    check();
    plain_ = ast_;
}

void smithy_model::index() {
    std::vector<std::string> applied;
    json& shapes = ast_.at("shapes");
    for (auto& [id, shape] : shapes.items()) {
        if (!shape.is_object() || !shape.contains("type") || !shape.at("type").is_string())
            throw model_error(id, "has no type");
        if (shape.at("type") == "apply") {
            applied.push_back(id);
            continue;
        }
        shapes_.emplace(id, &shape);
        ids_.push_back(id);
    }
    for (const auto& id : applied) apply(id, shapes.at(id));
    for (const auto& id : ids_) mix_in(id);
}

/// Traits that stand elsewhere than with their shape or member ("ns#Shape$member").
void smithy_model::apply(const std::string& id, const json& what) {
    const auto dollar = id.find('$');
    const auto found = shapes_.find(id.substr(0, dollar));
    if (found == shapes_.end()) throw model_error(id, "traits are applied to no shape");
    json* to = found->second;
    if (dollar != std::string::npos) {
        const std::string member = id.substr(dollar + 1);
        json& owner = to->contains("members") ? (*to)["members"] : *to;
        if (!owner.contains(member)) throw model_error(id, "traits are applied to no member");
        to = &owner[member];
    }
    if (what.contains("traits")) (*to)["traits"].update(what.at("traits"));
}

/// Puts the members of a shape's mixins before its own, once.
void smithy_model::mix_in(const std::string& id) {
    json& shape = *shapes_.at(id);
    const auto found = shape.find("mixins");
    if (found == shape.end()) return;
    std::vector<std::string> mixins;
    append_targets(shape, "mixins", mixins);
    shape.erase("mixins");
    json members = json::object();
    for (const auto& mixin : mixins) {
        if (!shapes_.contains(mixin)) throw model_error(id, "its mixin " + mixin + " is missing");
        mix_in(mixin);
        if (shapes_.at(mixin)->contains("members"))
            members.update(shapes_.at(mixin)->at("members"));
    }
    if (shape.contains("members"))
        for (auto& [name, member] : shape.at("members").items()) members[name].update(member, true);
    if (!members.empty()) shape["members"] = std::move(members);
}

void smithy_model::check() const {
    for (const auto& id : ids_) {
        const json& shape = *shapes_.at(id);
        const std::string type = shape.at("type");
        if (!kinds.contains(type) && !no_values.contains(type))
            throw model_error(id, "its type " + type + " is not known");
        check_traits(id, shape);
        check_lists(id, shape);
        if (shape.contains("members")) check_members(id, shape.at("members"));
        if (type == "list" || type == "set")
            check_target(id, "member", shape.value("member", json()));
        if (type == "operation")
            for (const auto* side : {"input", "output"})
                if (shape.contains(side)) check_target(id, side, shape.at(side));
        if (type != "map") continue;
        for (const auto* part : {"key", "value"}) check_target(id, part, shape.value(part, json()));
    }
}

/// What a service, a resource or an operation refers to.
void smithy_model::check_lists(const std::string& id, const json& shape) {
    for (const auto* list : {"operations", "collectionOperations", "resources", "errors"}) {
        if (!shape.contains(list)) continue;
        bool fine = shape.at(list).is_array();
        for (const auto& reference : shape.at(list)) fine = fine && !target_of(reference).empty();
        if (!fine) throw model_error(id, "its " + std::string(list) + " are no list of targets");
    }
    if (shape.at("type") != "service") return;
    if (shape.contains("version") && !shape.at("version").is_string())
        throw model_error(id, "its version is no text");
    if (!shape.contains("rename")) return;
    for (const auto& name : shape.at("rename"))
        if (!name.is_string()) throw model_error(id, "its rename has what is no text");
}

void smithy_model::check_members(const std::string& id, const json& members) const {
    if (!members.is_object()) throw model_error(id, "its members are no object");
    for (const auto& [name, member] : members.items()) {
        check_target(id, name, member);
        const std::string place = id + "$" + name;
        check_traits(place, member);
        const auto traits = member.find("traits");
        if (traits == member.end()) continue;
        const std::string type = shape(target_of(member)).at("type");
        if (const auto value = traits->find("smithy.api#default"); value != traits->end())
            check_default(place, *value, type);
        const auto value = traits->find("smithy.api#enumValue");
        if (value == traits->end()) continue;
        const std::string owner = shape(id).at("type");
        if (value->is_null() || owner == "enum" || owner == "intEnum")
            check_default(place, value->is_null() ? json::object() : *value, owner);
    }
}

void smithy_model::check_target(const std::string& owner, const std::string& member,
                                const json& target) const {
    const std::string id = target_of(target);
    if (id.empty()) throw model_error(owner, "its member " + member + " has no target");
    if (shapes_.contains(id) || prelude().contains(id)) return;
    throw model_error(id, "is not in the model, but " + owner + " has it as " + member);
}

const json& smithy_model::shape(const std::string& id) const {
    if (const auto found = shapes_.find(id); found != shapes_.end()) return *found->second;
    if (const auto found = prelude().find(id); found != prelude().end()) return *found;
    throw model_error(id, "is not in the model");
}

shape_kind smithy_model::kind(const std::string& id) const {
    const json& what = shape(id);
    const std::string type = what.at("type");
    const auto found = kinds.find(type);
    if (found == kinds.end()) throw model_error(id, type + " shapes have no values");
    if (found->second == shape_kind::text && trait(traits(id), "smithy.api#enum") != nullptr)
        return shape_kind::enumeration;
    return found->second;
}

bool smithy_model::is_aggregate(const std::string& id) const {
    const shape_kind what = kind(id);
    return what == shape_kind::structure || what == shape_kind::union_;
}

const json* smithy_model::traits(const std::string& id) const {
    const json& what = shape(id);
    const auto found = what.find("traits");
    return found == what.end() ? nullptr : &*found;
}

std::vector<shape_member> smithy_model::members(const std::string& id) const {
    std::vector<shape_member> result;
    const json& what = shape(id);
    const auto found = what.find("members");
    if (found == what.end()) return result;
    for (const auto& [name, member] : found->items()) {
        const auto with = member.find("traits");
        result.push_back({name, target_of(member), with == member.end() ? nullptr : &*with});
    }
    return result;
}

shape_member smithy_model::part(const std::string& id, const std::string& name) const {
    const json& member = shape(id).at(name);
    const auto with = member.find("traits");
    return {name, target_of(member), with == member.end() ? nullptr : &*with};
}

std::string smithy_model::innermost(std::string id) const {
    std::set<std::string> seen;
    for (;;) {
        const shape_kind what = kind(id);
        if (what != shape_kind::list && what != shape_kind::map) return id;
        if (!seen.insert(id).second) throw model_error(id, "holds nothing but itself");
        id = part(id, what == shape_kind::list ? "member" : "value").target;
    }
}

std::string smithy_model::service(const std::string& wanted) const {
    std::vector<std::string> found;
    for (const auto& id : ids_)
        if (shapes_.at(id)->at("type") == "service" &&
            (wanted.empty() || id == wanted || local_name(id) == wanted))
            found.push_back(id);
    if (found.size() == 1) return found.front();
    if (found.empty())
        throw model_error(wanted.empty() ? "the model has no service"
                                         : "shape " + wanted + ": the model has no such service");
    throw model_error("the model has several services: " + found[0] + ", " + found[1] +
                      ": --service says which");
}

std::vector<std::string> smithy_model::operations(const std::string& service) const {
    std::set<std::string> seen;
    std::map<std::string, std::string> sorted;
    std::vector<std::string> open{service};
    std::vector<std::string> reached;
    while (!open.empty()) {
        const std::string id = open.back();
        open.pop_back();
        if (!seen.insert(id).second) continue;
        const json& what = shape(id);
        append_targets(what, "resources", open);
        append_targets(what, "operations", reached);
        append_targets(what, "collectionOperations", reached);
        for (const auto* key : lifecycle)
            if (what.contains(key)) reached.push_back(target_of(what.at(key)));
    }
    for (const auto& id : reached) {
        if (shape(id).at("type") != "operation") throw model_error(id, "is no operation");
        sorted.emplace(std::string(local_name(id)) + " " + id, id);
    }
    std::vector<std::string> result;
    for (const auto& [name, id] : sorted) result.push_back(id);
    return result;
}

}  // namespace generator
