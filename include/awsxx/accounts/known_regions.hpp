// SPDX-License-Identifier: MIT
// The regions that are known without asking anybody, for when nobody can be asked.
#pragma once

#include <awsxx/core/version.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI::accounts {

/// A region as it was known when this was written.
struct known_region {
    std::string_view name{};
    bool opt_in{};  ///< Accounts have it only once somebody has enabled it.
};

/// All of them, by partition and name. Newer ones may exist: accounts know theirs.
/// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
inline constexpr known_region known_regions[] = {
    {"af-south-1", true},       {"ap-east-1", true},       {"ap-east-2", true},
    {"ap-northeast-1", false},  {"ap-northeast-2", false}, {"ap-northeast-3", false},
    {"ap-south-1", false},      {"ap-south-2", true},      {"ap-southeast-1", false},
    {"ap-southeast-2", false},  {"ap-southeast-3", true},  {"ap-southeast-4", true},
    {"ap-southeast-5", true},   {"ap-southeast-6", true},  {"ap-southeast-7", true},
    {"ca-central-1", false},    {"ca-west-1", true},       {"eu-central-1", false},
    {"eu-central-2", true},     {"eu-north-1", false},     {"eu-south-1", true},
    {"eu-south-2", true},       {"eu-west-1", false},      {"eu-west-2", false},
    {"eu-west-3", false},       {"il-central-1", true},    {"me-central-1", true},
    {"me-south-1", true},       {"mx-central-1", true},    {"sa-east-1", false},
    {"us-east-1", false},       {"us-east-2", false},      {"us-west-1", false},
    {"us-west-2", false},       {"cn-north-1", false},     {"cn-northwest-1", false},
    {"eusc-de-east-1", false},  {"us-iso-east-1", false},  {"us-iso-west-1", false},
    {"us-isob-east-1", false},  {"eu-isoe-west-1", false}, {"us-isof-east-1", false},
    {"us-isof-south-1", false}, {"us-gov-east-1", false},  {"us-gov-west-1", false},
};

/// What is known of a region, or null.
constexpr const known_region* find_known_region(std::string_view name) noexcept {
    for (const known_region& one : known_regions)
        if (one.name == name) return &one;
    return nullptr;
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
