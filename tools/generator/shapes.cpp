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

/// `name` as "awsxx::name" wherever it stands as a word of its own and not behind "::".
std::string qualified_with_library(std::string text, const std::string& name) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
        const std::size_t end = at + name.size();
        const bool word = (at == 0 || (!is_word(text[at - 1]) && text[at - 1] != ':')) &&
                          (end == text.size() || !is_word(text[end]));
        if (word) text.insert(at, "awsxx::");
        at += name.size() + (word ? 7 : 0);
    }
    return text;
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

std::string shape_writer::fields(const std::vector<written_member>& all,
                                 const std::set<std::string>& unfinished) const {
    std::set<std::string> hidden;  // by a member of the same name
    for (const auto* word : {"secret", "maybe", "box", "timestamp", "document", "http"})
        for (const auto& one : all)
            if (one.name == word) hidden.insert(word);
    for (const auto& one : all)
        if (one.name == plan_.name_space()) hidden.insert(one.name);
    std::string text;
    for (const auto& one : all) {
        std::string type = one.type.type.text;
        for (const auto& word : hidden) type = qualified_with_library(type, word);
        // clang wants to know an element before it initializes a list of such; the list's own
        // constructor does it later.
        const std::string held = plan_.model().innermost(one.what.target);
        const bool later = held != one.what.target && unfinished.contains(held);
        text += "    " + type + " " + one.name + (later ? ";" : "{" + one.type.initial + "};");
        if (trait(one.what.traits, "smithy.api#deprecated") != nullptr)
            text += "  ///< Deprecated by AWS.";
        text += "\n";
    }
    return text;
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

std::string shape_writer::structure(const definition& one) {
    const std::string& id = one.id;
    std::string text =
        comment(id) + "struct " + plan_.name(id) + " {\n" + fields(members(id, false), one.known);
    if (plan_.model().kind(id) == shape_kind::union_)
        text +=
            "    std::string unknown_member{};  ///< The name of one that came and is not here.\n";
    return text + "    template <class> struct wire;\n};\n";
}

std::string shape_writer::operation(const operation_plan& one,
                                    const std::set<std::string>& unfinished) {
    const auto all = members(one.input, true);
    std::string text = "/// The operation " + one.wire_name + ".";
    if (trait(plan_.model().traits(one.id), "smithy.api#deprecated") != nullptr)
        text += " Deprecated by AWS.";
    text += "\nstruct " + one.name + " {\n" + fields(all, unfinished);
    if (!all.empty()) text += "\n";
    text += "    using output = " + plan_.qualified(one.output_name) + ";\n";
    return text + "    template <class> struct wire;\n};\n";
}

std::string shape_writer::definition_of(const definition& one) {
    std::string text;
    for (const auto& known : one.known) text += "struct " + plan_.name(known) + ";\n";
    const operation_plan* const op =
        one.operation < plan_.operations().size() ? &plan_.operations()[one.operation] : nullptr;
    switch (one.kind) {
        case definition::what::enumeration: return text + enumeration(one.id);
        case definition::what::structure: return text + structure(one);
        case definition::what::operation: return text + operation(*op, one.known);
        case definition::what::empty_output:
            return text + "/// What `" + op->name + "` answers.\nstruct " + op->output_name +
                   " {\n    template <class> struct wire;\n};\n";
    }
    return text;
}

}  // namespace generator
