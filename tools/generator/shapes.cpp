// SPDX-License-Identifier: MIT
#include "shapes.hpp"

#include "names.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace generator {

namespace {

/// `text` with `prefix` before `name` wherever that stands as a word of its own and not behind "::".
std::string prefixed(std::string text, const std::string& name, const std::string& prefix) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
        const std::size_t end = at + name.size();
        const bool word = (at == 0 || (!is_word(text[at - 1]) && text[at - 1] != ':')) &&
                          (end == text.size() || !is_word(text[end]));
        if (word) text.insert(at, prefix);
        at += name.size() + (word ? prefix.size() : 0);
    }
    return text;
}

std::string opening(const std::string& name) {
    return "template <class D>\nstruct " + name + " {\n";
}
constexpr auto closing = "    template <class> struct wire;\n};\n";

/// Types of which `model/field.hpp` asserts `model::settled`, and numbers, which need it not.
const std::set<std::string_view>& settled_types() {
    static const std::set<std::string_view> all{
        // numbers
        "bool", "int", "float", "double", "std::int64_t",
        // what model/field.hpp names
        "std::string", "timestamp", "std::vector<std::string>", "std::optional<bool>",
        "std::optional<int>", "std::optional<float>", "std::optional<double>",
        "std::optional<std::int64_t>", "std::optional<std::string>", "std::optional<timestamp>"};
    return all;
}

/// The name and the value of each constant of an enumeration.
std::vector<std::pair<std::string, json>> values(const smithy_model& model, const std::string& id) {
    std::vector<std::pair<std::string, json>> result;
    for (const auto& member : model.members(id)) {
        const json* const value = trait(member.traits, "smithy.api#enumValue");
        result.emplace_back(member.name, value != nullptr ? *value : json(member.name));
    }
    if (const json* const old = trait(model.traits(id), "smithy.api#enum"))
        for (const auto& one : *old)
            result.emplace_back(one.value("name", one.value("value", "")), one.value("value", ""));
    return result;
}

}  // namespace

std::string member_name(const std::string& name, std::vector<std::string>& taken) {
    std::string result = identifier(name);
    while (std::find(taken.begin(), taken.end(), result) != taken.end()) result += '_';
    taken.push_back(result);
    return result;
}

std::vector<written_member> shape_writer::members(const std::string& id, bool input) {
    std::vector<std::string> taken{"output", "wire"};
    if (plan_.model().kind(id) == shape_kind::union_) taken.emplace_back("unknown_member");
    std::vector<written_member> result;
    for (auto& member : plan_.members(id)) {
        std::string name = member_name(member.name, taken);
        auto type = types_.member(id, member, input);
        result.push_back({std::move(member), std::move(type), std::move(name)});
    }
    return result;
}

/// `type`, whose names are qualified where a member has the same.
std::string shape_writer::apart_from(const std::vector<written_member>& all,
                                     std::string type) const {
    const auto qualify = [&](const std::string& name, const std::string& prefix) {
        const auto hides = [&](const written_member& one) { return one.name == name; };
        if (std::any_of(all.begin(), all.end(), hides)) type = prefixed(type, name, prefix);
    };
    qualify("shapes", plan_.name_space() + "::");
    qualify(plan_.name_space(), "awsxx::");
    for (const auto* word : {"secret", "maybe", "box", "timestamp", "document", "http", "model"})
        qualify(word, "awsxx::");
    return type;
}

/// What the shape asserts of all others; structures assert it of their own members.
std::string shape_writer::settled(const std::vector<written_member>& all) const {
    std::set<std::string> types;
    for (const auto& one : all)
        if (const std::string& type = one.type.type.text;
            !settled_types().contains(type) && !type.starts_with("shapes::"))
            types.insert(apart_from(all, type));
    std::string text;
    for (const auto& type : types) text += (text.empty() ? "" : ", ") + type;
    if (text.empty()) return {};
    return "    static_assert(" + apart_from(all, "model") + "::settled<" + text + ">);\n";
}

