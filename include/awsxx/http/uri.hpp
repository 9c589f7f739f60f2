// SPDX-License-Identifier: MIT
// The address of a request in its parts, encoded as they go over the wire.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstdint>
#include <string>

namespace awsxx::inline AWSXX_ABI::http {

/// An http or https URI. Path and query are percent-encoded and are sent exactly as they are.
struct uri {
    std::string scheme = "https";  ///< Lower case.
    std::string host{};            ///< Lower case; an IPv6 address without its brackets.
    std::uint16_t port{};          ///< 0: the scheme's own.
    std::string path = "/";
    std::string query{};  ///< Without the question mark.

    /// The port that is connected to.
    std::uint16_t effective_port() const noexcept {
        if (port != 0) return port;
        return scheme == "https" ? 443 : 80;
    }
    bool operator==(const uri&) const = default;
};

/// Appends what a `Host` header says: the port only where it is not the scheme's own.
inline void append_host_header(std::string& out, const uri& from) {
    const bool bracketed = from.host.find(':') != std::string::npos;
    if (bracketed) out += '[';
    out += from.host;
    if (bracketed) out += ']';
    if (from.port == 0 || from.port == (from.scheme == "https" ? 443 : 80)) return;
    out.append(":").append(std::to_string(from.port));
}

/// What a `Host` header says.
inline std::string host_header(const uri& from) {
    std::string out;
    append_host_header(out, from);
    return out;
}

/// Appends the whole URI.
inline void append_to(std::string& out, const uri& from) {
    out.append(from.scheme).append("://");
    append_host_header(out, from);
    out += from.path;
    if (!from.query.empty()) out.append("?").append(from.query);
}

/// The whole URI. Do not log it as it is: queries carry signatures.
inline std::string to_string(const uri& from) {
    std::string out;
    append_to(out, from);
    return out;
}

}  // namespace awsxx::inline AWSXX_ABI::http
