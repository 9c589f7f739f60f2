// SPDX-License-Identifier: MIT
// How an app client with a secret proves in each step of a login that it knows it.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>

#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::cognito {

/// The parameter SECRET_HASH. `user_name`: what was typed in the first step, and the pool's own
/// name of the user in all that follow.
/// https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
inline std::string secret_hash(std::string_view user_name, std::string_view client_id,
                               const secret& client_secret) {
    std::string message(user_name);
    message += client_id;
    const crypto::hmac_key key(client_secret.expose());
    return crypto::to_base64(crypto::as_text(key.sign(message)));
}

}  // namespace awsxx::inline AWSXX_ABI::cognito
