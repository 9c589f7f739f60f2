// SPDX-License-Identifier: MIT
// Keys and a time for which the tokens are known.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/recipes/presigned_token.hpp>

#include <string>

namespace test {

inline const awsxx::credentials& token_keys() {
    static const awsxx::credentials keys{.access_key_id = "akid", .secret_access_key = "skid"};
    return keys;
}

/// These keys at 20161107T173933Z.
inline awsxx::recipes::keys_at token_signer(const awsxx::credentials& keys = token_keys()) {
    return {keys, awsxx::parse_date("20161107T173933Z", awsxx::date_format::basic)->to_instant()};
}

/// What follows the caller's own parameters in the tokens of these keys.
inline std::string token_tail(const std::string& service, const std::string& valid,
                              const std::string& signature) {
    return "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=akid%2F20161107%2Fus-east-1%2F" +
           service + "%2Faws4_request&X-Amz-Date=20161107T173933Z&X-Amz-Expires=" + valid +
           "&X-Amz-SignedHeaders=host&X-Amz-Signature=" + signature;
}

}  // namespace test
