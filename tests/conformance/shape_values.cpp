// SPDX-License-Identifier: MIT
#include "shape_values.hpp"

#include <awsxx/core/date.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/body.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace conformance {

namespace {

namespace model = awsxx::model;
using model::kind;
using nlohmann::json;
using nlohmann::ordered_json;

template <class Number>
Number number(const ordered_json& value) {
    if (value == "NaN") return std::numeric_limits<Number>::quiet_NaN();
    if (value == "Infinity") return std::numeric_limits<Number>::infinity();
    if (value == "-Infinity") return -std::numeric_limits<Number>::infinity();
    return value.get<Number>();
}

template <class Number>
json spelled(Number value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    return value;
}

std::string bytes(const ordered_json& value) {
    auto decoded = awsxx::crypto::from_base64(value.get<std::string>());
    if (!decoded) throw std::runtime_error("no base64: " + value.dump());
    return *std::move(decoded);
}

awsxx::timestamp date(const ordered_json& value) {
    if (value.is_number_integer()) return {value.get<std::int64_t>(), 0};
    const double seconds = value.get<double>();
    const double whole = std::floor(seconds);
    return {static_cast<std::int64_t>(whole),
            static_cast<std::int32_t>(std::llround((seconds - whole) * 1000) * 1'000'000)};
}

json spelled(const awsxx::timestamp& when) {
    if (when.nanoseconds == 0) return when.seconds;
    return static_cast<double>(when.seconds) + static_cast<double>(when.nanoseconds) / 1e9;
}

void put_scalar(const ordered_json& value, const model::type& table, void* at) {
    switch (table.kind) {
        case kind::boolean: *static_cast<bool*>(at) = value.get<bool>(); break;
        case kind::integer: *static_cast<int*>(at) = value.get<int>(); break;
        case kind::long_: *static_cast<std::int64_t*>(at) = value.get<std::int64_t>(); break;
        case kind::float_: *static_cast<float*>(at) = number<float>(value); break;
        case kind::double_: *static_cast<double*>(at) = number<double>(value); break;
        case kind::text: *static_cast<std::string*>(at) = value.get<std::string>(); break;
        case kind::blob: *static_cast<std::string*>(at) = bytes(value); break;
        case kind::sensitive: *static_cast<awsxx::secret*>(at) = value.get<std::string>(); break;
        case kind::sensitive_blob: *static_cast<awsxx::secret*>(at) = bytes(value); break;
        case kind::timestamp: *static_cast<awsxx::timestamp*>(at) = date(value); break;
        case kind::stream: *static_cast<awsxx::http::body*>(at) = bytes(value); break;
        case kind::document:
            if (!table.access->parse(value.dump(), at)) throw std::runtime_error("no document");
            break;
        default: throw std::runtime_error("the table is of another kind than the shape");
    }
}

json get_scalar(const model::type& table, const void* at) {
    switch (table.kind) {
        case kind::boolean: return *static_cast<const bool*>(at);
        case kind::integer: return *static_cast<const int*>(at);
        case kind::long_: return *static_cast<const std::int64_t*>(at);
        case kind::float_: return spelled(*static_cast<const float*>(at));
        case kind::double_: return spelled(*static_cast<const double*>(at));
        case kind::text: return *static_cast<const std::string*>(at);
        case kind::blob: return awsxx::crypto::to_base64(*static_cast<const std::string*>(at));
        case kind::sensitive: return std::string(static_cast<const awsxx::secret*>(at)->expose());
        case kind::sensitive_blob:
            return awsxx::crypto::to_base64(static_cast<const awsxx::secret*>(at)->expose());
        case kind::timestamp: return spelled(*static_cast<const awsxx::timestamp*>(at));
        case kind::document: {
            std::string text;
            if (!table.access->print(at, text)) throw std::runtime_error("no document");
            return json::parse(text);
        }
        default: throw std::runtime_error("the table is of another kind than the shape");
    }
}

}  // namespace

