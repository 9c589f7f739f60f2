// SPDX-License-Identifier: MIT
// Private keys that protect nothing, and the other side of their signatures.
#pragma once

#include <string>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>

namespace test {

/// One key on P-256, in the spellings there are.
inline constexpr const char* sec1_pem =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MHcCAQEEIKBOOEfmW65kFbja+xdE5l4sCgmQqXrMWSYdW9xwjQUfoAoGCCqGSM49\n"
    "AwEHoUQDQgAESlYv7673TZr/4SMHpHjIMFSi9yTjeTYKvms/oxHI5/vql3FPhxsh\n"
    "QVaVAde4GFB+alqIufln6khn5oHH/LYKEQ==\n"
    "-----END EC PRIVATE KEY-----\n";
inline constexpr const char* pkcs8_pem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgoE44R+ZbrmQVuNr7\n"
    "F0TmXiwKCZCpesxZJh1b3HCNBR+hRANCAARKVi/vrvdNmv/hIwekeMgwVKL3JON5\n"
    "Ngq+az+jEcjn++qXcU+HGyFBVpUB17gYUH5qWoi5+WfqSGfmgcf8tgoR\n"
    "-----END PRIVATE KEY-----\n";
inline constexpr const char* encrypted_pem =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiMmZwNY0R8MwICCAAw\n"
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEENoSQroFLqN2iLZ73sgW11oEgZDa\n"
    "qQ0WI2A0JYfonERw+buSVS11DzlbQEhXE0MEU8yYYbYWqov7CKstXVnX3Fhz41bJ\n"
    "g2JctBGlzLLELIX6W+2r4U2DktyRtTtyYtaVz2IYicZtHaIne68CSE7RP8XfMi95\n"
    "RXfOBHrv3uLe6k4/r79vqpoLpw2vCnTZTU8ls4oi6s+CpccY4OUUs1VmNzWgdns=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";
/// A key on another curve.
inline constexpr const char* p384_pem =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MIGkAgEBBDDTiNWFHaeMtm9PJ5LGKteCvJxPBy73J0m1xBwlCstLlyYIUGuaSAk0\n"
    "fQLvQP4fq/SgBwYFK4EEACKhZANiAAT8E6I9Fbb+zaKoqlJSpB4TYycXm10PgWtE\n"
    "V8oHoRPv91qaRs8j2911ek0FMH9wbDjNSU7x0L5v2suogSz2L64+Enrbv9m+PkXh\n"
    "RrHXzLfFHf+UGp4aOOcxyGEUpQPaGho=\n"
    "-----END EC PRIVATE KEY-----\n";

/// Whether it is a signature in DER of those bytes by the key with that public point.
inline bool verifies_der(std::string_view x, std::string_view y, std::string_view bytes,
                         std::string_view der) {
    std::string point = "\x04";
    point.append(x).append(y);
    char curve[] = "prime256v1";
    OSSL_PARAM parts[] = {OSSL_PARAM_construct_utf8_string("group", curve, 0),
                          OSSL_PARAM_construct_octet_string("pub", point.data(), point.size()),
                          OSSL_PARAM_construct_end()};
    EVP_PKEY_CTX* maker = EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr);
    EVP_PKEY* key = nullptr;
    EVP_PKEY_fromdata_init(maker);
    EVP_PKEY_fromdata(maker, &key, EVP_PKEY_PUBLIC_KEY, parts);
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const auto* signature = reinterpret_cast<const unsigned char*>(der.data());
    const auto* text = reinterpret_cast<const unsigned char*>(bytes.data());
    const bool good = key != nullptr &&
                      EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key) == 1 &&
                      EVP_DigestVerify(context, signature, der.size(), text, bytes.size()) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    EVP_PKEY_CTX_free(maker);
    return good;
}

/// Whether r and s are a signature of those bytes by that key.
inline bool verifies(const char* pem, std::string_view bytes, std::string_view raw) {
    if (raw.size() != 64) return false;
    const auto* numbers = reinterpret_cast<const unsigned char*>(raw.data());
    ECDSA_SIG* parts = ECDSA_SIG_new();
    ECDSA_SIG_set0(parts, BN_bin2bn(numbers, 32, nullptr), BN_bin2bn(numbers + 32, 32, nullptr));
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(parts, &der);
    BIO* in = BIO_new_mem_buf(pem, -1);
    EVP_PKEY* key = PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const bool good =
        EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key) == 1 &&
        EVP_DigestVerify(context, der, static_cast<std::size_t>(size),
                         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    BIO_free(in);
    OPENSSL_free(der);
    ECDSA_SIG_free(parts);
    return good;
}

}  // namespace test
