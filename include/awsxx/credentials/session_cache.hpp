// SPDX-License-Identifier: MIT
// The cache that a session keeps its credentials in.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/cached.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// A cache over `source` that goes by the clock, the windows and the randomness of a session.
inline std::shared_ptr<credentials_provider> cached(
    std::shared_ptr<credentials_provider> source,
    const std::shared_ptr<const runtime::configuration>& from) {
    return std::make_shared<cached_credentials>(
        std::move(source), std::make_shared<runtime::corrected_clock>(from), from->outside().random,
        cache_options{from->choices().refresh, from->choices().observer});
}

}  // namespace awsxx::inline AWSXX_ABI
