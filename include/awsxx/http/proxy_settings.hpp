// SPDX-License-Identifier: MIT
// Which proxies requests go through.
#pragma once

#include <awsxx/core/version.hpp>

#include <string>

namespace awsxx::inline AWSXX_ABI::http {

/// Proxies as `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` name them. Who reads the environment
/// fills this in; nothing here looks there.
struct proxy_settings {
    std::string http{};   ///< For http targets: `http://user:password@host:port`, or empty.
    std::string https{};  ///< For https targets.
    /// Reached directly, separated by commas: `*`, a name with everything below it (`a.b`, `.a.b`,
    /// `*.a.b`), an address, a network (`10.0.0.0/8`); names and addresses with `:port` or not.
    std::string none{};
};


}  // namespace awsxx::inline AWSXX_ABI::http
