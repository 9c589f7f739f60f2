// SPDX-License-Identifier: MIT
// Digests over bytes that come in pieces, by the algorithm's name.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/openssl_end.hpp>
#include <awsxx/crypto/openssl_guard.hpp>

#include <memory>
#include <string>
#include <string_view>

#include <openssl/evp.h>

namespace awsxx::inline AWSXX_ABI::crypto {

namespace detail::digest {

struct freed {
    void operator()(EVP_MD* one) const noexcept { EVP_MD_free(one); }
    void operator()(EVP_MD_CTX* one) const noexcept { EVP_MD_CTX_free(one); }
};

}  // namespace detail::digest

/// A computation under way. For SHA-256 alone there is `sha256`, which starts faster.
class digest {
public:
    /// `name` is OpenSSL's: "SHA1", "SHA256", "SHA512", "MD5". Fails with `NoSuchDigest` where
    /// OpenSSL does not have it: under FIPS there is no MD5.
    static expected<digest> begin(const char* name) {
        const crypto::detail::error_queue_guard guard;
        outlive_main();
        const std::unique_ptr<EVP_MD, detail::digest::freed> algorithm(
            EVP_MD_fetch(nullptr, name, nullptr));
        digest made;
        made.state_.reset(EVP_MD_CTX_new());
        if (!algorithm || !made.state_ ||
            EVP_DigestInit_ex2(made.state_.get(), algorithm.get(), nullptr) != 1)
            return error{.kind = error_kind::configuration,
                         .code = "NoSuchDigest",
                         .message = std::string(name) + " is not in this OpenSSL"};
        return made;
    }

    void update(std::string_view bytes) noexcept {
        EVP_DigestUpdate(state_.get(), bytes.data(), bytes.size());
    }
    /// The digest of all that came. The object is of no use after it.
    std::string finish() {
        unsigned char bytes[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        if (EVP_DigestFinal_ex(state_.get(), bytes, &size) != 1) return {};
        return {reinterpret_cast<const char*>(bytes), size};
    }

private:
    digest() = default;

    std::unique_ptr<EVP_MD_CTX, detail::digest::freed> state_{};
};

}  // namespace awsxx::inline AWSXX_ABI::crypto
