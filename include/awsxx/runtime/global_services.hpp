// SPDX-License-Identifier: MIT
// The services that a partition has once, not once a region.
#pragma once

#include <awsxx/core/version.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Where such a service is in the partition `aws`, and what its requests are signed for.
struct global_service {
    std::string_view name{};  ///< Its signing name.
    std::string_view host{};
    std::string_view region{};
};

/// The service of that signing name, or null for one that each region has.
/// https://docs.aws.amazon.com/general/latest/gr/rande.html
inline const global_service* find_global_service(std::string_view name) noexcept {
    static constexpr global_service all[] = {
        {"account", "account.us-east-1.amazonaws.com", "us-east-1"},
        {"budgets", "budgets.amazonaws.com", "us-east-1"},
        {"ce", "ce.us-east-1.amazonaws.com", "us-east-1"},
        {"cloudfront", "cloudfront.amazonaws.com", "us-east-1"},
        {"globalaccelerator", "globalaccelerator.us-west-2.amazonaws.com", "us-west-2"},
        {"iam", "iam.amazonaws.com", "us-east-1"},
        {"organizations", "organizations.us-east-1.amazonaws.com", "us-east-1"},
        {"route53", "route53.amazonaws.com", "us-east-1"},
        {"shield", "shield.us-east-1.amazonaws.com", "us-east-1"},
        {"waf", "waf.amazonaws.com", "us-east-1"},
    };
    for (const global_service& one : all)
        if (one.name == name) return &one;
    return nullptr;
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
