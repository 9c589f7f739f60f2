// SPDX-License-Identifier: MIT
// What of a role's options cannot be right.
#pragma once

#include <awsxx/core/arn.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/role_options.hpp>
#include <awsxx/credentials/role_session_name.hpp>
#include <awsxx/http/host.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::role_checks {

AWSXX_COLD inline error refused(std::string code, std::string message) {
    return {.kind = error_kind::invalid_argument,
            .code = std::move(code),
            .message = std::move(message)};
}

/// "arn:aws:iam::111122223333:role/audit"; some stores that speak AWS's API leave the account out.
inline bool is_role_arn(std::string_view text) noexcept {
    const auto parts = parse_arn(text);
    return parts && parts->service == "iam" && parts->resource.starts_with("role/") &&
           parts->resource.size() > 5 && !parts->resource.ends_with('/');
}

inline expected<void> check_arn(const std::string& role) {
    if (is_role_arn(role)) return {};
    return refused("InvalidRoleArn",
                   "role_arn '" + role + "' is not like arn:aws:iam::111122223333:role/name");
}

inline expected<void> check(const assume_role_options& role, int roles_before) {
    if (auto valid = check_arn(role.role_arn); !valid) return valid;
    if (!role.role_session_name.empty() && !is_role_session_name(role.role_session_name))
        return refused("InvalidRoleSessionName",
                       "role_session_name '" + role.role_session_name +
                           "' is not 2 to 64 letters, digits and _+=,.@-");
    if (role.region && !http::valid_host_label(*role.region))
        return refused("InvalidRegion", "region '" + *role.region + "' cannot be in a host name");
    if (role.duration_seconds && roles_before > 0 && *role.duration_seconds > 3600)
        return refused("SessionTooLong",
                       "a role assumed with another role's credentials lasts an hour at most; "
                       "duration_seconds is " +
                           std::to_string(*role.duration_seconds));
    return {};
}

/// What is to be expected of STS where the caller's credentials are those of a role.
inline std::string warning_of_duration(const assume_role_options& role) {
    return role.role_arn + ": duration_seconds is " + std::to_string(*role.duration_seconds) +
           ", but a role assumed with temporary credentials lasts an hour at most: STS will refuse";
}

}  // namespace detail::role_checks

}  // namespace awsxx::inline AWSXX_ABI
