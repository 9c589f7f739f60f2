// SPDX-License-Identifier: MIT
// What a signed address of CloudFront allows, as the JSON that is signed.
#pragma once

#include <awsxx/codec/json_text.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::recipes {

/// Who may have what, and when.
struct cloudfront_policy {
    /// The URL, in which `*` stands for any characters and `?` for one.
    std::string resource{};
    instant expires{};
    std::optional<instant> starts{};  ///< Not before.
    std::string source_ip{};          ///< An IPv4 address or range, as in "192.0.2.0/24".
};

namespace detail::cloudfront_policy {

inline error refused(const char* why) {
    return {.kind = error_kind::invalid_argument, .code = "InvalidPolicy", .message = why};
}

inline std::string epoch(instant when) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(when);
    return R"({"AWS:EpochTime":)" + std::to_string(whole.time_since_epoch().count()) + "}";
}

/// Null, or why nobody could be let in.
inline const char* problem(const recipes::cloudfront_policy& what) {
    if (what.resource.empty()) return "the policy names no resource";
    if (!text::is_visible(what.resource)) return "the resource is not percent-encoded";
    if (what.resource.find_first_of("#\"\\") != std::string::npos)
        return "the resource has a fragment, a quote or a backslash in it";
    if (what.expires <= instant{}) return "the policy has no end";
    if (what.starts && *what.starts >= what.expires) return "the policy ends before it starts";
    if (!text::is_visible(what.source_ip)) return "the address of the viewer is none";
    return nullptr;
}

}  // namespace detail::cloudfront_policy

/// True if it says no more than when it ends: then `canned_text` will do.
inline bool is_canned(const cloudfront_policy& what) noexcept {
    return !what.starts && what.source_ip.empty() && what.resource.find('*') == std::string::npos;
}

/// The policy in the one spelling that CloudFront puts together itself when only the end is sent.
/// For policies with more in them it says the rest as well. Fails with `invalid_argument`.
inline expected<std::string> policy_json(const cloudfront_policy& what) {
    namespace own = detail::cloudfront_policy;
    if (const char* wrong = own::problem(what)) return own::refused(wrong);
    std::string text = R"({"Statement":[{"Resource":)";
    codec::json::append_string(text, what.resource);
    text.append(R"(,"Condition":{"DateLessThan":)").append(own::epoch(what.expires));
    if (what.starts) text.append(R"(,"DateGreaterThan":)").append(own::epoch(*what.starts));
    if (!what.source_ip.empty()) {
        text.append(R"(,"IpAddress":{"AWS:SourceIp":)");
        codec::json::append_string(text, what.source_ip);
        text += '}';
    }
    return text.append("}}]}");
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
