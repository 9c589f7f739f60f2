// SPDX-License-Identifier: MIT
// What a session of EchoStream has to be told, in code or by the environment.
#pragma once

#include <awsxx/appsync/echostream_answer.hpp>
#include <awsxx/cognito/user.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/settings.hpp>

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::appsync {

/// What is empty is taken from the environment variable beside it or, before that, from the one of
/// that name behind "ECHOSTREAM_".
struct echostream_options {
    std::string appsync_endpoint{};  ///< APPSYNC_ENDPOINT
    std::string app{};               ///< APP; of app sessions only.
    std::string client_id{};         ///< CLIENT_ID
    secret password{};               ///< PASSWORD
    std::string tenant{};            ///< TENANT
    std::string user_pool_id{};      ///< USER_POOL_ID
    std::string user_name{};         ///< USER_NAME, and ECHOSTREAM_USERNAME.
    int duration = 3600;             ///< Of the AWS keys, in seconds: 900 to 43200.
    /// A user who logs in elsewhere: then client, pool, name and password are not looked at.
    std::optional<cognito::user> user{};
};

namespace detail::echostream {

/// All that is needed.
struct complete {
    std::string endpoint{};
    std::string client_id{};
    std::string pool_id{};
    std::string user_name{};
    secret password{};
    echostream_query query{};
    std::optional<cognito::user> user{};
};

/// Looks for values and notes which are nowhere.
class search {
public:
    explicit search(const environment& in) : in_(&in) {}

    std::string find(const std::string& given, std::initializer_list<const char*> variables) {
        if (!given.empty()) return given;
        for (const char* name : variables)
            if (auto value = get_filled(*in_, name)) return *std::move(value);
        if (!missing_.empty()) missing_ += ", ";
        missing_ += *(variables.end() - 1);
        return {};
    }
    const std::string& missing() const noexcept { return missing_; }

private:
    const environment* in_;
    std::string missing_{};
};

inline void find_login(search& in, const echostream_options& given, complete& into) {
    into.client_id = in.find(given.client_id, {"ECHOSTREAM_CLIENT_ID", "CLIENT_ID"});
    into.pool_id = in.find(given.user_pool_id, {"ECHOSTREAM_USER_POOL_ID", "USER_POOL_ID"});
    into.user_name =
        in.find(given.user_name, {"ECHOSTREAM_USER_NAME", "ECHOSTREAM_USERNAME", "USER_NAME"});
    into.password = given.password;
    if (given.password.empty())
        into.password = secret(in.find({}, {"ECHOSTREAM_PASSWORD", "PASSWORD"}));
}

}  // namespace detail::echostream

/// The options with what the environment of the settings has for those that are empty.
inline expected<detail::echostream::complete> complete_echostream(const echostream_options& given,
                                                                  const settings& choices,
                                                                  bool of_app) {
    constexpr int shortest = 900;
    constexpr int longest = 43200;
    const system_environment real;
    const auto& own = choices.outside.environment;
    detail::echostream::search in(own ? *own : real);
    detail::echostream::complete all;
    all.endpoint =
        in.find(given.appsync_endpoint, {"ECHOSTREAM_APPSYNC_ENDPOINT", "APPSYNC_ENDPOINT"});
    all.query.tenant = in.find(given.tenant, {"ECHOSTREAM_TENANT", "TENANT"});
    if (of_app) all.query.app = in.find(given.app, {"ECHOSTREAM_APP", "APP"});
    all.query.duration = given.duration;
    all.user = given.user;
    if (!given.user) detail::echostream::find_login(in, given, all);
    if (!in.missing().empty())
        return error{.kind = error_kind::configuration,
                     .code = "IncompleteEchoStreamOptions",
                     .message = "neither in code nor in the environment: " + in.missing()};
    if (given.duration < shortest || given.duration > longest)
        return error{.kind = error_kind::invalid_argument,
                     .code = "InvalidDuration",
                     .message = "EchoStream's keys last for 900 to 43200 seconds, not " +
                                std::to_string(given.duration)};
    return all;
}

}  // namespace awsxx::inline AWSXX_ABI::appsync
