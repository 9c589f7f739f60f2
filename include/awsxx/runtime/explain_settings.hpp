// SPDX-License-Identifier: MIT
// Which settings a configuration comes to, and why.
#pragma once

#include <awsxx/config/described.hpp>
#include <awsxx/config/described_setting.hpp>
#include <awsxx/config/resolved.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/described_choices.hpp>
#include <awsxx/runtime/explanation.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::runtime {

/// A region that nobody has set may have been found out since.
inline void add_found_region(std::vector<config::described_setting>& to,
                             const configuration& from) {
    const auto& source = from.choices().region_source;
    const auto found = source ? source->known() : std::nullopt;
    for (config::described_setting& one : to)
        if (one.name == "region" && one.value.empty() && found)
            one = {one.name, *found, "instance metadata"};
}

/// The part of an explanation that is about settings. An error in one of them hides no other.
AWSXX_COLD inline explanation explain_settings(const configuration& from) {
    const auto all = from.examined();
    config::description known = config::describe(*all);
    explanation told{.settings = std::move(known.settings), .warnings = all->warnings};
    add_found_region(told.settings, from);
    for (config::described_setting& one : describe_choices(from, *all))
        told.settings.push_back(std::move(one));
    std::vector<std::string> kept = from.warnings();
    for (std::string& warning : kept) told.warnings.push_back(std::move(warning));
    for (const error& one : known.problems)
        told.problem.append(told.problem.empty() ? "" : "; ").append(to_string(one));
    return told;
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
