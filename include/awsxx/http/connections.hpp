// SPDX-License-Identifier: MIT
// What became of connections that were made ahead of requests.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>

#include <optional>

namespace awsxx::inline AWSXX_ABI {

/// Connections that stand, for the next calls to the same place.
struct connections {
    int standing{};                  ///< How many, with TLS where that is used.
    int made{};                      ///< Of them, those that were not there before.
    std::optional<error> failure{};  ///< The first of those that do not.
};

}  // namespace awsxx::inline AWSXX_ABI
