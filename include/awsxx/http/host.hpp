// SPDX-License-Identifier: MIT
// What the host of an address says: whether it can be one, and how near it is.
#pragma once

#include <awsxx/core/net.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <array>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::http {

/// An IP address in 16 bytes, version 4 in the form that version 6 has for it.
using address_bytes = std::array<unsigned char, 16>;

/// The address that `host` is, without brackets; nothing for a name.
inline std::optional<address_bytes> parse_address(std::string_view host) {
    char text[46];  // the longest that version 6 has, and its end
    if (host.empty() || host.size() >= sizeof text) return {};
    std::memcpy(text, host.data(), host.size());
    text[host.size()] = '\0';
    if (std::strlen(text) != host.size()) return {};
    unsigned char six[16];
    if (os::read_address(text, six)) return std::to_array(six);
    unsigned char four[4];
    if (!os::read_address(text, four)) return {};
    address_bytes bytes{};
    bytes[10] = bytes[11] = 0xff;
    std::memcpy(bytes.data() + 12, four, sizeof four);
    return bytes;
}

/// True if the first `length` bits of both are the same.
constexpr bool same_network(const address_bytes& a, const address_bytes& b,
                            std::size_t length) noexcept {
    for (std::size_t i = 0; i * 8 < length; ++i) {
        const std::size_t left = length - i * 8;
        const auto mask = static_cast<unsigned char>(left >= 8 ? 0xff : 0xff << (8 - left));
        if (((a[i] ^ b[i]) & mask) != 0) return false;
    }
    return true;
}

namespace detail::host {

inline bool in_network(const address_bytes& address, std::string_view network, std::size_t length) {
    const auto prefix = parse_address(network);
    return prefix && same_network(address, *prefix, length);
}

}  // namespace detail::host

/// True for addresses that only this machine's link can reach: 169.254.0.0/16, fe80::/10, and
/// fd00:ec2::/32, where EC2, ECS and EKS keep their metadata and credentials.
inline bool is_link_local_or_metadata(std::string_view host) {
    const auto address = parse_address(host);
    return address && (detail::host::in_network(*address, "169.254.0.0", 112) ||
                       detail::host::in_network(*address, "fe80::", 10) ||
                       detail::host::in_network(*address, "fd00:ec2::", 32));
}

/// True for this machine itself: `localhost` and what ends so, 127.0.0.0/8, ::1.
inline bool is_loopback(std::string_view host) {
    if (host.ends_with('.')) host.remove_suffix(1);
    if (const auto address = parse_address(host))
        return detail::host::in_network(*address, "127.0.0.0", 104) ||
               detail::host::in_network(*address, "::1", 128);
    const std::string name = text::lowered(host);
    return name == "localhost" || name.ends_with(".localhost");
}

/// True if `label` can stand between the dots of a host name: letters, digits and hyphens, at
/// most 63, no hyphen at either end.
constexpr bool valid_host_label(std::string_view label) noexcept {
    if (label.empty() || label.size() > 63) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    for (const char c : label)
        if (!text::is_alnum(c) && c != '-') return false;
    return true;
}

/// True for the domain itself and what is below it.
inline bool is_in_domain(std::string_view host, std::string_view domain) noexcept {
    return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                              host[host.size() - domain.size() - 1] == '.');
}

}  // namespace awsxx::inline AWSXX_ABI::http
