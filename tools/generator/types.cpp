// SPDX-License-Identifier: MIT
#include "types.hpp"

#include "names.hpp"
#include "oddities.hpp"
#include "secrets.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace generator {

namespace {

/// Tables of the library for `std::optional` of these.
const std::map<std::string, std::string> optionals{
    {"model::boolean", "model::optional_boolean"},
    {"model::integer", "model::optional_integer"},
    {"model::long_integer", "model::optional_long"},
    {"model::double_number", "model::optional_double"},
    {"model::text", "model::optional_text"},
    {"model::timestamp", "model::optional_timestamp"}};

bool is_template(const std::string& table) {
    return table.find('<') != std::string::npos && !table.ends_with("::type");
}

/// The table of a structure.
std::string table_of(const std::string& structure) {
    return structure + "::template wire<D>::type";
}

std::string date_format_of(const json* member, const json* shape) {
    std::string format = trait_text(member, "smithy.api#timestampFormat");
    if (format.empty()) format = trait_text(shape, "smithy.api#timestampFormat");
    for (char& c : format)
        if (c == '-') c = '_';
    return format;
}

}  // namespace

std::string value_type::reference() const { return (is_template(table) ? "" : "&") + table; }

/// The name of one of the library's types, which the service may have taken for a shape.
std::string type_writer::builtin(const std::string& name) const {
    return plan_.has_name(name) ? "awsxx::" + name : name;
}

std::string type_writer::define(const std::string& hint, const std::string& initializer) {
    const auto [known, is_new] = known_tables_.try_emplace(initializer);
    if (is_new) {
        std::string name = identifier(hint);
        for (int number = 2; !table_names_.insert(name).second; ++number)
            name = identifier(hint) + "_" + std::to_string(number);
        known->second = "tables::" + name + "<D>";
        tables_.push_back({std::move(name), initializer});
    }
    return known->second;
}

std::string type_writer::space(const json* traits) {
    const json* const value = trait(traits, "smithy.api#xmlNamespace");
    if (value == nullptr || !format_.xml) return {};
    const std::string prefix = value->value("prefix", "");
    std::string initializer = literal(value->value("uri", ""));
    if (!prefix.empty()) initializer += ", " + literal(prefix);
    const auto [known, is_new] = known_spaces_.try_emplace(initializer);
    if (is_new) {
        known->second = "space_" + std::to_string(spaces_.size() + 1);
        spaces_.push_back({known->second, initializer});
    }
    return "&tables::" + known->second;
}

/// What a member or its shape says of the element that it is.
void type_writer::decorate(table_text& table, const shape_member& what) {
    if (!format_.xml) return;
    const json* const own = plan_.model().traits(what.target);
    std::string declared = space(what.traits);
    if (declared.empty()) declared = space(own);
    if (!declared.empty()) table.set("xml_space", declared);
    if (!format_.names_body || trait(what.traits, "smithy.api#httpPayload") == nullptr) return;
    std::string name = trait_text(what.traits, "smithy.api#xmlName");
    if (name.empty()) name = trait_text(own, "smithy.api#xmlName");
    if (name.empty()) name = local_name(what.target);
    table.set("xml_name", literal(name));
}

value_type type_writer::text_type(const std::string& owner, const shape_member& what,
                                  const std::string& hint) {
    const json* const own = plan_.model().traits(what.target);
    std::string media = trait_text(what.traits, "smithy.api#mediaType");
    if (media.empty()) media = trait_text(own, "smithy.api#mediaType");
    const bool blob =
        plan_.model().kind(what.target) == shape_kind::blob || is_base64(plan_, owner, what);
    const std::string kind = blob ? "blob" : "text";
    table_text table(kind);
    decorate(table, what);
    table.erase("xml_name");
    if (!media.empty()) table.set("media_type", literal(media));
    if (table.is_plain()) return {"std::string", "model::" + kind};
    return {"std::string", define(hint, table.text())};
}

bool type_writer::is_secret(const std::string& owner, const shape_member& what) const {
    return generator::is_secret(plan_, owner, what);
}

