// SPDX-License-Identifier: MIT
// What a thread keeps between two signatures, so that the next one allocates nothing.
#pragma once

#include <awsxx/auth/canonical_request.hpp>
#include <awsxx/auth/signing_draft.hpp>
#include <awsxx/auth/signing_key.hpp>
#include <awsxx/auth/string_to_sign.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/message.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI::auth {

/// The algorithm's name, as it stands in headers and queries.
inline constexpr std::string_view sigv4_algorithm = "AWS4-HMAC-SHA256";

/// Derived keys and memory. Get it by `with_per_thread`.
struct signing_workspace {
    signing_keys keys{};
    canonical_request canonical{};
};

/// Writes the signature of a canonical request, 64 hexadecimal digits, and tells where it ends.
inline char* write_signature(char* to, const signing_key& key, const signing_time& when,
                             canonical_request& canonical) noexcept {
    const string_to_sign text(sigv4_algorithm, when, key.scope, canonical.hash());
    return crypto::write_hex(to, crypto::as_text(key.hmac.sign(text.text())));
}

}  // namespace awsxx::inline AWSXX_ABI::auth
