// SPDX-License-Identifier: MIT
#include "plan.hpp"

#include "names.hpp"
#include "ordering.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace generator {

namespace {

/// Names that headers use for something else.
const std::set<std::string> reserved{
    "awsxx",     "std",       "model",    "http",        "codec",          "runtime",
    "protocols", "tables",    "waiters",  "detail",      "aws_json",       "aws_query",
    "ec2_query", "rest_json", "rest_xml", "rpc_v2_cbor", "service_traits", "special_hosts",
    "rules",     "document",  "shapes",   "wire"};

std::string target(const json& operation, const char* side) {
    const auto found = operation.find(side);
    if (found == operation.end() || !found->contains("target")) return "smithy.api#Unit";
    return found->at("target");
}

}  // namespace

std::vector<std::string> errors_of(const smithy_model& model, const std::string& id) {
    std::vector<std::string> result;
    const json& what = model.shape(id);
    if (what.contains("errors"))
        for (const auto& error : what.at("errors")) result.push_back(error.value("target", ""));
    return result;
}

std::string error_codes(const smithy_model& model, const std::string& error) {
    std::string codes(local_name(error));
    const json* const query = trait(model.traits(error), "aws.protocols#awsQueryError");
    const std::string code = query != nullptr ? query->value("code", "") : "";
    return code.empty() || code == codes ? codes : codes + " " + code;
}

