// SPDX-License-Identifier: MIT
// Private keys on the curve P-256, and the signatures that JSON web tokens have of them.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/openssl_end.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace awsxx::inline AWSXX_ABI::crypto {

namespace detail::ec_key {

template <auto Free>
struct freed {
    template <class T>
    void operator()(T* what) const noexcept {
        Free(what);
    }
};
template <class T, auto Free>
using owned = std::unique_ptr<T, freed<Free>>;

using key_handle = owned<EVP_PKEY, &EVP_PKEY_free>;
using number = owned<BIGNUM, &BN_free>;

/// Without it OpenSSL would ask the terminal for the password of an encrypted key.
inline int no_password(char*, int, int, void*) { return -1; }

AWSXX_COLD inline error refused(std::string message) {
    ERR_clear_error();
    return {
        .kind = error_kind::invalid_argument, .code = "InvalidKey", .message = std::move(message)};
}

/// Appends a number of 32 bytes. False: it does not fit.
inline bool append(std::string& out, const BIGNUM* what) {
    std::array<unsigned char, 32> bytes{};
    if (BN_bn2binpad(what, bytes.data(), static_cast<int>(bytes.size())) < 0) return false;
    out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return true;
}

inline std::string coordinate(const EVP_PKEY* key, const char* name) {
    BIGNUM* found = nullptr;
    EVP_PKEY_get_bn_param(key, name, &found);
    const number held(found);
    std::string bytes;
    if (held) append(bytes, held.get());
    return bytes;
}

inline bool is_p256(const EVP_PKEY* key) {
    char curve[32] = {};
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
           EVP_PKEY_get_group_name(key, curve, sizeof curve, nullptr) == 1 &&
           std::string_view(curve) == "prime256v1";
}

/// r and s of a signature in DER, one behind the other.
inline std::string raw_signature(const unsigned char* der, std::size_t size) {
    const owned<ECDSA_SIG, &ECDSA_SIG_free> parts(
        d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(size)));
    std::string raw;
    if (!parts || !append(raw, ECDSA_SIG_get0_r(parts.get())) ||
        !append(raw, ECDSA_SIG_get0_s(parts.get())))
        return {};
    return raw;
}

}  // namespace detail::ec_key

/// A private key on P-256. Any number of threads may sign with copies of the same one.
class ec_key {
public:
    /// Reads the first private key of a PEM text: "EC PRIVATE KEY" or "PRIVATE KEY", without a
    /// password. The error never repeats any of the text.
    static expected<ec_key> from_pem(std::string_view pem) {
        namespace own = detail::ec_key;
        outlive_main();
        const own::owned<BIO, &BIO_free_all> in(
            BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
        own::key_handle key(PEM_read_bio_PrivateKey(in.get(), nullptr, &own::no_password, nullptr));
        if (!key) return own::refused("the PEM text has no private key that can be read");
        if (!own::is_p256(key.get())) return own::refused("the private key is not one on P-256");
        ec_key made;
        made.x_ = own::coordinate(key.get(), OSSL_PKEY_PARAM_EC_PUB_X);
        made.y_ = own::coordinate(key.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
        made.key_ = std::move(key);
        if (made.x_.empty() || made.y_.empty())
            return own::refused("the private key has no public half");
        return made;
    }

    /// The public point: 32 bytes each, the first byte the highest.
    const std::string& x() const noexcept { return x_; }
    const std::string& y() const noexcept { return y_; }

    /// ES256: 32 bytes r and 32 bytes s over the SHA-256 of `bytes`; another one every time.
    expected<std::string> sign(std::string_view bytes) const {
        namespace own = detail::ec_key;
        const own::owned<EVP_MD_CTX, &EVP_MD_CTX_free> context(EVP_MD_CTX_new());
        std::array<unsigned char, 80> der{};  // 72 at most
        std::size_t size = der.size();
        const auto* text = reinterpret_cast<const unsigned char*>(bytes.data());
        std::string raw;
        if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
            EVP_DigestSign(context.get(), der.data(), &size, text, bytes.size()) == 1)
            raw = own::raw_signature(der.data(), size);
        if (raw.empty()) return own::refused("the private key cannot sign");
        return raw;
    }

private:
    ec_key() = default;

    std::shared_ptr<EVP_PKEY> key_{};
    std::string x_{};
    std::string y_{};
};

}  // namespace awsxx::inline AWSXX_ABI::crypto
