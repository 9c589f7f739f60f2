// SPDX-License-Identifier: MIT
// What code may say about hosts and how to sign for them: S3's forms, account ids, prefixes, schemes.
#pragma once

#include <awsxx/core/version.hpp>

#include <optional>
#include <string>

namespace awsxx::inline AWSXX_ABI {

/// Whether the bucket is part of the host. AWS's own hosts take the first where a bucket's name
/// allows it; `automatic` keeps the host where it is an IP address, localhost or has a port.
enum class s3_addressing : unsigned char { automatic, virtual_host, path };

/// Whether the account's id is part of the host where a service has such hosts. `required`: a call
/// fails whose credentials do not tell it.
enum class account_endpoints : unsigned char { preferred, disabled, required };

/// Whether a service is asked where its operations are, which some can tell. `automatic`: where an
/// operation requires it, as Timestream's do. At an endpoint of one's own it never is.
enum class endpoint_discovery : unsigned char { automatic, enabled, disabled };

/// How S3 is reached. Absent: as environment and profile say.
struct s3_settings {
    std::optional<s3_addressing> addressing{};
    std::optional<bool> use_accelerate{};
    /// False: an ARN of another region than the session's is refused. By default it decides.
    std::optional<bool> use_arn_region{};
    std::optional<bool> disable_multi_region_access_points{};
    /// Requests to directory buckets are signed with the session's own keys.
    std::optional<bool> disable_express_session_auth{};
    /// Over https: false hashes no bodies for their signatures, those in memory neither; true hashes
    /// streams as well, which are read twice then: once before the first attempt, on the thread of
    /// the call or its loop. By default bodies in memory alone are. For all that is signed as S3 is.
    std::optional<bool> payload_signing{};
};

}  // namespace awsxx::inline AWSXX_ABI

namespace awsxx::inline AWSXX_ABI::config {

/// What the code says about hosts.
struct endpoint_wishes {
    std::optional<awsxx::account_endpoints> account_endpoints{};
    std::optional<bool> disable_host_prefix{};
    s3_settings s3{};
    std::optional<std::string> auth_schemes{};
    std::optional<std::string> sigv4a_regions{};
    std::optional<awsxx::endpoint_discovery> endpoint_discovery{};
};

}  // namespace awsxx::inline AWSXX_ABI::config
