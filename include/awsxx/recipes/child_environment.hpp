// SPDX-License-Identifier: MIT
// The environment variables through which a child process gets a session's identity.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes {

/// Changes to an environment. What is to be unset would lead the child elsewhere.
struct child_environment {
    struct variable {
        std::string name{};
        secret value{};
    };
    std::vector<variable> set{};
    std::vector<std::string> unset{};
};

/// What it takes to leave a child no other source of credentials than the one that is `kept`:
/// every variable that names another one.
inline std::vector<std::string> other_credential_variables(
    const std::vector<child_environment::variable>& kept) {
    std::vector<std::string> others;
    for (const std::string_view name :
         {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
          "AWS_CREDENTIAL_EXPIRATION", "AWS_ACCOUNT_ID", "AWS_PROFILE", "AWS_DEFAULT_PROFILE",
          "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"}) {
        bool wanted = false;
        for (const auto& one : kept) wanted |= one.name == name;
        if (!wanted) others.emplace_back(name);
    }
    return others;
}

/// The keys and, unless empty, the region. Nobody renews the variables: a child that outlives the
/// keys is better served by a `container_server`.
///
/// AWS_PROFILE is to be unset, since some tools put it before keys; with it go the profile's other
/// settings, of which only the region is handed on.
inline child_environment child_environment_of(const credentials& keys,
                                              std::string_view region = {}) {
    child_environment made;
    const auto set = [&](const char* name, secret value) {
        if (!value.empty()) made.set.push_back({name, std::move(value)});
    };
    set("AWS_ACCESS_KEY_ID", keys.access_key_id);
    set("AWS_SECRET_ACCESS_KEY", keys.secret_access_key);
    set("AWS_SESSION_TOKEN", keys.session_token);
    if (keys.expiration)
        set("AWS_CREDENTIAL_EXPIRATION",
            format_date(std::chrono::floor<std::chrono::seconds>(*keys.expiration),
                        date_format::date_time));
    set("AWS_ACCOUNT_ID", keys.account_id);
    set("AWS_REGION", region);
    set("AWS_DEFAULT_REGION", region);
    made.unset = other_credential_variables(made.set);
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
