// SPDX-License-Identifier: MIT
// Endpoint rules from tests/data/rules and from published models, compiled.
#pragma once

#include <awsxx/model/rules.hpp>

#include <rules/rules.hpp>

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <string>

namespace test {

inline nlohmann::json json_file(const std::string& path) {
    std::ifstream file(path);
    return nlohmann::json::parse(file, nullptr, false);
}

/// A rule set of tests/data/rules. Lives for good.
inline awsxx::model::rule_set rules_named(const std::string& name) {
    static std::map<std::string, tools::rules::compiled> all;
    auto& one = all[name];
    if (one.code.empty())
        one = tools::rules::compile(json_file(AWSXX_TEST_DATA_DIR "/rules/" + name + ".json"));
    return {one.code, one.prefix};
}

/// The traits of the service in a published model; null where there is none at hand.
inline nlohmann::json published_traits(const std::string& model) {
    const auto all = json_file(AWSXX_CONFORMANCE_DIR "/models/" + model + ".json");
    if (!all.is_object()) return nullptr;
    for (const auto& shape : all.at("shapes"))
        if (shape.at("type") == "service") return shape.at("traits");
    return nullptr;
}

}  // namespace test
