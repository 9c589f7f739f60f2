// SPDX-License-Identifier: MIT
// HMAC with SHA-1, which the codes of MFA devices are made with.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/crypto/openssl_end.hpp>
#include <awsxx/crypto/sha1.hpp>

#include <string_view>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace awsxx::inline AWSXX_ABI::crypto {

/// RFC 2104 with SHA-1, of bytes that lie in one piece.
inline sha1_digest hmac_sha1(std::string_view key, std::string_view bytes) noexcept {
    sha1_digest digest{};
    outlive_main();
    HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data(),
         nullptr);
    return digest;
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
