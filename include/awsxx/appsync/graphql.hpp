// SPDX-License-Identifier: MIT
// GraphQL as JSON: what is asked, what comes back, and the errors in it.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/document.hpp>
#include <awsxx/runtime/classify.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace awsxx::inline AWSXX_ABI::appsync {

/// A query or a mutation.
struct graphql_request {
    std::string query{};
    document variables{};          ///< An object; null: none are sent.
    std::string operation_name{};  ///< Where the query has several.
};

/// One of the errors of an answer.
struct graphql_error {
    std::string message{};
    /// `errorType`, as in "Unauthorized" or "DynamoDB:ConditionalCheckFailed".
    std::string type{};
    /// Where in the data, as in "GetApp.GetAwsCredentials"; empty: nowhere.
    std::string path{};
    document info{};  ///< `errorInfo`
    document data{};
};

/// What came back. There may be data and errors at once.
struct graphql_answer {
    document data{};
    std::vector<graphql_error> errors{};
};

namespace detail::graphql {

inline document member(const document& of, const char* name) {
    const auto found = of.find(name);
    return found == of.end() ? document() : *found;
}

/// ["GetApp", 0, "name"] as GetApp.0.name
inline std::string path(const document& of) {
    std::string shown;
    const auto list = of.find("path");
    if (list == of.end() || !list->is_array()) return shown;
    for (const auto& step : *list) {
        if (!shown.empty()) shown += '.';
        if (const auto* name = step.get_ptr<const std::string*>())
            shown += *name;
        else if (step.is_number_integer())
            shown += std::to_string(step.get<long long>());
    }
    return shown;
}

/// One that is not as it should be is an error still.
inline graphql_error error_of(const document& one) {
    if (const auto* words = one.get_ptr<const std::string*>()) return {.message = *words};
    if (!one.is_object())
        return {.message = "an error that is none of GraphQL's", .type = "MalformedAnswer"};
    return {.message = model::text_member(one, "message"),
            .type = model::text_member(one, "errorType"),
            .path = path(one),
            .info = member(one, "errorInfo"),
            .data = member(one, "data")};
}

inline std::vector<graphql_error> errors(const document& answer) {
    const auto list = answer.find("errors");
    if (list == answer.end() || list->is_null()) return {};
    if (!list->is_array()) return {error_of(*list)};
    std::vector<graphql_error> found;
    for (const auto& one : *list) found.push_back(error_of(one));
    return found;
}

/// The beginning of what came in place of JSON, for people.
inline std::string described(std::string_view body) {
    const std::size_t first = body.find_first_not_of(" \t\r\n");
    if (first == body.npos) return "an empty body";
    return body[first] == '<' ? "HTML or XML" : "something else";
}

}  // namespace detail::graphql

/// The body of a request. Fails with `invalid_argument` for variables that JSON cannot say, or that
/// are no object.
inline expected<std::string> write_graphql(const graphql_request& what) {
    const auto bad = [](const char* why) {
        return error{
            .kind = error_kind::invalid_argument, .code = "InvalidGraphqlRequest", .message = why};
    };
    if (what.query.empty()) return bad("there is no query");
    if (!what.variables.is_null() && !what.variables.is_object())
        return bad("the variables of a query are members of an object");
    document body{{"query", what.query}};
    if (!what.variables.is_null()) body["variables"] = what.variables;
    if (!what.operation_name.empty()) body["operationName"] = what.operation_name;
    std::string text;
    if (!model::document.access->print(&body, text))
        return bad("the variables hold what JSON cannot say");
    return text;
}

/// Reads an answer. Fails with `malformed_answer` for what is not GraphQL's: HTML, cut JSON, and an
/// object with neither data nor errors.
inline expected<graphql_answer> read_graphql(std::string_view body) {
    const auto odd = [](std::string why) {
        return error{.kind = error_kind::malformed_answer,
                     .code = "MalformedAnswer",
                     .message = std::move(why)};
    };
    const auto parsed = document::parse(body.begin(), body.end(), nullptr, false);
    if (parsed.is_discarded())
        return odd("the answer is " + detail::graphql::described(body) +
                   " where JSON was expected");
    if (!parsed.is_object() || (!parsed.contains("data") && !parsed.contains("errors")))
        return odd("the answer is JSON, but has neither data nor errors");
    return graphql_answer{.data = detail::graphql::member(parsed, "data"),
                          .errors = detail::graphql::errors(parsed)};
}

/// The first of the errors as one of awsxx: its `code` is the error's type, or "GraphqlError".
inline error to_error(const std::vector<graphql_error>& all) {
    constexpr int fine = 200;
    if (all.empty())
        return {.kind = error_kind::malformed_answer,
                .http_status = fine,
                .code = "MalformedAnswer",
                .message = "the answer has neither data nor an error that can be read"};
    const graphql_error& first = all.front();
    error made{.kind = error_kind::client,
               .http_status = fine,
               .code = first.type.empty() ? "GraphqlError" : first.type,
               .message = first.message};
    const std::string_view code = runtime::without_suffix(made.code);
    if (code == "MalformedAnswer") made.kind = error_kind::malformed_answer;
    if (code == "Unauthorized" || code == "AccessDenied") made.kind = error_kind::denied;
    if (runtime::detail::classify::tells_absence(code)) made.kind = error_kind::not_found;
    if (!first.path.empty()) made.message += " (at " + first.path + ")";
    if (all.size() > 1) made.message += " and " + std::to_string(all.size() - 1) + " more";
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI::appsync
