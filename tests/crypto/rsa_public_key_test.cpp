// SPDX-License-Identifier: MIT
#include <awsxx/crypto/private_key.hpp>
#include <awsxx/crypto/rsa_public_key.hpp>

#include <support/catch.hpp>
#include <support/key_pairs.hpp>

#include <cstddef>
#include <string>

namespace {

std::string modulus_of(const test::key_pair& pair) {
    BIGNUM* n = nullptr;
    EVP_PKEY_get_bn_param(pair.get(), "n", &n);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(n)), '\0');
    BN_bn2bin(n, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(n);
    return bytes;
}
const std::string exponent("\x01\x00\x01", 3);

}  // namespace

TEST_CASE("RSA public key: what its private key signed passes, and nothing else") {
    const auto pair = test::key_pair::rsa();
    const auto signer = awsxx::crypto::private_key::from_pem(pair.pkcs8());
    const std::string signature = *signer->sign_sha256("message");
    const awsxx::crypto::rsa_public_key key(modulus_of(pair), exponent);

    CHECK(key.verifies_sha256("message", signature));
    CHECK_FALSE(key.verifies_sha256("massage", signature));
    CHECK_FALSE(key.verifies_sha256("message", signature.substr(1)));
    CHECK_FALSE(key.verifies_sha256("message", ""));
    const awsxx::crypto::rsa_public_key other(modulus_of(test::key_pair::rsa()), exponent);
    CHECK_FALSE(other.verifies_sha256("message", signature));
}

TEST_CASE("RSA public key: with numbers that make no safe key nothing passes") {
    const std::string short_modulus(128, '\xff');
    const std::string long_modulus(2000, '\xff');
    for (const auto& modulus : {std::string(), short_modulus, long_modulus})
        CHECK_FALSE(awsxx::crypto::rsa_public_key(modulus, exponent).verifies_sha256("", ""));
    const std::string fine(256, '\xff');
    CHECK_FALSE(awsxx::crypto::rsa_public_key(fine, "").verifies_sha256("", ""));
    CHECK_FALSE(
        awsxx::crypto::rsa_public_key(fine, std::string(9, '\x01')).verifies_sha256("", ""));
}
