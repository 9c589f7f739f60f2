// SPDX-License-Identifier: MIT
// Private keys on the curve P-256, and their signatures in both spellings.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
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
#include <openssl/obj_mac.h>
#include <openssl/params.h>
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

/// Keys may be kept for as long as the program runs, and a little longer.
inline void end_key(EVP_PKEY* key) noexcept {
    if (!openssl_is_over()) EVP_PKEY_free(key);
}
using key_handle = owned<EVP_PKEY, &end_key>;
using number = owned<BIGNUM, &BN_clear_free>;

constexpr std::size_t scalar_size = 32;
constexpr std::size_t point_size = 1 + 2 * scalar_size;  // uncompressed: 4, x, y

/// Without it OpenSSL would ask the terminal for the password of an encrypted key.
inline int no_password(char*, int, int, void*) { return -1; }

AWSXX_COLD inline error refused(std::string message) {
    ERR_clear_error();
    return {
        .kind = error_kind::invalid_argument, .code = "InvalidKey", .message = std::move(message)};
}

/// Appends a number of 32 bytes. False: it does not fit.
inline bool append(std::string& out, const BIGNUM* what) {
    std::array<unsigned char, scalar_size> bytes{};
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

/// The public point of a private number. False: it is none of the curve.
inline bool find_point(const BIGNUM* scalar, std::array<unsigned char, point_size>& into) {
    const owned<EC_GROUP, &EC_GROUP_free> curve(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    if (!curve || BN_cmp(scalar, EC_GROUP_get0_order(curve.get())) >= 0) return false;
    const owned<EC_POINT, &EC_POINT_free> point(EC_POINT_new(curve.get()));
    return point &&
           EC_POINT_mul(curve.get(), point.get(), scalar, nullptr, nullptr, nullptr) == 1 &&
           EC_POINT_point2oct(curve.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, into.data(),
                              into.size(), nullptr) == into.size();
}

/// The key of a private number and the point that belongs to it; null if there is none.
inline key_handle make_key(const BIGNUM* scalar, std::array<unsigned char, point_size>& point) {
    char curve[] = "prime256v1";
    std::array<unsigned char, scalar_size> bytes{};
    if (BN_bn2nativepad(scalar, bytes.data(), static_cast<int>(bytes.size())) < 0) return nullptr;
    OSSL_PARAM parts[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve, 0),
        OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, bytes.data(), bytes.size()),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end()};
    const owned<EVP_PKEY_CTX, &EVP_PKEY_CTX_free> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* made = nullptr;
    if (context && EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEYPAIR, parts);
    awsxx::wipe(bytes.data(), bytes.size());
    return key_handle(made);
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

    /// The key whose private number these 32 bytes are, the first byte the highest. Fails with
    /// "InvalidKey" unless it is from 1 to below the order of the curve.
    static expected<ec_key> from_scalar(const secret& bytes) {
        namespace own = detail::ec_key;
        outlive_main();
        const std::string_view text = bytes.expose();
        const auto* digits = reinterpret_cast<const unsigned char*>(text.data());
        if (text.size() != own::scalar_size)
            return own::refused("the private number is not one of 32 bytes");
        if (openssl_is_over()) return own::refused("the program ends, and OpenSSL is gone");
        const own::number scalar(BN_bin2bn(digits, static_cast<int>(text.size()), nullptr));
        std::array<unsigned char, own::point_size> point{};
        if (!scalar || BN_is_zero(scalar.get()) || !own::find_point(scalar.get(), point))
            return own::refused("the private number has no point on P-256");
        ec_key made;
        made.key_ = own::make_key(scalar.get(), point);
        if (!made.key_) return own::refused("the private number is none of P-256");
        const auto* start = reinterpret_cast<const char*>(point.data());
        made.x_.assign(start + 1, own::scalar_size);
        made.y_.assign(start + 1 + own::scalar_size, own::scalar_size);
        return made;
    }

    /// The public point: 32 bytes each, the first byte the highest.
    const std::string& x() const noexcept { return x_; }
    const std::string& y() const noexcept { return y_; }

    /// ES256: 32 bytes r and 32 bytes s over the SHA-256 of `bytes`; another one every time.
    expected<std::string> sign(std::string_view bytes) const {
        namespace own = detail::ec_key;
        const auto der = sign_der(bytes);
        if (!der) return der.error();
        std::string raw =
            own::raw_signature(reinterpret_cast<const unsigned char*>(der->data()), der->size());
        if (raw.empty()) return own::refused("the private key cannot sign");
        return raw;
    }

    /// The same in DER: at most 72 bytes, a few less now and then.
    expected<std::string> sign_der(std::string_view bytes) const {
        namespace own = detail::ec_key;
        if (openssl_is_over()) return own::refused("the program ends, and OpenSSL is gone");
        const own::owned<EVP_MD_CTX, &EVP_MD_CTX_free> context(EVP_MD_CTX_new());
        std::array<unsigned char, 80> der{};
        std::size_t size = der.size();
        const auto* text = reinterpret_cast<const unsigned char*>(bytes.data());
        if (!context ||
            EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1 ||
            EVP_DigestSign(context.get(), der.data(), &size, text, bytes.size()) != 1)
            return own::refused("the private key cannot sign");
        return std::string(reinterpret_cast<const char*>(der.data()), size);
    }

private:
    ec_key() = default;

    std::shared_ptr<EVP_PKEY> key_{};
    std::string x_{};
    std::string y_{};
};

}  // namespace awsxx::inline AWSXX_ABI::crypto
