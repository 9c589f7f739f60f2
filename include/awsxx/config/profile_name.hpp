// SPDX-License-Identifier: MIT
// Which profile of the shared config files is meant.
#pragma once

#include <awsxx/config/sources.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>

#include <optional>
#include <string>

namespace awsxx::inline AWSXX_ABI::config {

/// The profile that is asked for: code, `AWS_PROFILE`, `AWS_DEFAULT_PROFILE`; without a source it
/// is `default`.
inline setting find_profile_name(const std::optional<std::string>& code,
                                 const environment& variables) {
    const sources outside{&variables, nullptr};
    setting name = outside.find(code, {.variable = "AWS_PROFILE"});
    if (!name) name = outside.variable("AWS_DEFAULT_PROFILE");
    if (!name) name.value = "default";
    return name;
}

}  // namespace awsxx::inline AWSXX_ABI::config
