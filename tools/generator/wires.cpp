// SPDX-License-Identifier: MIT
#include "wires.hpp"

#include "names.hpp"
#include "oddities.hpp"
#include "operation_traits.hpp"
#include "trait_check.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace generator {

namespace {

std::string wire_opening(const std::string& name) {
    return "template <class D>\ntemplate <class>\nstruct shapes::" + name + "<D>::wire {\n";
}

}  // namespace

json http_of(const plan& all, const std::string& operation) {
    const json* const http = trait(all.model().traits(operation), "smithy.api#http");
    return http != nullptr ? *http : json();
}

std::string wire_writer::field(const std::string& name, const std::string& owner,
                               const written_member& one, const json* http) const {
    const bool in = http != nullptr || plan_.in_input(owner);
    http_place at = place_of(format_, http != nullptr ? *http : json(), one.what);
    if (at.place.empty()) at.name = body_name(format_, one.what, in);
    std::string traits;
    const auto add = [&](bool is, const char* trait) {
        if (is) traits += (traits.empty() ? "model::" : " | model::") + std::string(trait);
    };
    add(one.type.required, "required");
    add(one.type.token, "idempotency_token");
    add(format_.xml && trait(one.what.traits, "smithy.api#xmlAttribute") != nullptr,
        "xml_attribute");
    for (const auto& odd : odd_traits(plan_, one.what, http != nullptr)) add(true, odd.c_str());
    std::string text = "        {" + literal(at.name) + ", " + one.type.type.reference() +
                       ", offsetof(" + name + ", " + one.name + ")";
    if (!traits.empty() || !at.place.empty()) text += ", " + (traits.empty() ? "{}" : traits);
    if (!at.place.empty()) text += ", model::place::" + at.place;
    return text + "},\n";
}

/// A member that answers call otherwise than requests: its second entry.
std::string wire_writer::answer_field(const std::string& name, const std::string& owner,
                                      const written_member& one) const {
    if (!plan_.in_input(owner) || !plan_.in_output(owner)) return {};
    const std::string answered = body_name(format_, one.what, false);
    if (answered == body_name(format_, one.what, true)) return {};
    return "        {" + literal(answered) + ", " + one.type.type.reference() + ", offsetof(" +
           name + ", " + one.name + "), model::answers_only},\n";
}

/// `body`: a request's input, whose element in XML has a name of its own.
std::string wire_writer::type_of(const std::string& name, const std::string& id, std::size_t fields,
                                 bool body) {
    const json* const traits = plan_.model().traits(id);
    const bool is_union = plan_.model().kind(id) == shape_kind::union_;
    table_text more("structure");
    if (body && format_.names_body && !plan_.model().is_unit(id)) {
        const std::string own = trait_text(traits, "smithy.api#xmlName");
        more.set("xml_name", literal(own.empty() ? std::string(local_name(id)) : own));
        if (const auto declared = types_.space(traits); !declared.empty())
            more.set("xml_space", declared);
    }
    if (more.is_plain()) {
        const std::string all = "offsetof(" + name + ", unknown_member)";
        return fields == 0 ? "model::empty_structure"
               : is_union  ? "model::choice(fields, " + all + ")"
                           : "model::structure(fields)";
    }
    if (fields > 0) more.set("fields", "fields").set("field_count", std::to_string(fields));
    if (is_union)
        more.set("exclusive", "true").set("unknown", "offsetof(" + name + ", unknown_member)");
    return "{" + more.text() + "}";
}

std::string wire_writer::table(const std::string& name, const std::string& id,
                               const std::vector<written_member>& all, const json* http) {
    const std::string full = plan_.templated(name);
    std::string text = wire_opening(name);
    if (!all.empty()) {
        text += "    static constexpr model::field fields[] = {\n";
        for (const auto& one : all) text += field(full, id, one, http);
        if (http == nullptr)
            for (const auto& one : all) text += answer_field(full, id, one);
        text += "    };\n";
    }
    const std::string type = type_of(full, id, all.size(), http != nullptr);
    text += "    static constexpr model::type type" +
            (type.starts_with('{') ? type : " = " + type) + ";\n";
    return text;
}

std::string wire_writer::error(const std::string& id) const {
    if (!plan_.is_error(id)) return {};
    std::string text =
        "    static constexpr model::error_shape error{" + literal(std::string(local_name(id)));
    if (const json* const query = trait(plan_.model().traits(id), "aws.protocols#awsQueryError"))
        text += ", " + literal(query->value("code", ""));
    return text + "};\n";
}

