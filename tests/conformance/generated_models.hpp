// SPDX-License-Identifier: MIT
// Runs the model generator on definitions, compiles what comes out, and loads it.
#pragma once

#include "generated_service.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <memory>
#include <set>
#include <string>

namespace conformance {

using ordered_json = nlohmann::ordered_json;

/// A defined model, its members in their order.
struct model_file {
    std::string path{};
    ordered_json ast{};
    std::string service{};
    std::set<std::string> operations{};  ///< What the service reaches, resources included.
};

/// Takes a definition line as it came; lines of other definitions are ignored.
void define_model(const std::string& line);
/// Notes that cases ask for that operation of the model, before anything is compiled.
void note_operation(const std::string& model, const std::string& operation);

/// The model of that name; null if there is none.
const model_file* find_model(const std::string& name);

/// The tables of the operations that cases ask for, or of all if the model is small. Throws
/// `std::runtime_error` with what the generator or the compiler says.
const service_table& compiled_service(const std::string& model);
/// Compiles a source that refers to all operations of the model. Throws as well.
void compile_all(const std::string& model);

}  // namespace conformance
