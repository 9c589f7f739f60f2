// SPDX-License-Identifier: MIT
// Makes the constants from which generated services know their endpoints.
#pragma once

#include <nlohmann/json.hpp>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace tools::rules {

using json = nlohmann::json;

/// A rule set, a trait or a model is not what it should be; the text begins with the place.
class malformed : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Endpoint rules as `awsxx::model::rule_set` has them.
struct compiled {
    std::string code{};
    std::string prefix{};
};

/// Compiles what `smithy.rules#endpointRuleSet` or `smithy.rules#endpointBdd` holds.
/// Throws `malformed`.
compiled compile(const json& rule_set);

/// Compiles the rules among the traits of a service shape: the rule set, which comes out smaller,
/// or the decision diagram, which is read faster, where that counts; nothing where there is neither.
/// Throws `malformed`.
compiled compile_service(const json& traits);

/// A constant as C++ text.
struct constant {
    std::string definitions{};            ///< To stand before the use; may be empty.
    std::string value{};                  ///< For `.rules = `; empty: there are none.
    std::vector<std::string> includes{};  ///< As in "awsxx/model/standard_rules.hpp".
};

/// The rules among the traits of a service shape. `name` is the one that definitions give them;
/// rules that the library has already are referred to. Throws `malformed`.
constant service_rules(const json& traits, const std::string& name = "endpoint_rules");

/// A text as a C++ literal.
std::string cpp_literal(const std::string& text);

/// The C++ text of a constant of that name with that code.
std::string definition(const std::string& name, const std::string& code);

/// The index that a member has in the table of its structure; negative: the table leaves it out.
/// Both as in the model: "com.amazonaws.s3#GetObjectRequest", "Bucket".
using member_index = std::function<int(const std::string& structure, const std::string& member)>;

/// What an operation gives to the rules, as the C++ literal for `.endpoint_parameters`; empty:
/// nothing. `model` is the whole JSON AST, `operation` a shape id in it. Throws `malformed`.
std::string endpoint_parameters(const json& model, const std::string& operation,
                                const member_index& index);

/// The URI of an operation's HTTP binding without what the rules put into host or path:
/// "/{Bucket}/{Key+}" of S3 is "/{Key+}". Empty where there is no binding. Throws `malformed`.
std::string request_uri(const json& model, const std::string& operation);

}  // namespace tools::rules