std::vector<std::pair<std::string, std::string>> shape_values::members(
    const std::string& shape) const {
    std::vector<std::pair<std::string, std::string>> all;
    if (shape == "smithy.api#Unit") return all;
    const auto& own = shapes_.at(shape);
    // as in the generator, those of mixins come first
    if (own.contains("mixins"))
        for (const auto& mixin : own.at("mixins"))
            for (auto& one : members(mixin.at("target"))) all.push_back(std::move(one));
    if (!own.contains("members")) return all;
    for (const auto& [name, member] : own.at("members").items()) {
        const std::string target = member.at("target");
        const bool events = shapes_.contains(target) && shapes_.at(target).at("type") == "union" &&
                            shapes_.at(target).contains("traits") &&
                            shapes_.at(target).at("traits").contains("smithy.api#streaming");
        if (events) continue;
        const auto mixed_in = std::find_if(all.begin(), all.end(),
                                           [&](const auto& one) { return one.first == name; });
        if (mixed_in != all.end())
            mixed_in->second = target;
        else
            all.emplace_back(name, target);
    }
    return all;
}

std::string shape_values::part(const std::string& shape, const char* name) const {
    return shapes_.at(shape).at(name).at("target");
}

void shape_values::put_members(const std::string& shape, const ordered_json& value,
                               const model::type& table, void* at) const {
    const auto all = members(shape);
    if (all.size() > table.field_count) throw std::runtime_error(shape + ": another table");
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto given = value.find(all[i].first);
        if (given == value.end() || given->is_null()) continue;
        put(all[i].second, *given, *table.fields[i].shape, model::member(at, table.fields[i]));
    }
}

void shape_values::put(const std::string& shape, const ordered_json& value,
                       const model::type& table, void* at) const {
    switch (table.kind) {
        case kind::optional:
            if (!value.is_null() || table.element->kind == kind::document)
                put(shape, value, *table.element, table.access->emplace(at));
            break;
        case kind::structure: put_members(shape, value, table, at); break;
        case kind::list:
            for (const auto& one : value)
                put(part(shape, "member"), one, *table.element, table.access->append(at));
            break;
        case kind::map:
            for (const auto& [key, one] : value.items())
                put(part(shape, "value"), one, *table.element,
                    table.access->insert(at, std::string(key)));
            break;
        default: put_scalar(value, table, at);
    }
}

json shape_values::get_members(const std::string& shape, const model::type& table,
                               const void* at) const {
    json value = json::object();
    const auto all = members(shape);
    if (all.size() > table.field_count) throw std::runtime_error(shape + ": another table");
    for (std::size_t i = 0; i < all.size(); ++i)
        if (auto one =
                get(all[i].second, *table.fields[i].shape, model::member(at, table.fields[i])))
            value[all[i].first] = *std::move(one);
    return value;
}

json shape_values::get_entries(const std::string& shape, const model::type& table,
                               const void* at) const {
    if (table.kind == kind::list) {
        json value = json::array();
        for (std::size_t i = 0; i < table.access->size(at); ++i)
            value.push_back(get(part(shape, "member"), *table.element, table.access->at(at, i))
                                .value_or(nullptr));
        return value;
    }
    struct context {
        const shape_values* self;
        std::string shape;
        const model::type* element;
        json value;
    } all{this, part(shape, "value"), table.element, json::object()};
    table.access->each(at, &all, [](void* to, const std::string& key, const void* element) {
        auto& one = *static_cast<context*>(to);
        one.value[key] = one.self->get(one.shape, *one.element, element).value_or(nullptr);
    });
    return std::move(all.value);
}

std::optional<json> shape_values::get(const std::string& shape, const model::type& table,
                                      const void* at) const {
    switch (table.kind) {
        case kind::optional: {
            const void* const held = table.access->held(at);
            if (held == nullptr) return {};
            return get(shape, *table.element, held);
        }
        case kind::structure: return get_members(shape, table, at);
        case kind::list:
        case kind::map: return get_entries(shape, table, at);
        default: return get_scalar(table, at);
    }
}

}  // namespace conformance
