// SPDX-License-Identifier: MIT
// Amazon resource names, taken apart.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>

#include <optional>
#include <string_view>

namespace awsxx::inline AWSXX_ABI {

/// "arn:aws:iam::111122223333:role/audit". Seen, not owned.
struct arn {
    std::string_view partition{};
    std::string_view service{};
    std::string_view region{};    ///< Empty for what is in all regions.
    std::string_view account{};   ///< Empty where the service leaves it out.
    std::string_view resource{};  ///< All the rest, colons included.
};

/// The parts of `text`; nothing if it is no ARN: six parts, of which partition, service and
/// resource are not empty, without spaces or control characters.
inline std::optional<arn> parse_arn(std::string_view text) noexcept {
    if (!text::is_visible(text)) return {};
    arn parts;
    std::string_view scheme;
    for (std::string_view* part :
         {&scheme, &parts.partition, &parts.service, &parts.region, &parts.account}) {
        if (text.find(':') == std::string_view::npos) return {};
        *part = text::take_until(text, ':');
    }
    parts.resource = text;
    if (scheme != "arn" || parts.partition.empty() || parts.service.empty() || text.empty())
        return {};
    return parts;
}

}  // namespace awsxx::inline AWSXX_ABI
