// SPDX-License-Identifier: MIT
// SHA-1, which protects nothing any more and still names the cache files of AWS's tools.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/crypto/openssl_end.hpp>

#include <array>
#include <string_view>

#include <openssl/evp.h>

namespace awsxx::inline AWSXX_ABI::crypto {

/// The 20 bytes that SHA-1 ends in.
using sha1_digest = std::array<unsigned char, 20>;

/// The digest of bytes that lie in one piece.
inline sha1_digest sha1_of(std::string_view bytes) noexcept {
    sha1_digest digest{};
    outlive_main();
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
    return digest;
}

/// The bytes of a digest, for functions that take text.
inline std::string_view as_text(const sha1_digest& digest) noexcept {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
