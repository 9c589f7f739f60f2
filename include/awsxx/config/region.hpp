// SPDX-License-Identifier: MIT
// Finds the region, and says where it looked if there is none.
#pragma once

#include <awsxx/config/region_order.hpp>
#include <awsxx/config/sources.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::config {

/// What the code says about the region.
struct region_wish {
    std::optional<std::string> name{};
    region_order order{};
};

/// A region, and whether its name asked for hosts validated under FIPS 140.
struct region_choice {
    setting name{};  ///< Empty: no region is set.
    bool fips{};
};

/// Reads a region's name. `fips-us-east-1` and `us-east-1-fips` are an old way of choosing hosts.
/// Refuses what cannot be part of a host name, and so could turn requests away.
inline expected<region_choice> read_region(setting from) {
    region_choice choice{std::move(from)};
    std::string_view name = text::trimmed(choice.name.value);
    if (name.starts_with("fips-")) {
        name.remove_prefix(5);
        choice.fips = true;
    } else if (name.ends_with("-fips")) {
        name.remove_suffix(5);
        choice.fips = true;
    }
    if (!http::valid_host_label(name)) return invalid_setting(choice.name, "the name of a region");
    choice.name.value = std::string(name);
    return choice;
}

/// Finds the region: code, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's `region`. Tools
/// differ in which of the two variables they read, so that a difference is worth a warning.
inline expected<region_choice> find_region(const sources& from, const region_wish& code,
                                           std::vector<std::string>& warnings) {
    const bool boto = code.order == region_order::boto;
    setting first = from.variable("AWS_REGION");
    setting second = from.variable("AWS_DEFAULT_REGION");
    setting found = from.find(code.name, {});
    if (!found && first && second && second.value != first.value)
        warnings.emplace_back("AWS_REGION and AWS_DEFAULT_REGION differ; the " +
                              std::string(boto ? "second" : "first") + " is used");
    if (!found && !boto) found = std::move(first);
    if (!found) found = std::move(second);
    if (!found) found = from.in_profile("region");
    if (!found) return region_choice{};
    return read_region(std::move(found));
}

/// No region: every place that was looked at. `profile` is the profile's name.
AWSXX_COLD inline error missing_region(const std::string& profile, const std::string& file,
                                       region_order order = region_order::aws) {
    std::string message = "no region is set: not in code, nor in ";
    if (order == region_order::aws) message += "AWS_REGION, nor in ";
    message.append("AWS_DEFAULT_REGION, nor as region in profile ").append(profile);
    message.append(file.empty() ? " (no config file)" : " of " + file);
    if (order == region_order::boto)
        message += "; boto's order is chosen, in which AWS_REGION is not looked at";
    return {
        .kind = error_kind::configuration, .code = "MissingRegion", .message = std::move(message)};
}

}  // namespace awsxx::inline AWSXX_ABI::config
