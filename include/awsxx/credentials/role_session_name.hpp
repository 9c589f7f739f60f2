// SPDX-License-Identifier: MIT
// The name of a role's session, which shows up in CloudTrail.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI {

/// True for 2 to 64 letters, digits and `_+=,.@-`.
constexpr bool is_role_session_name(std::string_view name) noexcept {
    if (name.size() < 2 || name.size() > 64) return false;
    for (const char c : name)
        if (!text::is_alnum(c) && std::string_view("_+=,.@-").find(c) == std::string_view::npos)
            return false;
    return true;
}

/// "awsxx-1792339200000": who asked and when, for CloudTrail.
inline std::string default_role_session_name(instant now) {
    return "awsxx-" + std::to_string(now.time_since_epoch().count());
}

}  // namespace awsxx::inline AWSXX_ABI
