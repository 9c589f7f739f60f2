// SPDX-License-Identifier: MIT
// The functions that endpoint rules may call, on texts.
#pragma once

#include <awsxx/core/arn.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// An address as rules take it apart. Seen, not owned.
struct rule_url {
    std::string_view scheme{};
    std::string_view authority{};
    std::string_view path{};  ///< As it is: empty, or from its slash on.
    bool is_ip{};
};

namespace detail::rule_functions {

/// The host of "host", "host:port" or "[address]:port"; empty: that is none of them.
inline std::string_view host_of(std::string_view authority) noexcept {
    std::size_t colon = authority.find(':');
    if (authority.starts_with('[')) {
        const std::size_t end = authority.find(']');
        if (end == std::string_view::npos) return {};
        colon = end + 1;
        if (colon < authority.size() && authority[colon] != ':') return {};
    }
    if (colon < authority.size() && !text::parse_number<std::uint16_t>(authority.substr(colon + 1)))
        return {};
    return authority.substr(0, colon);
}

constexpr bool is_bucket_label(std::string_view label) noexcept {
    for (const char c : label)
        if (text::lower(c) != c) return false;
    return http::valid_host_label(label);
}

}  // namespace detail::rule_functions

/// `parseURL`: nothing for what is not http, or has a query.
inline std::optional<rule_url> parse_rule_url(std::string_view text) {
    rule_url parts;
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos || text.find_first_of("?#") != std::string_view::npos)
        return {};
    parts.scheme = text.substr(0, colon);
    if (parts.scheme != "https" && parts.scheme != "http") return {};
    text.remove_prefix(colon + 3);
    parts.authority = text.substr(0, text.find('/'));
    parts.path = text.substr(parts.authority.size());
    std::string_view host = detail::rule_functions::host_of(parts.authority);
    if (host.empty()) return {};
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    parts.is_ip = http::parse_address(host).has_value();
    return parts;
}

/// `isValidHostLabel`: of one label or, with `dots`, of several.
constexpr bool is_rule_host_label(std::string_view text, bool dots) noexcept {
    if (!dots) return http::valid_host_label(text);
    if (text.empty() || text.ends_with('.')) return false;
    while (!text.empty())
        if (!http::valid_host_label(text::take_until(text, '.'))) return false;
    return true;
}

/// `aws.isVirtualHostableS3Bucket`: whether a bucket can be part of a host.
inline bool is_virtual_hostable(std::string_view bucket, bool dots) {
    if (bucket.size() < 3 || bucket.size() > 63 || bucket.ends_with('.')) return false;
    if (!dots) return detail::rule_functions::is_bucket_label(bucket);
    if (http::parse_address(bucket)) return false;
    for (std::string_view rest = bucket; !rest.empty();)
        if (!detail::rule_functions::is_bucket_label(text::take_until(rest, '.'))) return false;
    return true;
}

/// `substring`, counted from the end where it is `reverse`: nothing if the text is shorter or not
/// ASCII.
constexpr std::optional<std::string_view> rule_substring(std::string_view text, std::size_t from,
                                                         std::size_t to, bool reverse) noexcept {
    if (from >= to || text.size() < to) return {};
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80) return {};
    return text.substr(reverse ? text.size() - to : from, to - from);
}

/// An element of what `split` makes of a text: at most `most` pieces, 0: any number.
constexpr std::optional<std::string_view> split_piece(std::string_view text,
                                                      std::string_view separator, std::size_t most,
                                                      std::size_t index) noexcept {
    for (std::size_t count = 1;; ++count) {
        const std::size_t end = count == most ? text.npos : text.find(separator);
        if (index-- == 0) return text.substr(0, end);
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + separator.size());
    }
}

/// An element of a text that is divided at each of some characters.
constexpr std::optional<std::string_view> divided_piece(std::string_view text,
                                                        std::string_view separators,
                                                        std::size_t index) noexcept {
    for (;; --index) {
        const std::size_t end = text.find_first_of(separators);
        if (index == 0) return text.substr(0, end);
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
