// SPDX-License-Identifier: MIT
// Random text that nobody can guess, to let in only those who were told it.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>

#include <string>

#include <openssl/rand.h>

namespace awsxx::inline AWSXX_ABI::crypto {

/// 64 hexadecimal digits: 256 bits of OpenSSL's random generator. Fails if that has no entropy.
inline expected<secret> random_token() {
    std::string bytes(32, '\0');
    if (::RAND_priv_bytes(reinterpret_cast<unsigned char*>(bytes.data()), 32) != 1)
        return error{.code = "NoEntropy", .message = "OpenSSL has no random numbers"};
    secret token(to_hex(bytes));
    wipe(bytes);
    return token;
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