std::string wire_writer::structure(const std::string& id) {
    return table(plan_.name(id), id, shapes_.members(id, false), nullptr) + error(id) + "};\n";
}

std::string wire_writer::operation(const operation_plan& one) {
    const auto all = shapes_.members(one.input, true);
    const json http = http_of(plan_, one.id);
    if (format_.rest && http.is_null())
        throw model_error(one.id, "has no binding to HTTP, which its protocol needs");
    if (format_.rest) check_labels(plan_.model(), one.id, one.input);
    std::string text = table(one.name, one.input, all, &http);
    const std::string name = literal(one.wire_name);
    // Some protocols tell an input without members from none.
    const std::string input =
        plan_.model().is_unit(one.input) ? "&model::empty_structure" : "&type";
    const std::string more = operation_traits(plan_, format_, one, all);
    if (more.empty() || more == ".auth = model::auth::none") {
        text += "    static constexpr model::operation operation{" + name + ", &service_traits, " +
                input + ", &output::template wire<D>::type" +
                (more.empty() ? "" : ", model::auth::none") + "};\n";
    } else {
        text += "    static constexpr model::operation operation{.name = " + name +
                ", .service = &service_traits, .input = " + input +
                ", .output = &output::template wire<D>::type, " + more + "};\n";
    }
    if (!one.events.empty())
        text += "    using events = " + plan_.templated(plan_.name(one.events)) + ";\n";
    return text + pages(one) + "};\n";
}

/// `&sts::list::next`, or a path; empty if the path leads nowhere.
std::string wire_writer::pointer(const std::string& root_name, const std::string& root, bool input,
                                 const std::string& path) {
    if (path.empty()) return {};
    std::string name = root_name;
    std::string id = root;
    std::vector<std::string> steps;
    for (const auto& part : path_parts(path)) {
        if (id.empty()) return {};
        const auto all = shapes_.members(id, input && steps.empty());
        const auto found = std::find_if(all.begin(), all.end(), [&](const written_member& one) {
            return one.what.name == part;
        });
        if (found == all.end()) return {};
        steps.push_back("&" + plan_.templated(name) + "::" + found->name);
        const bool deeper = plan_.model().is_aggregate(found->what.target);
        id = deeper ? found->what.target : std::string();
        if (deeper) name = plan_.name(id);
    }
    if (steps.size() == 1) return steps.front();
    std::string text = "model::path<";
    for (const auto& step : steps) text += (step == steps.front() ? "" : ", ") + step;
    return text + ">{}";
}

/// The list that the trait names, or the only one that a page has.
std::string wire_writer::items_of(const operation_plan& one, const json& trait) const {
    if (trait.contains("items")) return trait.at("items");
    std::string only;
    for (const auto& member : plan_.members(one.output)) {
        if (plan_.model().kind(member.target) != shape_kind::list) continue;
        if (!only.empty()) return {};
        only = member.name;
    }
    return only;
}

std::string wire_writer::pages(const operation_plan& one) {
    const json trait = pagination(plan_, one.id);
    if (trait.is_null()) return {};
    const auto in = [&](const std::string& path) {
        return pointer(one.name, one.input, true, path);
    };
    const auto out = [&](const std::string& path) {
        return pointer(one.output_name, one.output, false, path);
    };
    const std::string input_token = in(trait.at("inputToken"));
    const std::string output_token = out(trait.at("outputToken"));
    if (input_token.empty() || output_token.empty()) {
        plan_.leave_out("pages of " + one.wire_name, "its tokens are no members");
        return {};
    }
    std::string text;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            text += "    static constexpr auto " + std::string(name) + " = " + value + ";\n";
    };
    add("input_token", input_token);
    add("output_token", output_token);
    add("items", out(items_of(one, trait)));
    add("more_results", out("IsTruncated"));
    return text;
}

std::string wire_writer::wire_of(const definition& one) {
    switch (one.kind) {
        case definition::what::structure: return structure(one.id);
        case definition::what::operation: return operation(plan_.operations()[one.operation]);
        case definition::what::empty_output:
            return wire_opening(plan_.operations()[one.operation].output_name) +
                   "    static constexpr model::type type = model::empty_structure;\n};\n";
        case definition::what::enumeration: break;
    }
    return {};
}

}  // namespace generator