value_type type_writer::scalar(const std::string& owner, const shape_member& what,
                               shape_kind kind) {
    const std::string hint = std::string(local_name(owner)) + "_" + what.name;
    switch (kind) {
        case shape_kind::boolean: return {"bool", "model::boolean"};
        case shape_kind::integer: return {"int", "model::integer"};
        case shape_kind::long_: return {"std::int64_t", "model::long_integer"};
        case shape_kind::float_: return {"float", "model::float_number"};
        case shape_kind::double_: return {"double", "model::double_number"};
        case shape_kind::int_enumeration:
            return {plan_.qualified(plan_.name(what.target)), "model::integer"};
        case shape_kind::enumeration:
            return {plan_.qualified(plan_.name(what.target)), text_type(owner, what, hint).table};
        case shape_kind::document: return {builtin("document"), "model::document"};
        case shape_kind::timestamp: {
            const std::string format =
                date_format_of(what.traits, plan_.model().traits(what.target));
            return {builtin("timestamp"), format.empty()
                                              ? "model::timestamp"
                                              : "model::timestamp_as<date_format::" + format + ">"};
        }
        default: break;
    }
    if (!is_secret(owner, what)) return text_type(owner, what, hint);
    return {builtin("secret"),
            kind == shape_kind::blob ? "model::sensitive_blob" : "model::sensitive"};
}

value_type type_writer::structure(const shape_member& what, const std::string& hint) {
    const std::string name = plan_.templated(plan_.name(what.target));
    table_text table("structure");
    decorate(table, what);
    if (table.is_plain()) return {name, table_of(name), true};
    if (const auto count = plan_.members(what.target).size(); count > 0)
        table.set("fields", name + "::template wire<D>::fields")
            .set("field_count", std::to_string(count));
    if (plan_.model().kind(what.target) == shape_kind::union_)
        table.set("exclusive", "true").set("unknown", "offsetof(" + name + ", unknown_member)");
    return {name, define(hint, table.text()), true};
}

/// An entry of a list or a map; null entries take something that can be empty.
value_type type_writer::element(const std::string& owner, const shape_member& part,
                                const std::string& hint) {
    value_type inner = base(owner, part, hint + "_" + part.name);
    if (trait(plan_.model().traits(owner), "smithy.api#sparse") == nullptr) return inner;
    const bool own = inner.whole || plan_.model().kind(part.target) == shape_kind::enumeration;
    return optional(inner, own ? "maybe" : "std::optional", hint + "_" + part.name);
}

/// What lists and maps have in common.
value_type type_writer::container(const shape_member& what, const value_type& inner,
                                  const std::string& text, table_text table) {
    const std::string kind = plan_.model().kind(what.target) == shape_kind::map ? "map" : "list";
    decorate(table, what);
    if (format_.xml && trait(what.traits, "smithy.api#xmlFlattened") != nullptr)
        table.set("flattened", "true");
    if (trait(plan_.model().traits(what.target), "smithy.api#sparse") != nullptr)
        table.set("sparse", "true");
    const bool usual =
        table.is_plain() && (text.starts_with("std::vector<") || text.starts_with("std::map<"));
    if (usual && inner.table == "model::text" && inner.text == "std::string")
        return {text, kind == "map" ? "model::text_map<D>" : "model::text_list", true};
    if (usual && inner.table == table_of(inner.text))
        return {text, "model::" + kind + "_of<" + inner.text + ", D>", true};
    table.set("element", "&" + inner.table)
        .set("access", "&model::" + kind + "_access<" + text + ">");
    return {text, define(std::string(local_name(what.target)), table.text()), true};
}

value_type type_writer::list(const shape_member& what) {
    const shape_member part = plan_.model().part(what.target, "member");
    const value_type inner = element(what.target, part, std::string(local_name(what.target)));
    table_text table("list");
    if (format_.xml) {
        const std::string name = trait_text(part.traits, "smithy.api#xmlName");
        if (!name.empty() && name != "member") table.set("element_name", literal(name));
        if (const auto declared = space(part.traits); !declared.empty())
            table.set("element_space", declared);
    }
    const bool packed = inner.text == "bool";  // a vector of bool has none that one could point at
    return container(what, inner, (packed ? "std::deque<" : "std::vector<") + inner.text + ">",
                     table);
}

value_type type_writer::map(const shape_member& what) {
    const shape_member key = plan_.model().part(what.target, "key");
    const shape_member value = plan_.model().part(what.target, "value");
    const value_type inner = element(what.target, value, std::string(local_name(what.target)));
    table_text table("map");
    const auto name_part = [&](const shape_member& of, const char* name, const char* space_name) {
        const std::string own = trait_text(of.traits, "smithy.api#xmlName");
        if (!own.empty() && own != of.name) table.set(name, literal(own));
        if (const auto declared = space(of.traits); !declared.empty())
            table.set(space_name, declared);
    };
    if (format_.xml) {
        name_part(key, "key_name", "key_space");
        name_part(value, "value_name", "element_space");
    }
    return container(what, inner, plan_.asked().map + "<std::string, " + inner.text + ">", table);
}

