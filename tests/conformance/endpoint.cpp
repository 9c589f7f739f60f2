// SPDX-License-Identifier: MIT
// The suite endpoint: rule sets, compiled as the generator does and read as sessions do.
#include "definitions.hpp"
#include "suites.hpp"

#include <awsxx/runtime/partitions.hpp>
#include <awsxx/runtime/rules.hpp>

#include <rules/rules.hpp>

#include <deque>
#include <exception>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

namespace {

using awsxx::runtime::partition;
using awsxx::runtime::rule_evaluation;
using awsxx::runtime::rule_node;
using awsxx::runtime::rule_value;

/// A table of partitions that came as JSON.
class partition_table {
public:
    explicit partition_table(const json& from) {
        const json all = from.is_object() ? from.value("partitions", json::array()) : json::array();
        for (const json& one : all) add(one);
    }
    partition_table(const partition_table&) = delete;
    partition_table& operator=(const partition_table&) = delete;
    ~partition_table() = default;

    static const partition& find(const void* table, std::string_view region) {
        const auto& self = *static_cast<const partition_table*>(table);
        const std::string name(region);
        for (const entry& one : self.all_)
            if (const auto at = one.regions.find(name); at != one.regions.end()) return *at->second;
        for (const entry& one : self.all_)
            if (std::regex_match(name, one.pattern)) return *one.usual;
        for (const entry& one : self.all_)
            if (one.usual->id == "aws") return *one.usual;
        return self.all_.empty() ? awsxx::runtime::partitions[0] : *self.all_.front().usual;
    }

private:
    struct entry {
        std::regex pattern;
        const partition* usual;
        std::map<std::string, const partition*> regions;
    };

    void add(const json& one) {
        const json usual = one.value("outputs", json::object());
        entry made{std::regex(one.value("regionRegex", "")), kept(one, usual), {}};
        const json regions = one.value("regions", json::object());
        for (const auto& [name, own] : regions.items()) {
            json outputs = usual;
            outputs.update(own.value("outputs", own));
            made.regions[name] = kept(one, outputs);
        }
        all_.push_back(std::move(made));
    }
    const partition* kept(const json& one, const json& outputs) {
        made_.push_back({.id = text(outputs.value("name", one.value("id", ""))),
                         .dns_suffix = text(outputs.value("dnsSuffix", "")),
                         .dual_stack_suffix = text(outputs.value("dualStackDnsSuffix", "")),
                         .global_region = text(outputs.value("implicitGlobalRegion", "")),
                         .has_fips = outputs.value("supportsFIPS", false),
                         .has_dual_stack = outputs.value("supportsDualStack", false)});
        return &made_.back();
    }
    std::string_view text(std::string from) { return texts_.emplace_back(std::move(from)); }

    std::deque<std::string> texts_{};
    std::deque<partition> made_{};
    std::vector<entry> all_{};
};

const partition_table& table_named(const std::string& name) {
    static std::map<std::string, partition_table> all;
    return all.try_emplace(name, definition("partitions", name)).first->second;
}

/// The service among the shapes of a model, as far as its traits.
json service_traits(const json& model) {
    const auto shapes = model.find("shapes");
    if (shapes == model.end()) return json::object();
    for (const json& shape : *shapes)
        if (shape.value("type", "") == "service") return shape.value("traits", json::object());
    return json::object();
}

const tools::rules::compiled& rules_named(const std::string& kind, const std::string& name) {
    static std::map<std::string, tools::rules::compiled> all;
    const auto known = all.find(kind + " " + name);
    if (known != all.end()) return known->second;
    const json& from = definition(kind, name);
    return all[kind + " " + name] = kind == "model"
                                        ? tools::rules::compile_service(service_traits(from))
                                        : tools::rules::compile(from);
}

json to_json(const rule_node& node) {
    const rule_value value = node.value();
    switch (value.what) {
        case rule_value::kind::flag: return value.yes;
        case rule_value::kind::number: return value.number;
        case rule_value::kind::text: return std::string(value.text);
        case rule_value::kind::node: break;
        default: return nullptr;
    }
    json all = node.is_record() ? json::object() : json::array();
    node.each([&](std::string_view name, const rule_node& one) {
        if (all.is_object())
            all[std::string(name)] = to_json(one);
        else
            all.push_back(to_json(one));
    });
    return all;
}

json to_json(const rule_evaluation& found) {
    json headers = json::object();
    found.each_header([&](std::string_view name, std::string_view value) {
        headers[std::string(name)].push_back(std::string(value));
    });
    return {{"url", std::string(found.url())},
            {"headers", std::move(headers)},
            {"properties", to_json(found.properties())}};
}

/// The parameters of a case, for as long as its rules are read.
class parameters {
public:
    void give(const json& from, rule_evaluation& to) {
        for (const auto& [name, value] : from.items()) {
            if (value.is_boolean()) to.set(name, value.get<bool>());
            if (value.is_string()) to.set(name, text(value));
            if (!value.is_array()) continue;
            auto& list = lists_.emplace_back();
            for (const json& one : value) list.push_back(text(one));
            to.set(name, rule_value(std::span<const std::string_view>(list)));
        }
    }

private:
    std::string_view text(const json& from) { return texts_.emplace_back(from.get<std::string>()); }

    std::deque<std::string> texts_{};
    std::deque<std::vector<std::string_view>> lists_{};
};

json evaluate(const tools::rules::compiled& rules, const json& input) {
    const partition_table& table = table_named(input.value("partitions", ""));
    rule_evaluation reading({rules.code, rules.prefix}, {&partition_table::find, &table});
    parameters given;
    given.give(input.value("params", json::object()), reading);
    if (const auto done = reading.run(); !done) return answer::failure(done.error());
    return answer::output(to_json(reading));
}

}  // namespace

json endpoint(const std::string& mode, const json& input) {
    const bool of_service = mode == "service";
    if (!of_service && mode != "ruleset") return answer::unsupported("no mode " + mode);
    const std::string kind = of_service ? "model" : "ruleset";
#if defined(__cpp_exceptions)
    try {
        return evaluate(rules_named(kind, input.value(kind, "")), input);
    } catch (const std::exception& problem) {
        return answer::failure({.kind = awsxx::error_kind::invalid_argument,
                                .code = "MalformedRules",
                                .message = problem.what()});
    }
#else
    return evaluate(rules_named(kind, input.value(kind, "")), input);
#endif
}

}  // namespace conformance
