// SPDX-License-Identifier: MIT
// The regions that an account has, and who said so.
#pragma once

#include <awsxx/accounts/known_regions.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/partitions.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// Whether an account can use a region.
/// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
enum class region_status : unsigned char {
    unknown,             ///< Nobody could say.
    enabled_by_default,  ///< Every account has it.
    enabled,
    enabling,
    disabling,
    disabled,
};

/// As it is spelled in error messages.
constexpr std::string_view to_string(region_status status) noexcept {
    constexpr std::string_view names[] = {"of unknown status", "enabled by default", "enabled",
                                          "being enabled",     "being disabled",     "disabled"};
    return names[static_cast<unsigned char>(status)];
}

/// True for regions that calls are certain to be let into.
constexpr bool is_usable(region_status status) noexcept {
    return status == region_status::enabled || status == region_status::enabled_by_default;
}

/// A region as an account has it.
struct region_info {
    std::string name{};
    region_status status{};

    friend bool operator==(const region_info&, const region_info&) = default;
};

/// Who said which regions there are.
enum class catalog_source : unsigned char { account_api, ec2_api, built_in };

/// All regions of an account, by name, the disabled ones included.
struct region_catalog {
    std::string partition{};
    std::vector<region_info> regions{};
    catalog_source source{};
    std::optional<error> why{};  ///< Why AWS did not say, where it is the built-in list.

    /// Nobody was there to ask: regions may be missing, and opt-in ones are of unknown status.
    bool is_fallback() const noexcept { return source == catalog_source::built_in; }
};

/// What is known of a region without asking.
inline region_info known_without_asking(std::string name) {
    const known_region* const known = find_known_region(name);
    const bool always = known != nullptr && !known->opt_in;
    return {std::move(name), always ? region_status::enabled_by_default : region_status::unknown};
}

/// The built-in list of a partition.
inline region_catalog built_in_catalog(std::string partition, std::optional<error> why = {}) {
    region_catalog all{.partition = std::move(partition),
                       .source = catalog_source::built_in,
                       .why = std::move(why)};
    for (const known_region& one : known_regions)
        if (runtime::partition_of(one.name).id == all.partition)
            all.regions.push_back(known_without_asking(std::string(one.name)));
    return all;
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
