// SPDX-License-Identifier: MIT
// The keys that requests are signed with, and what is known about them.
#pragma once

#include <awsxx/auth/feature.hpp>
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
    auth::features via{};                 ///< Where they come from, as AWS counts it.
};

/// Credentials as they are handed around: shared and never changed.
using credentials_snapshot = std::shared_ptr<const credentials>;

/// True if they are the same keys or, where these are tokens without a key, the same token.
inline bool are_same_keys(const credentials& a, const credentials& b) {
    return a.access_key_id == b.access_key_id &&
           (!a.access_key_id.empty() || a.session_token == b.session_token);
}

}  // namespace awsxx::inline AWSXX_ABI
