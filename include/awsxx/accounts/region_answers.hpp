// SPDX-License-Identifier: MIT
// What answers about regions mean.
#pragma once

#include <awsxx/accounts/region_catalog.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// Whoever asks does not get in at all: no other service would say anything else.
inline bool is_about_caller(const error& why) noexcept {
    switch (why.kind) {
        case error_kind::configuration:
        case error_kind::not_configured:
        case error_kind::action_needed:
        case error_kind::credentials:
        case error_kind::not_authenticated:
        case error_kind::cancelled: return true;
        default: return why.code == "CredentialsUnavailable";
    }
}

/// As the Account API words it.
inline region_status status_of_account(std::string_view said) noexcept {
    if (said == "ENABLED_BY_DEFAULT") return region_status::enabled_by_default;
    if (said == "ENABLED") return region_status::enabled;
    if (said == "ENABLING") return region_status::enabling;
    if (said == "DISABLING") return region_status::disabling;
    if (said == "DISABLED") return region_status::disabled;
    return region_status::unknown;
}

/// As EC2 words it.
inline region_status status_of_ec2(std::string_view said) noexcept {
    if (said == "opt-in-not-required") return region_status::enabled_by_default;
    if (said == "opted-in") return region_status::enabled;
    if (said == "not-opted-in") return region_status::disabled;
    return region_status::unknown;
}

inline void sort_by_name(std::vector<region_info>& all) {
    std::sort(all.begin(), all.end(),
              [](const region_info& a, const region_info& b) { return a.name < b.name; });
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
