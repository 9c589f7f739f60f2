// SPDX-License-Identifier: MIT
// What a curl transport is set up with.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/http/proxy_settings.hpp>

#include <string>

namespace awsxx::inline AWSXX_ABI::http {

/// Set once for all requests of a transport. Environment variables have no influence of their own.
struct curl_options {
    proxy_settings proxies{};
    std::string ca_file{};  ///< PEM certificates to trust. Empty: the system's.
    /// A folder of certificates by hash. Every new connection searches it: a file is faster.
    std::string ca_path{};
    /// Talks TLS to whoever answers. Anyone on the way can read and change everything.
    bool insecure_skip_tls_verification{};
    bool tcp_keepalive = true;
    bool http2{};  ///< With TLS servers that speak it; HTTP/1.1 with all others.
};

}  // namespace awsxx::inline AWSXX_ABI::http
