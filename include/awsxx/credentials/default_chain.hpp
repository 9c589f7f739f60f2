// SPDX-License-Identifier: MIT
// Where a session looks for credentials if nobody tells it: in the order that AWS's tools agree on.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/chain.hpp>
#include <awsxx/credentials/container.hpp>
#include <awsxx/credentials/default_bearer_tokens.hpp>
#include <awsxx/credentials/environment.hpp>
#include <awsxx/credentials/environment_web_identity.hpp>
#include <awsxx/credentials/imds.hpp>
#include <awsxx/credentials/profile.hpp>
#include <awsxx/credentials/session_cache.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/identity.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// Keys in the environment, a web identity in the environment, the profile, the container, the
/// instance. A profile named in code stands alone: keys that happen to be in the environment must
/// not take its place. Reads nothing yet.
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
inline std::shared_ptr<credentials_provider> default_chain(
    const std::shared_ptr<const runtime::configuration>& from) {
    const auto profile = std::make_shared<profile_credentials>(from);
    if (from->choices().profile)
        return std::make_shared<credentials_chain>(
            std::vector<credentials_source>{{"profile", profile}});
    return std::make_shared<credentials_chain>(std::vector<credentials_source>{
        {"environment", std::make_shared<environment_credentials>(from->outside().environment)},
        {"web identity", std::make_shared<environment_web_identity>(from)},
        {"profile", profile},
        {"container", std::make_shared<container_credentials>(from)},
        {"instance metadata", std::make_shared<imds_credentials>(from)}});
}

/// The tokens of the settings or, where they have none, from where AWS's tools look for them.
inline std::shared_ptr<credentials_provider> default_tokens(
    const std::shared_ptr<const runtime::configuration>& from, std::string_view signing_name) {
    if (from->choices().bearer_tokens) return given_tokens(from, signing_name);
    return cached(std::make_shared<default_bearer_tokens>(from, std::string(signing_name)), from,
                  true);
}

/// The identity of a first session that nobody gave credentials.
inline std::shared_ptr<const runtime::identity> default_identity(settings choices) {
    const auto from = std::make_shared<const runtime::configuration>(
        std::move(choices),
        runtime::provider_makers{&default_tokens, &bucket_session, &endpoint_discovery_of});
    return std::make_shared<const runtime::identity>(from, cached(default_chain(from), from));
}

}  // namespace awsxx::inline AWSXX_ABI
