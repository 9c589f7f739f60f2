// SPDX-License-Identifier: MIT
// The partitions of AWS, and which of them a region is in.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// A part of AWS with accounts, regions and host names of its own.
struct partition {
    std::string_view id{};               ///< As in ARNs: "aws", "aws-cn".
    std::string_view region_prefixes{};  ///< What its regions begin with, divided by spaces.
    std::string_view dns_suffix{};
    std::string_view dual_stack_suffix{};  ///< For hosts that have IPv6 as well.
    std::string_view global_region{};      ///< Where services without regions are signed for.
    bool has_fips = true;                  ///< Has hosts with validated cryptography.
    bool has_dual_stack = true;            ///< Has hosts with IPv6.
};

/// All of them; the first is the one that unknown regions belong to.
inline constexpr partition partitions[] = {
    {"aws", "us eu ap sa ca me af il mx", "amazonaws.com", "api.aws", "us-east-1"},
    {"aws-cn", "cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1"},
    {"aws-eusc", "eusc-de", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1"},
    {"aws-iso", "us-iso", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1"},
    {"aws-iso-b", "us-isob", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1"},
    {"aws-iso-e", "eu-isoe", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1"},
    {"aws-iso-f", "us-isof", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"},
    {"aws-us-gov", "us-gov", "amazonaws.com", "api.aws", "us-gov-west-1"},
};

namespace detail::partitions {

/// What follows the prefix: a word and a number, as in "-east-1".
constexpr bool is_place(std::string_view rest) noexcept {
    if (!rest.starts_with('-')) return false;
    rest.remove_prefix(1);
    const std::string_view word = text::take_until(rest, '-');
    if (word.empty() || rest.empty()) return false;
    for (const char c : word)
        if (!text::is_alnum(c) && c != '_') return false;
    for (const char c : rest)
        if (!text::is_digit(c)) return false;
    return true;
}

constexpr bool has_region(const partition& one, std::string_view region) noexcept {
    for (std::string_view rest = one.region_prefixes; !rest.empty();) {
        const std::string_view prefix = text::take_until(rest, ' ');
        if (region.starts_with(prefix) && is_place(region.substr(prefix.size()))) return true;
    }
    return false;
}

constexpr bool is_global_name(const partition& one, std::string_view region) noexcept {
    constexpr std::string_view suffix = "-global";
    return region.size() == one.id.size() + suffix.size() && region.starts_with(one.id) &&
           region.ends_with(suffix);
}

}  // namespace detail::partitions

/// The partition that a region is in, `aws-global` and its like included. A region that nobody
/// has heard of is in `aws`.
constexpr const partition& partition_of(std::string_view region) noexcept {
    for (const partition& one : partitions)
        if (detail::partitions::has_region(one, region) ||
            detail::partitions::is_global_name(one, region))
            return one;
    return partitions[0];
}

/// True for `aws-global`, `aws-cn-global` and so on, which stand for a partition as a whole.
constexpr bool is_global_region(std::string_view region) noexcept {
    for (const partition& one : partitions)
        if (detail::partitions::is_global_name(one, region)) return true;
    return false;
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
