// SPDX-License-Identifier: MIT
// What a role is assumed with.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/services/sts.hpp>

#include <optional>
#include <string>
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

}  // namespace awsxx::inline AWSXX_ABI
