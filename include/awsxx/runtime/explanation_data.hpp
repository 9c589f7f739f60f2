// SPDX-License-Identifier: MIT
// Why a session uses the settings and the credentials that it uses.
#pragma once

#include <awsxx/auth/credentials_report.hpp>
#include <awsxx/config/described_setting.hpp>
#include <awsxx/core/version.hpp>

#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// What `session.explain()` tells, as data. Nothing in it is secret, so that it can go into a log
/// or a ticket.
struct explanation {
    std::vector<config::described_setting> settings{};
    /// From the first identity to the last role, the one that calls are made as.
    std::vector<credentials_report> identities{};
    std::vector<std::string> warnings{};
    std::string problem{};  ///< What is wrong with the settings, so that calls fail with it.
};

/// The explanation in lines for people.
AWSXX_ONCE std::string to_string(const explanation& what);

/// Writes `to_string(what)` to anything that takes a `std::string` with `<<`.
template <class Stream>
    requires requires(Stream& out, const std::string& text) { out << text; }
Stream& operator<<(Stream& out, const explanation& what) {
    out << to_string(what);
    return out;
}

}  // namespace awsxx::inline AWSXX_ABI
