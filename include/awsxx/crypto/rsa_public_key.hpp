// SPDX-License-Identifier: MIT
// An RSA key as JSON Web Keys hold it, and the check of signatures with it.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/crypto/openssl_end.hpp>
#include <awsxx/crypto/openssl_guard.hpp>

#include <cstddef>
#include <memory>
#include <string_view>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace awsxx::inline AWSXX_ABI::crypto {

namespace detail::rsa_public_key {

struct end {
    void operator()(BIGNUM* one) const noexcept { BN_free(one); }
    void operator()(OSSL_PARAM_BLD* one) const noexcept { OSSL_PARAM_BLD_free(one); }
    void operator()(OSSL_PARAM* one) const noexcept { OSSL_PARAM_free(one); }
    void operator()(EVP_PKEY_CTX* one) const noexcept { EVP_PKEY_CTX_free(one); }
    void operator()(EVP_MD_CTX* one) const noexcept { EVP_MD_CTX_free(one); }
    void operator()(EVP_PKEY* one) const noexcept {
        if (!openssl_is_over()) EVP_PKEY_free(one);
    }
};
template <class T>
using owned = std::unique_ptr<T, end>;

inline owned<BIGNUM> number(std::string_view bytes) {
    const auto* from = reinterpret_cast<const unsigned char*>(bytes.data());
    return owned<BIGNUM>(BN_bin2bn(from, static_cast<int>(bytes.size()), nullptr));
}

inline EVP_PKEY* make(std::string_view modulus, std::string_view exponent) {
    const auto n = number(modulus);
    const auto e = number(exponent);
    const owned<OSSL_PARAM_BLD> parts(OSSL_PARAM_BLD_new());
    if (!n || !e || !parts ||
        OSSL_PARAM_BLD_push_BN(parts.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(parts.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    const owned<OSSL_PARAM> all(OSSL_PARAM_BLD_to_param(parts.get()));
    const owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    if (!all || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
    if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, all.get()) != 1) return nullptr;
    return key;
}

}  // namespace detail::rsa_public_key

/// A public key. Copies share it; any number of threads may check with the same one.
class rsa_public_key {
public:
    /// Of big-endian bytes. A modulus below 2048 or above 8192 bits makes a key that nothing passes.
    rsa_public_key(std::string_view modulus, std::string_view exponent) {
        constexpr std::size_t least = 256;
        constexpr std::size_t most = 1024;
        if (modulus.size() < least || modulus.size() > most + 1 || exponent.empty() ||
            exponent.size() > 8)
            return;
        outlive_main();
        if (openssl_is_over()) return;
        const detail::error_queue_guard guard;
        key_.reset(detail::rsa_public_key::make(modulus, exponent), detail::rsa_public_key::end());
    }

    /// True if `signature` is one of `message`: RSASSA-PKCS1-v1_5 with SHA-256.
    bool verifies_sha256(std::string_view message, std::string_view signature) const {
        if (!key_ || openssl_is_over()) return false;
        const detail::error_queue_guard guard;
        const detail::rsa_public_key::owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
        return context &&
               EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) ==
                   1 &&
               EVP_DigestVerify(
                   context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                   signature.size(), reinterpret_cast<const unsigned char*>(message.data()),
                   message.size()) == 1;
    }

private:
    std::shared_ptr<EVP_PKEY> key_{};
};

}  // namespace awsxx::inline AWSXX_ABI::crypto