value_type type_writer::base(const std::string& owner, const shape_member& what,
                             const std::string& hint) {
    const shape_kind kind = plan_.model().kind(what.target);
    switch (kind) {
        case shape_kind::structure:
        case shape_kind::union_: return structure(what, hint);
        case shape_kind::list: return list(what);
        case shape_kind::map: return map(what);
        default: return scalar(owner, what, kind);
    }
}

value_type type_writer::optional(const value_type& inner, const std::string& holder,
                                 const std::string& hint) {
    const std::string text =
        (holder.starts_with("std::") ? holder : builtin(holder)) + "<" + inner.text + ">";
    if (holder == "std::optional")
        if (const auto known = optionals.find(inner.table); known != optionals.end())
            return {text, known->second};
    if (inner.table == "model::document") return {inner.text, "model::optional_document"};
    if (inner.table == table_of(inner.text))
        return {text, "model::" + holder + "_of<" + inner.text + ", D>"};
    return {text,
            define(hint + "_optional", table_text("optional")
                                           .set("element", "&" + inner.table)
                                           .set("access", "&model::optional_access<" + text + ">")
                                           .text())};
}

value_type type_writer::stream(const std::string& owner, bool input) const {
    if (input || plan_.in_input(owner)) return {"http::body", "model::stream", true};
    return {"std::string", "model::blob"};
}

/// True where absent and empty are to be told apart. Plain text, lists and maps are absent when
/// they are empty; so are secrets and enumerations.
bool type_writer::is_optional(const std::string& owner, const shape_member& what,
                              bool required) const {
    const shape_kind kind = plan_.model().kind(what.target);
    if (plan_.asked().presence || plan_.model().kind(owner) == shape_kind::union_) return true;
    if (required || kind == shape_kind::list || kind == shape_kind::map) return false;
    if (kind == shape_kind::enumeration || is_secret(owner, what)) return false;
    const bool text = kind == shape_kind::text || kind == shape_kind::blob;
    const auto& plain = plan_.asked().plain;
    if (text && std::find(plain.begin(), plain.end(), local_name(owner)) != plain.end())
        return false;
    return !text || plan_.in_input(owner) || plan_.is_token(owner, what.name);
}

/// A default that a required member has, if it is another than its type's.
std::string type_writer::initial(const shape_member& what, const value_type& type) const {
    const json* const value = trait(what.traits, "smithy.api#default");
    if (value == nullptr || type.whole) return {};
    const shape_kind kind = plan_.model().kind(what.target);
    if (value->is_boolean() && kind == shape_kind::boolean) return *value ? "true" : "";
    const bool whole_number = kind == shape_kind::integer || kind == shape_kind::long_;
    if (value->is_number_integer() && whole_number && *value != 0) return value->dump();
    const bool text = kind == shape_kind::text || kind == shape_kind::enumeration;
    if (value->is_string() && text && !value->get<std::string>().empty())
        return literal(value->get<std::string>());
    return {};
}

member_type type_writer::member(const std::string& owner, const shape_member& what, bool input) {
    const std::string hint = std::string(local_name(owner)) + "_" + what.name;
    const shape_kind kind = plan_.model().kind(what.target);
    const auto has = [&](const char* name) { return trait(what.traits, name) != nullptr; };
    const json* const own = plan_.model().traits(what.target);
    if (kind == shape_kind::blob && trait(own, "smithy.api#streaming") != nullptr)
        return {stream(owner, input), "", input && has("smithy.api#required"), false};

    member_type result;
    result.token = plan_.in_input(owner) && has("smithy.api#idempotencyToken");
    result.required = plan_.in_input(owner) && has("smithy.api#required") && !result.token &&
                      !has("smithy.api#clientOptional") &&
                      plan_.model().kind(owner) != shape_kind::union_;
    result.type = base(owner, what, hint);
    const bool boxed =
        plan_.model().is_aggregate(what.target) && !input && plan_.is_boxed(owner, what.target);
    if (boxed)
        result.type = optional(result.type, "box", hint);
    else if (is_optional(owner, what, result.required))
        result.type = optional(result.type,
                               result.type.whole || kind == shape_kind::enumeration ||
                                       kind == shape_kind::int_enumeration
                                   ? "maybe"
                                   : "std::optional",
                               hint);
    else if (result.required)
        result.initial = initial(what, result.type);
    return result;
}

}  // namespace generator
