// SPDX-License-Identifier: MIT
// The services that a partition has once, not once a region.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/standard_rules.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Where such a service is, for requests that no table describes.
struct global_service {
    std::string_view name{};    ///< Its signing name.
    std::string_view rules{};   ///< Their code.
    std::string_view region{};  ///< The only one that has it; empty: as the rules say.
};

/// The service of that signing name, or null for one that each region has.
/// https://docs.aws.amazon.com/general/latest/gr/rande.html
inline const global_service* find_global_service(std::string_view name) noexcept {
    namespace rules = model::standard_rules;
    static constexpr global_service all[] = {
        {"account", rules::one_region, {}},
        {"budgets", rules::one_host, {}},
        {"ce", rules::one_region, {}},
        {"cloudfront", rules::one_host, {}},
        {"globalaccelerator", rules::regional, "us-west-2"},
        {"iam", rules::one_host, {}},
        {"organizations", rules::one_region, {}},
        {"route53", rules::one_host, {}},
        {"shield", rules::one_region, {}},
        {"waf", rules::one_host, {}},
    };
    for (const global_service& one : all)
        if (one.name == name) return &one;
    return nullptr;
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
