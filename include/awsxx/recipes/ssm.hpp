// SPDX-License-Identifier: MIT
// Parameters of AWS Systems Manager, their values as secrets.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/timestamp.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/changed.hpp>
#include <awsxx/services/ssm.hpp>
#include <awsxx/session.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes::ssm {

namespace api = awsxx::ssm;

/// A parameter that is there.
struct parameter {
    std::string name{};
    secret value{};
    api::parameter_type type{};
    std::optional<std::int64_t> version{};
    std::string selector{};  ///< ":3" or ":label", as it was asked for.
    std::string arn{};
    std::string data_type{};
    std::optional<timestamp> last_modified_date{};
};

/// A parameter that is to be.
struct new_parameter {
    std::string name{};
    secret value{};
    /// Empty: that of the parameter that is replaced.
    api::parameter_type type = api::parameter_type::secure_string;
    std::optional<std::string> description{};
    std::optional<std::string> key_id{};  ///< The key of a SecureString; absent: the account's.
    std::optional<std::string> allowed_pattern{};
    std::vector<api::tag> tags{};  ///< Only for one that is not there yet.
    api::parameter_tier tier{};
    std::optional<std::string> policies{};
    std::optional<std::string> data_type{};
};

/// What becomes of a parameter that has the name already.
enum class if_exists : unsigned char {
    fail,       ///< It stays, and the call fails with `ParameterAlreadyExists`.
    overwrite,  ///< It gets another version.
};

namespace detail {

inline parameter kept(api::parameter&& from) {
    return {.name = std::move(from.name),
            .value = std::move(from.value),
            .type = std::move(from.type),
            .version = from.version,
            .selector = std::move(from.selector),
            .arn = std::move(from.arn),
            .data_type = std::move(from.data_type),
            .last_modified_date = from.last_modified_date};
}

inline api::put_parameter request_of(const new_parameter& from, if_exists then) {
    return {.name = from.name,
            .description = from.description,
            .value = from.value,
            .type = from.type,
            .key_id = from.key_id,
            .overwrite = then == if_exists::overwrite,
            .allowed_pattern = from.allowed_pattern,
            .tags = from.tags,
            .tier = from.tier,
            .policies = from.policies,
            .data_type = from.data_type};
}

}  // namespace detail

/// A parameter by its name, decrypted unless `with_decryption` says no.
template <class By = session>
expected<parameter> try_get_parameter(api::get_parameter what, const By& by = default_session()) {
    if (!what.with_decryption) what.with_decryption = true;
    auto got = by.try_call(what);
    if (!got) return std::move(got).error();
    if (!got->parameter)
        return error{.kind = error_kind::malformed_answer,
                     .code = "MalformedAnswer",
                     .message = "SSM GetParameter: the answer has no Parameter"};
    return detail::kept(std::move(*got->parameter));
}

/// All parameters below a path, decrypted unless `with_decryption` says no.
///
///     const auto all = awsxx::recipes::ssm::get_parameters_by_path(
///         {.path = "/app/prod", .recursive = true});
template <class By = session>
expected<std::vector<parameter>> try_get_parameters_by_path(api::get_parameters_by_path what,
                                                            const By& by = default_session()) {
    if (!what.with_decryption) what.with_decryption = true;
    std::vector<parameter> all;
    for (auto& one : by.try_items(std::move(what))) {
        if (!one) return std::move(one).error();
        all.push_back(detail::kept(*std::move(one)));
    }
    return all;
}

/// Writes a parameter; the caller says what becomes of one that is there.
///
///     const auto put = awsxx::recipes::ssm::put_parameter(
///         {.name = "/app/prod/key", .value = "s3cr3t"}, awsxx::recipes::ssm::if_exists::fail);
template <class By = session>
expected<changed<api::put_parameter_result>> try_put_parameter(const new_parameter& what,
                                                               if_exists then,
                                                               const By& by = default_session()) {
    return carried_out(by.try_call(detail::request_of(what, then)), "Version",
                       [](const auto& out) { return out.version.has_value(); });
}

/// Removes a parameter.
template <class By = session>
expected<changed<api::delete_parameter_result>> try_delete_parameter(
    const api::delete_parameter& what, const By& by = default_session()) {
    return carried_out(by.try_call(what));
}

#if defined(__cpp_exceptions)
template <class By = session>
auto get_parameter(api::get_parameter what, const By& by = default_session()) {
    return value_or_raise(try_get_parameter(std::move(what), by));
}
template <class By = session>
auto get_parameters_by_path(api::get_parameters_by_path what, const By& by = default_session()) {
    return value_or_raise(try_get_parameters_by_path(std::move(what), by));
}
template <class By = session>
auto put_parameter(const new_parameter& what, if_exists then, const By& by = default_session()) {
    return value_or_raise(try_put_parameter(what, then, by));
}
template <class By = session>
auto delete_parameter(const api::delete_parameter& what, const By& by = default_session()) {
    return value_or_raise(try_delete_parameter(what, by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::ssm
