// SPDX-License-Identifier: MIT
// Which proxy, if any, a request goes through.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/proxy_settings.hpp>
#include <awsxx/http/uri.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::http {

namespace detail::proxy {

/// `10.0.0.0/8` or `fd00::/8` against an address; false for anything else.
inline bool covers_network(std::string_view entry, const address_bytes& address) {
    const std::string_view prefix = text::take_until(entry, '/');
    const auto network = parse_address(prefix);
    const auto length = text::parse_number<std::size_t>(entry);
    const std::size_t before = prefix.find(':') == std::string_view::npos ? 96 : 0;
    return network && length && *length + before <= 128 &&
           same_network(address, *network, *length + before);
}

inline bool covers_name(std::string_view entry, std::string_view host) {
    if (entry.starts_with("*.")) entry.remove_prefix(1);
    if (entry.starts_with('.')) entry.remove_prefix(1);
    if (host.ends_with('.')) host.remove_suffix(1);
    if (entry.empty() || host.size() < entry.size()) return false;
    const std::size_t before = host.size() - entry.size();
    return text::equal_ignoring_case(host.substr(before), entry) &&
           (before == 0 || host[before - 1] == '.');
}

/// Cuts `:port` off. False: it is another port than the target's.
inline bool fits_port(std::string_view& entry, std::uint16_t port) {
    const std::size_t colon = entry.rfind(':');
    const bool plain_v6 = !entry.starts_with('[') && entry.find(':') != colon;
    if (colon == std::string_view::npos || plain_v6 || entry.ends_with(']')) return true;
    const auto wanted = text::parse_number<std::uint16_t>(entry.substr(colon + 1));
    entry = entry.substr(0, colon);
    return wanted == port;
}

inline bool covers(std::string_view entry, const uri& target) {
    entry = text::trimmed(entry);
    if (entry == "*") return true;
    if (!fits_port(entry, target.effective_port())) return false;
    if (entry.starts_with('[') && entry.ends_with(']')) entry = entry.substr(1, entry.size() - 2);
    const auto address = parse_address(target.host);
    if (!address) return covers_name(entry, target.host);
    if (entry.find('/') != std::string_view::npos) return covers_network(entry, *address);
    return parse_address(entry) == address;
}

/// True for `host:port` with or without a user in front.
inline bool is_authority(std::string_view text) {
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos)
        text.remove_prefix(at + 1);
    if (text.ends_with('/')) text.remove_suffix(1);
    return parse_uri("http://" + std::string(text)).has_value();
}

}  // namespace detail::proxy

/// Nothing, or a configuration error for what libcurl would not take for a proxy. The error does
/// not repeat it, because it may hold a password.
inline expected<void> check_proxy(std::string_view proxy) {
    constexpr std::string_view schemes[] = {"http",    "https",  "socks4",
                                            "socks4a", "socks5", "socks5h"};
    const std::size_t end = proxy.find("://");
    const std::string scheme = text::lowered(end == proxy.npos ? "http" : proxy.substr(0, end));
    const std::string_view rest = end == proxy.npos ? proxy : proxy.substr(end + 3);
    for (const std::string_view known : schemes)
        if (known == scheme && detail::proxy::is_authority(rest)) return {};
    return error{.kind = error_kind::configuration,
                 .code = "InvalidProxy",
                 .message =
                     "a proxy is written like http://host:port; http, https, socks4, "
                     "socks4a, socks5 and socks5h are known"};
}

/// The proxy for `target`, or nothing for a direct connection.
///
/// This machine and what only its link can reach (metadata, container credentials) are never
/// asked through a proxy: it would hand our credentials to another machine, or ask for its own.
inline std::string_view proxy_for(const proxy_settings& settings, const uri& target) {
    const std::string_view proxy = target.scheme == "https" ? settings.https : settings.http;
    if (proxy.empty()) return {};
    if (is_loopback(target.host) || is_link_local_or_metadata(target.host)) return {};
    for (std::string_view rest = settings.none; !rest.empty();)
        if (detail::proxy::covers(text::take_until(rest, ','), target)) return {};
    return proxy;
}

}  // namespace awsxx::inline AWSXX_ABI::http
