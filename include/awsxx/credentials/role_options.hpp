// SPDX-License-Identifier: MIT
// What a role is assumed with, and what of it cannot be right.
#pragma once

#include <awsxx/core/arn.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/role_session_name.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/services/sts.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// What AssumeRole takes, and the region of the session that comes of it.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
struct assume_role_options {
    std::string role_arn{};
    std::string role_session_name{};      ///< Shows up in CloudTrail. Empty: awsxx and the time.
    std::optional<std::string> region{};  ///< Absent: that of the session before.
    std::optional<std::string> external_id{};  ///< What the role's owner asks for.
    std::optional<int> duration_seconds{};     ///< From 900; a role behind a role: to 3600.
    std::optional<std::string> policy{};       ///< JSON; only narrows what the role may do.
    std::vector<sts::policy_descriptor_type> policy_arns{};
    std::vector<sts::tag> tags{};
    std::vector<std::string> transitive_tag_keys{};  ///< Tags that go on to the next role.
    std::optional<std::string> source_identity{};    ///< Stays with every further role.
    std::optional<std::string> serial_number{};      ///< Of the MFA device.
    secret token_code{};                             ///< What it shows; good for one call.
    std::vector<sts::provided_context> provided_contexts{};
    std::string place{};  ///< Where it is asked for, as in "jobs.cpp:42". For errors; not sent.
};

namespace detail::role_options {

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

}  // namespace detail::role_options

}  // namespace awsxx::inline AWSXX_ABI
