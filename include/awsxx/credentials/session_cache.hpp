// SPDX-License-Identifier: MIT
// The cache that a session keeps its credentials in.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/bucket_session.hpp>
#include <awsxx/credentials/cached.hpp>
#include <awsxx/credentials/endpoint_discovery.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/discovered_endpoint.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/settings.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// A cache over `source` that goes by the clock, the windows and the randomness of a session.
/// `tokens`: what it keeps are bearer tokens.
inline std::shared_ptr<credentials_provider> cached(
    std::shared_ptr<credentials_provider> source,
    const std::shared_ptr<const runtime::configuration>& from, bool tokens = false) {
    return std::make_shared<cached_credentials>(
        std::move(source), std::make_shared<runtime::corrected_clock>(from), from->outside().random,
        cache_options{from->choices().refresh, from->choices().observer, tokens});
}

/// The tokens of the settings; null where they have none.
inline std::shared_ptr<credentials_provider> given_tokens(
    const std::shared_ptr<const runtime::configuration>& from, std::string_view) {
    const auto& given = from->choices().bearer_tokens;
    return given ? cached(given, from, true) : nullptr;
}

/// The sessions of `caller` at a directory bucket of S3, each kept until it is to be renewed.
inline std::shared_ptr<credentials_provider> bucket_session(
    const std::shared_ptr<const runtime::identity>& caller, const model::service& at,
    std::string_view bucket) {
    return cached(std::make_shared<bucket_session_credentials>(caller, at, std::string(bucket)),
                  caller->configuration());
}

/// Where the service of `of` tells its callers to go.
inline std::shared_ptr<runtime::discovered_endpoint> endpoint_discovery_of(
    const std::shared_ptr<const runtime::identity>& caller, const model::operation& of) {
    return std::make_shared<endpoint_discovery_cache>(caller, of);
}

/// Stands where a program gave no provider at all.
class no_provider final : public credentials_provider {
public:
    resolution resolve(instant) override {
        return error{.kind = error_kind::invalid_argument,
                     .code = "NoProvider",
                     .message = "the session was made with a null credentials provider"};
    }
};

/// The identity of a first session with keys of `source`.
inline std::shared_ptr<const runtime::identity> identity_of(
    std::shared_ptr<credentials_provider> source, settings choices) {
    const auto from = std::make_shared<const runtime::configuration>(
        std::move(choices),
        runtime::provider_makers{&given_tokens, &bucket_session, &endpoint_discovery_of});
    if (!source) source = std::make_shared<no_provider>();
    return std::make_shared<const runtime::identity>(from, cached(std::move(source), from));
}

}  // namespace awsxx::inline AWSXX_ABI
