// SPDX-License-Identifier: MIT
// Compares the tables of a service with its published model, where that is at hand.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/model/operation.hpp>

#include <support/catch.hpp>

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace test {

using nlohmann::json;
namespace model = awsxx::model;

/// A service's model, its shapes by their short names.
class service_model {
public:
    explicit service_model(const json& file) {
        for (const auto& [id, shape] : file.at("shapes").items()) {
            shapes_[short_name(id)] = shape;
            if (shape.at("type") == "service") service_ = shape;
        }
    }

    static std::string short_name(const std::string& id) { return id.substr(id.find('#') + 1); }
    const json& service() const { return service_; }
    json shape(const std::string& id) const {
        const auto found = shapes_.find(short_name(id));
        if (found != shapes_.end()) return found->second;
        return {{"type", awsxx::text::lowered(short_name(id))}};  // smithy.api#String and the like
    }

private:
    std::map<std::string, json> shapes_{};
    json service_{};
};

inline json trait(const json& shape, const std::string& name) {
    const auto traits = shape.find("traits");
    if (traits == shape.end() || !traits->contains(name)) return nullptr;
    return traits->at(name);
}

inline const model::type& without_optional(const model::type& type) {
    return type.kind == model::kind::optional ? *type.element : type;
}

inline bool matches(model::kind kind, const std::string& type) {
    if (type == "string") return kind == model::kind::text || kind == model::kind::sensitive;
    if (type == "enum") return kind == model::kind::text;
    if (type == "long") return kind == model::kind::long_;
    if (type == "integer") return kind == model::kind::integer;
    if (type == "boolean") return kind == model::kind::boolean;
    if (type == "timestamp") return kind == model::kind::timestamp;
    if (type == "list") return kind == model::kind::list;
    if (type == "map") return kind == model::kind::map;
    if (type == "structure" || type == "union" || type == "unit")
        return kind == model::kind::structure;
    return false;
}

/// Where HTTP has a member, and what it is called there.
inline std::pair<model::place, std::string> place_of(const std::string& name, const json& member) {
    if (const json key = trait(member, "smithy.api#httpQuery"); key.is_string())
        return {model::place::query, key};
    if (const json key = trait(member, "smithy.api#httpHeader"); key.is_string())
        return {model::place::header, key};
    if (!trait(member, "smithy.api#httpPayload").is_null()) return {model::place::payload, name};
    return {model::place::body, name};
}

/// Walks a table and a shape side by side. `in`: an input leads here.
class shape_comparison {
public:
    shape_comparison(const service_model& all, bool in) : all_(all), in_(in) {}

    void compare(const std::string& id, const model::type& table) {
        const json shape = all_.shape(id);
        const std::string type = shape.at("type");
        INFO(id << " is a " << type);
        CHECK(matches(table.kind, type));
        if (type == "list") compare(shape.at("member").at("target"), *table.element);
        if (type != "structure" && type != "union") return;
        CHECK(names(table) == names(shape));
        if (!shape.contains("members")) return;
        for (const auto& [name, member] : shape.at("members").items()) {
            const auto [place, key] = place_of(name, member);
            for (std::size_t i = 0; i < table.field_count; ++i)
                if (table.fields[i].name == key && table.fields[i].place == place)
                    compare_member(member, table.fields[i]);
        }
    }

private:
    void compare_member(const json& member, const model::field& field) {
        const std::string target = member.at("target");
        INFO("member " << field.name);
        const bool required = !trait(member, "smithy.api#required").is_null();
        if (in_) CHECK(((field.traits & model::required) != 0) == required);
        if (in_ && required) CHECK(field.shape->kind != model::kind::optional);
        const std::string type = all_.shape(target).at("type");
        if (!in_ &&
            (type == "integer" || type == "long" || type == "boolean" || type == "timestamp"))
            CHECK(field.shape->kind == model::kind::optional);
        compare(target, without_optional(*field.shape));
    }
    static std::set<std::string> names(const model::type& table) {
        std::set<std::string> all;
        for (std::size_t i = 0; i < table.field_count; ++i) all.emplace(table.fields[i].name);
        return all;
    }
    static std::set<std::string> names(const json& shape) {
        std::set<std::string> all;
        if (!shape.contains("members")) return all;
        for (const auto& [name, member] : shape.at("members").items())
            all.insert(place_of(name, member).second);
        return all;
    }

    const service_model& all_;
    bool in_;
};

inline void compare_service(const service_model& all, const model::service& traits) {
    const json& service = all.service();
    const json about = trait(service, "aws.api#service");
    CHECK(about.at("sdkId") == std::string(traits.id));
    CHECK(about.at("endpointPrefix") == std::string(traits.endpoint_prefix));
    CHECK(service.at("version") == std::string(traits.version));
    const auto signing = traits.signing_name.empty() ? traits.endpoint_prefix : traits.signing_name;
    CHECK(trait(service, "aws.auth#sigv4").at("name") == std::string(signing));
    CHECK_FALSE(trait(service, "aws.protocols#" + std::string(traits.protocol->name)).is_null());
}

/// One operation: its shapes, how it is signed and how it goes on to the next page.
template <class Op>
void compare_operation(const service_model& all) {
    using wire = typename Op::template wire<void>;
    const model::operation& table = wire::operation;
    INFO("operation " << table.name);
    const json operation = all.shape(std::string(table.name));
    REQUIRE(operation.at("type") == "operation");
    CHECK((table.auth == model::auth::none) ==
          (trait(operation, "smithy.api#auth") == json::array()));
    if (!table.http.method.empty()) {
        const json http = trait(operation, "smithy.api#http");
        CHECK(http.at("method") == std::string(table.http.method));
        CHECK(http.at("uri") == std::string(table.http.uri));
    }
    shape_comparison(all, true).compare(operation.at("input").at("target"), *table.input);
    shape_comparison(all, false).compare(operation.at("output").at("target"), *table.output);

    const json pages = trait(operation, "smithy.api#paginated");
    constexpr bool paged = requires { wire::output_token; };
    CHECK(pages.is_null() == !paged);
    if constexpr (paged) {
        const auto named = [&](const char* which, std::string_view name) {
            return awsxx::text::equal_ignoring_case(pages.at(which).template get<std::string>(),
                                                    name);
        };
        CHECK(named("inputToken", "NextToken"));
        CHECK(named("outputToken", "NextToken"));
        Op in;
        typename Op::output out;
        in.*wire::input_token = "next";
        out.*wire::output_token = "next";
        CHECK((out.*wire::items).empty());
    }
}

/// Calls `compare` with the model of that name, or says why not.
template <class Compare>
void with_model(const std::string& name, Compare compare) {
    const std::string folder = AWSXX_CONFORMANCE_DIR;
    if (folder.empty()) {
        WARN("skipped: AWSXX_CONFORMANCE_DIR not set");
        return;
    }
    std::ifstream file(folder + "/models/" + name + ".json");
    REQUIRE(file);
    compare(service_model(json::parse(file)));
}

}  // namespace test
