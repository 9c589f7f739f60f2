// SPDX-License-Identifier: MIT
// Which of an account's regions are wanted.
#pragma once

#include <awsxx/accounts/glob.hpp>
#include <awsxx/accounts/region_catalog.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/partitions.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// The regions that have a service, as `try_service_regions` finds them or a program knows them.
struct service_regions {
    std::string service{};  ///< As in "lambda".
    std::vector<std::string> regions{};
};

/// Which regions are wanted by their status.
enum class opt_in_filter : unsigned char {
    usable,      ///< Those that the account can use; of unknown ones those that are named in full.
    by_default,  ///< Those that every account has.
    opted_in,    ///< Those that this account has enabled.
    any,         ///< All, the disabled ones included.
};

/// Names are exact or have wildcards (`*`, `?`). What is excluded is out, whatever else is said.
///
///     const awsxx::accounts::region_filter filter{.include = {"eu-*", "us-east-1"},
///                                                 .exclude = {"eu-south-*"}};
struct region_filter {
    std::vector<std::string> partitions{};  ///< Empty: whichever the account is in.
    std::vector<std::string> include{};     ///< Empty: all.
    std::vector<std::string> exclude{};
    opt_in_filter opt_in{};
    bool non_regional{};                       ///< `aws-global` and its like as well.
    std::optional<service_regions> service{};  ///< Only those that have it.
};

/// A region that would have been wanted, and why it is left out.
struct skipped_region {
    region_info region{};
    std::string reason{};
};

/// What a filter leaves of a catalog, in its order.
struct region_selection {
    std::vector<region_info> regions{};
    std::vector<skipped_region> skipped{};
};

namespace detail::region_rules {

AWSXX_COLD inline error unknown(const char* code, std::string_view list, std::string_view name,
                                const std::string& meant) {
    std::string message("the filter's ");
    message.append(list).append(" has '").append(name).append("', which no ");
    message.append(list == "partitions" ? "partition" : "region").append(" is called");
    if (!meant.empty()) message.append(": did you mean '").append(meant).append("'?");
    return {.kind = error_kind::invalid_argument, .code = code, .message = std::move(message)};
}

/// All names that a filter may have, known before or only to the account.
inline std::vector<std::string_view> names_with(const region_catalog& from) {
    std::vector<std::string_view> names;
    for (const known_region& one : known_regions) names.push_back(one.name);
    for (const region_info& one : from.regions)
        if (find_known_region(one.name) == nullptr) names.push_back(one.name);
    return names;
}

inline bool names_something(std::string_view pattern, const std::vector<std::string_view>& names) {
    const auto like = [&](std::string_view name) { return matches(pattern, name); };
    if (std::any_of(names.begin(), names.end(), like)) return true;
    for (const runtime::partition& one : runtime::partitions)
        if (like(std::string(one.id) + "-global")) return true;
    return false;
}

inline expected<void> check_names(std::string_view list, const std::vector<std::string>& patterns,
                                  const std::vector<std::string_view>& names) {
    for (const std::string& pattern : patterns)
        if (!names_something(pattern, names))
            return unknown("UnknownRegion", list, pattern, nearest(pattern, names));
    return {};
}

inline expected<void> check_partitions(const std::vector<std::string>& patterns) {
    std::vector<std::string_view> names;
    for (const runtime::partition& one : runtime::partitions) names.push_back(one.id);
    for (const std::string& pattern : patterns)
        if (std::none_of(names.begin(), names.end(),
                         [&](std::string_view name) { return matches(pattern, name); }))
            return unknown("UnknownPartition", "partitions", pattern, nearest(pattern, names));
    return {};
}

inline bool lists(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Empty: the region is wanted by its status.
inline std::string objection(const region_filter& filter, const region_info& region) {
    const region_status is = region.status;
    const bool named = lists(filter.include, region.name);
    bool wanted = true;
    switch (filter.opt_in) {
        case opt_in_filter::usable:
            wanted = is_usable(is) || (named && is == region_status::unknown);
            break;
        case opt_in_filter::by_default: wanted = is == region_status::enabled_by_default; break;
        case opt_in_filter::opted_in: wanted = is == region_status::enabled; break;
        case opt_in_filter::any: break;
    }
    if (!wanted) return "it is " + std::string(to_string(is));
    if (!filter.service || runtime::is_global_region(region.name)) return {};
    if (lists(filter.service->regions, region.name)) return {};
    return "it has no " + filter.service->service;
}

inline bool is_named(const region_filter& filter, std::string_view name) {
    return (filter.include.empty() || matches_any(filter.include, name)) &&
           !matches_any(filter.exclude, name);
}

}  // namespace detail::region_rules

/// Whether every name in the filter can be one: fails with `UnknownRegion` or `UnknownPartition`
/// and what may have been meant. Regions that only the account knows are known.
inline expected<void> check(const region_filter& filter, const region_catalog& of) {
    namespace rules = detail::region_rules;
    if (auto good = rules::check_partitions(filter.partitions); !good) return good;
    const auto names = rules::names_with(of);
    if (auto good = rules::check_names("include", filter.include, names); !good) return good;
    return rules::check_names("exclude", filter.exclude, names);
}

/// The regions that the filter wants of those in the catalog. Names of other partitions are no
/// mistake: one filter serves accounts of several. Fails as `check` does.
inline expected<region_selection> select(const region_catalog& from, const region_filter& filter) {
    namespace rules = detail::region_rules;
    if (auto good = check(filter, from); !good) return std::move(good).error();
    region_selection found;
    if (!filter.partitions.empty() && !matches_any(filter.partitions, from.partition)) return found;
    const auto consider = [&](const region_info& one) {
        if (!rules::is_named(filter, one.name)) return;
        if (std::string why = rules::objection(filter, one); !why.empty())
            found.skipped.push_back({one, std::move(why)});
        else
            found.regions.push_back(one);
    };
    for (const region_info& one : from.regions) consider(one);
    region_info all{from.partition + "-global", region_status::enabled_by_default};
    if (filter.non_regional)
        consider(all);
    else if (rules::lists(filter.include, all.name))
        found.skipped.push_back({std::move(all), "the filter wants no non_regional"});
    return found;
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