std::string shape_writer::fields(const std::vector<written_member>& all) const {
    std::string text;
    for (const auto& one : all) {
        text += "    " + apart_from(all, one.type.type.text) + " " + one.name + "{" +
                one.type.initial + "};";
        if (trait(one.what.traits, "smithy.api#deprecated") != nullptr)
            text += "  ///< Deprecated by AWS.";
        text += "\n";
    }
    return text + settled(all);
}

std::string shape_writer::enumeration(const std::string& id) const {
    const std::string& name = plan_.name(id);
    const bool number = plan_.model().kind(id) == shape_kind::int_enumeration;
    const std::string base = number ? "open_int_enum" : "open_enum";
    std::string text =
        "struct " + name + " : " + base + " {\n    using " + base + "::" + base + ";\n";
    std::vector<std::string> taken{"value", name};
    if (!number) taken.emplace_back("empty");
    for (const auto& [constant, value] : values(plan_.model(), id)) {
        const std::string called = member_name(constant, taken);
        if (number) {
            text += "    static constexpr int " + called + " = " + value.dump() + ";\n";
            continue;
        }
        // With its length, which the compiler need not count then.
        const auto& word = value.get_ref<const std::string&>();
        text += "    static constexpr std::string_view " + called + "{" + literal(word) + ", " +
                std::to_string(word.size()) + "};\n";
    }
    return text + "};\n";
}

/// One sentence where the model says something that can be told without its words.
std::string shape_writer::comment(const std::string& id) const {
    for (const auto& one : plan_.operations()) {
        if (one.output == id && !pagination(plan_, one.id).is_null())
            return "/// One page of `" + one.name + "`.\n";
        if (one.output == id) return "/// What `" + one.name + "` answers.\n";
        if (one.events == id) return "/// One event of `" + one.name + "`: one member is set.\n";
    }
    if (plan_.is_error(id)) return "/// The error " + std::string(local_name(id)) + ".\n";
    if (plan_.model().kind(id) == shape_kind::union_) return "/// Exactly one member is set.\n";
    if (trait(plan_.model().traits(id), "smithy.api#deprecated") != nullptr)
        return "/// Deprecated by AWS.\n";
    return {};
}

std::string shape_writer::structure(const std::string& id) {
    std::string text = comment(id) + opening(plan_.name(id)) + fields(members(id, false));
    if (plan_.model().kind(id) == shape_kind::union_)
        text +=
            "    std::string unknown_member{};  ///< The name of one that came and is not here.\n";
    return text + closing;
}

std::string shape_writer::operation(const operation_plan& one) {
    const auto all = members(one.input, true);
    std::string text = "/// The operation " + one.wire_name + ".";
    if (trait(plan_.model().traits(one.id), "smithy.api#deprecated") != nullptr)
        text += " Deprecated by AWS.";
    text += "\n" + opening(one.name) + fields(all);
    if (!all.empty()) text += "\n";
    return text + "    using output = " + apart_from(all, plan_.templated(one.output_name)) +
           ";\n" + closing;
}

std::string shape_writer::name_of(const definition& one) const {
    switch (one.kind) {
        case definition::what::operation: return plan_.operations()[one.operation].name;
        case definition::what::empty_output: return plan_.operations()[one.operation].output_name;
        default: return plan_.name(one.id);
    }
}

std::string shape_writer::definition_of(const definition& one) {
    std::string text;
    for (const auto& known : one.known)
        text += "template <class> struct " + plan_.name(known) + ";\n";
    switch (one.kind) {
        case definition::what::enumeration: return text + enumeration(one.id);
        case definition::what::structure: return text + structure(one.id);
        case definition::what::operation:
            return text + operation(plan_.operations()[one.operation]);
        case definition::what::empty_output:
            return text + "/// What `" + plan_.operations()[one.operation].name + "` answers.\n" +
                   opening(name_of(one)) + closing;
    }
    return text;
}

}  // namespace generator
