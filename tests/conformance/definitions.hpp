// SPDX-License-Identifier: MIT
// The JSON files that cases refer to by name.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace conformance {

/// Takes a line {"define":KIND,"name":NAME,"path":FILE}, or with the JSON itself as member KIND.
void define(const nlohmann::json& line);

/// What a definition holds, read on first use; null if there is none or it cannot be read.
const nlohmann::json& definition(const std::string& kind, const std::string& name);
/// The file that a definition names; empty if it holds the JSON itself.
std::string definition_path(const std::string& kind, const std::string& name);

}  // namespace conformance