std::vector<std::string> path_parts(const std::string& path) {
    std::vector<std::string> parts(1);
    for (const char c : path) {
        if (c == '.')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

json pagination(const plan& all, const std::string& operation) {
    const json* own = trait(all.model().traits(operation), "smithy.api#paginated");
    if (own == nullptr) return {};
    json result = json::object();
    if (const json* common = trait(all.model().traits(all.service()), "smithy.api#paginated"))
        result = *common;
    result.update(*own);
    return result.contains("inputToken") && result.contains("outputToken") ? result : json();
}

plan::plan(const smithy_model& model, const options& asked)
    : model_(model), asked_(asked), service_(model.service(asked.service)) {
    taken_ = reserved;
    taken_.insert(asked_.name_space);
    choose_operations();
    for (const auto& operation : operations_) {
        if (!model_.is_unit(operation.input)) walk(operation.input, in_);
        if (!model_.is_unit(operation.output)) walk(operation.output, out_);
        if (!operation.events.empty()) walk(operation.events, out_);
        for (const auto& error : errors_of(model_, operation.id)) errors_.insert(error);
        note_tokens(operation);
    }
    for (const auto& error : errors_of(model_, service_)) errors_.insert(error);
    for (const auto& error : errors_) walk(error, out_);
    ordering(*this).run();
}

void plan::choose_operations() {
    const auto all = model_.operations(service_);
    reached_ = all.size();
    choose_names(all);
    std::set<std::string> wanted(asked_.operations.begin(), asked_.operations.end());
    for (const auto& id : all) {
        const bool named = wanted.erase(std::string(local_name(id))) + wanted.erase(id) > 0;
        if (asked_.operations.empty() || named) add_operation(id);
    }
    if (!wanted.empty()) throw model_error(*wanted.begin(), "the service has no such operation");
}

void plan::add_operation(const std::string& id) {
    const json& shape = model_.shape(id);
    operation_plan one{.id = id,
                       .wire_name = std::string(local_name(id)),
                       .name = names_.at(id),
                       .input = target(shape, "input"),
                       .output = target(shape, "output")};
    for (const auto& side : {one.input, one.output})
        if (model_.kind(side) != shape_kind::structure)
            throw model_error(side, "is the input or output of " + id + " and no structure");
    for (const auto& member : model_.members(one.input))
        if (is_event_stream(member.target)) {
            leave_out("operation " + one.wire_name,
                      "its input is a stream of events, which takes HTTP/2 in both directions");
            return;
        }
    for (const auto& member : model_.members(one.output))
        if (is_event_stream(member.target)) one.events = member.target;
    one.output_name = model_.is_unit(one.output) ? names_.at(id + "$output") : name(one.output);
    operations_.push_back(std::move(one));
}

/// The same for a slice as for the whole service: all operations first, then shapes by their names.
void plan::choose_names(const std::vector<std::string>& all) {
    for (const auto& id : all) names_[id] = free_name(identifier(local_name(id)));
    std::set<std::string> reached;
    std::set<std::string> inputs;
    for (const auto& id : all) {
        const json& shape = model_.shape(id);
        inputs.insert(target(shape, "input"));
        walk_parts(target(shape, "input"), reached);
        if (const auto output = target(shape, "output"); !model_.is_unit(output))
            walk(output, reached);
        for (const auto& error : errors_of(model_, id)) walk(error, reached);
    }
    for (const auto& error : errors_of(model_, service_)) walk(error, reached);
    for (const auto& id : all)  // unions of events, whose members are left out elsewhere
        for (const auto& member : model_.members(target(model_.shape(id), "output")))
            walk(member.target, reached);
    const json& service = model_.shape(service_);
    const json renamed = service.contains("rename") ? service.at("rename") : json::object();
    for (const auto& id : reached) {
        const shape_kind kind = model_.kind(id);
        if (!model_.is_aggregate(id) && kind != shape_kind::enumeration &&
            kind != shape_kind::int_enumeration)
            continue;
        const std::string called =
            renamed.contains(id) ? renamed.at(id).get<std::string>() : std::string(local_name(id));
        names_[id] = free_name(identifier(called));
    }
    for (const auto& id : all)
        if (model_.is_unit(target(model_.shape(id), "output")))
            names_[id + "$output"] = free_name(snake_case(local_name(id)) + "_response");
}

std::string plan::free_name(const std::string& wanted) {
    if (taken_.insert(wanted).second) return wanted;
    if (reserved.contains(wanted) && taken_.insert(wanted + "_").second) return wanted + "_";
    std::string name = wanted + "_shape";
    for (int number = 2; !taken_.insert(name).second; ++number)
        name = wanted + "_" + std::to_string(number);
    return name;
}

const std::string& plan::name(const std::string& id) const {
    const auto found = names_.find(id);
    if (found == names_.end()) throw model_error(id, "has no name in C++");
    return found->second;
}

bool plan::is_event_stream(const std::string& id) const {
    return model_.kind(id) == shape_kind::union_ &&
           trait(model_.traits(id), "smithy.api#streaming") != nullptr;
}

std::vector<shape_member> plan::members(const std::string& id) const {
    auto all = model_.members(id);
    std::erase_if(all, [&](const shape_member& one) { return is_event_stream(one.target); });
    return all;
}

void plan::walk(const std::string& id, std::set<std::string>& reached) const {
    if (reached.insert(id).second) walk_parts(id, reached);
}

void plan::walk_parts(const std::string& id, std::set<std::string>& reached) const {
    switch (model_.kind(id)) {
        case shape_kind::structure:
        case shape_kind::union_:
            for (const auto& member : members(id)) walk(member.target, reached);
            break;
        case shape_kind::list: walk(model_.part(id, "member").target, reached); break;
        case shape_kind::map:
            walk(model_.part(id, "key").target, reached);
            walk(model_.part(id, "value").target, reached);
            break;
        default: break;
    }
}

void plan::note_tokens(const operation_plan& operation) {
    const json pages = pagination(*this, operation.id);
    if (pages.is_null()) return;
    std::string at = operation.output;
    for (const auto& part : path_parts(pages.at("outputToken")))
        for (const auto& member : members(at))
            if (member.name == part) {
                tokens_.insert(at + "$" + part);
                if (model_.is_aggregate(member.target)) at = member.target;
                break;
            }
}

bool plan::is_boxed(const std::string& owner, const std::string& target) const {
    std::set<std::string> seen;
    std::vector<std::string> open{target};
    while (!open.empty()) {
        const std::string id = open.back();
        open.pop_back();
        if (id == owner) return true;
        if (!seen.insert(id).second) continue;
        for (const auto& member : members(id))
            if (const std::string held = model_.innermost(member.target); model_.is_aggregate(held))
                open.push_back(held);
    }
    return false;
}

}  // namespace generator
