// SPDX-License-Identifier: MIT
// The keys that requests are signed with, and what is known about them.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <memory>
#include <optional>
#include <string>

namespace awsxx::inline AWSXX_ABI {

/// An access key with all that belongs to it.
struct credentials {
    std::string access_key_id{};
    secret secret_access_key{};
    secret session_token{};               ///< Empty for long-lived keys.
    std::optional<instant> expiration{};  ///< Absent: they do not expire.
    std::string account_id{};             ///< Empty where the source does not tell.
    std::string source{};                 ///< Where they come from, for people.
    std::string role_session_id{};        ///< "AROA...:name"; empty where STS has not told.
    std::string role_session_arn{};       ///< "arn:aws:sts::...:assumed-role/role/name"; likewise.
};

/// Credentials as they are handed around: shared and never changed.
using credentials_snapshot = std::shared_ptr<const credentials>;

}  // namespace awsxx::inline AWSXX_ABI
