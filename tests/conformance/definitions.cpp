// SPDX-License-Identifier: MIT
#include "definitions.hpp"

#include <fstream>
#include <map>
#include <utility>

namespace conformance {

namespace {

using nlohmann::json;

struct defined {
    std::string path{};
    json value{};
};

std::map<std::pair<std::string, std::string>, defined>& all() {
    static std::map<std::pair<std::string, std::string>, defined> definitions;
    return definitions;
}

}  // namespace

void define(const json& line) {
    const std::string kind = line.value("define", "");
    all()[{kind, line.value("name", "")}] = {line.value("path", ""), line.value(kind, json())};
}

const json& definition(const std::string& kind, const std::string& name) {
    defined& found = all()[{kind, name}];
    if (found.value.is_null() && !found.path.empty()) {
        std::ifstream file(found.path);
        found.value = json::parse(file, nullptr, false);
        if (found.value.is_discarded()) found.value = nullptr;
    }
    return found.value;
}

std::string definition_path(const std::string& kind, const std::string& name) {
    return all()[{kind, name}].path;
}

}  // namespace conformance
