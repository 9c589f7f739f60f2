// SPDX-License-Identifier: MIT
// What a program prints that a profile names as its `credential_process`.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/recipes/credentials_document.hpp>

namespace awsxx::inline AWSXX_ABI::recipes {

/// The credentials for whoever runs this program as its `credential_process`.
///
///     const awsxx::session session;
///     const auto keys = session.try_fetch_credentials();
///     const auto text = awsxx::recipes::credential_process_document(**keys);
///     std::cout << text->expose() << '\n';
///
/// Without an expiration the one who asks takes them for good. Fails with `invalid_argument` for
/// credentials without a key or a secret.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
inline expected<secret> credential_process_document(const credentials& keys) {
    return credentials_document(keys, {.versioned = true, .token_name = "SessionToken"});
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
