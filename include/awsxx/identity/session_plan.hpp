// SPDX-License-Identifier: MIT
// All that makes a session, as data that can be compared.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/role_options.hpp>
#include <awsxx/runtime/settings.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// What a `registry` makes a session of.
struct session_plan {
    awsxx::settings settings{};         ///< `observer` and `mfa` are the registry's: see there.
    std::optional<credentials> keys{};  ///< Absent: from where AWS tools look for them.
    std::shared_ptr<credentials_provider> provider{};  ///< In place of keys.
    std::vector<assume_role_options> roles{};          ///< Each is assumed by the one before it.
};

}  // namespace awsxx::inline AWSXX_ABI
