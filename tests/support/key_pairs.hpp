// SPDX-License-Identifier: MIT
// Keys and certificates made up on the spot, in every spelling that PEM has for them.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace test {

/// A key of its own and what is signed by it.
class key_pair {
public:
    static key_pair rsa() { return key_pair(EVP_RSA_gen(2048)); }
    static key_pair ec(const char* curve = "P-256") { return key_pair(EVP_EC_gen(curve)); }
    static key_pair ed25519() { return key_pair(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }

    EVP_PKEY* get() const { return key_.get(); }

    std::string pkcs8(const char* passphrase = nullptr) const {
        return written([&](BIO* to) {
            const EVP_CIPHER* cipher = passphrase != nullptr ? EVP_aes_128_cbc() : nullptr;
            PEM_write_bio_PKCS8PrivateKey(to, get(), cipher, nullptr, 0, nullptr,
                                          const_cast<char*>(passphrase));
        });
    }
    /// PKCS#1 or SEC1, whichever belongs to the kind of key.
    std::string traditional(const char* passphrase = nullptr) const {
        return written([&](BIO* to) {
            const EVP_CIPHER* cipher = passphrase != nullptr ? EVP_aes_128_cbc() : nullptr;
            PEM_write_bio_PrivateKey_traditional(to, get(), cipher, nullptr, 0, nullptr,
                                                 const_cast<char*>(passphrase));
        });
    }
    bool verifies(const std::string& message, const std::string& signature,
                  const EVP_MD* hash = EVP_sha256()) const {
        EVP_MD_CTX* context = EVP_MD_CTX_new();
        const auto bytes = [](const std::string& text) {
            return reinterpret_cast<const unsigned char*>(text.data());
        };
        const bool good = EVP_DigestVerifyInit(context, nullptr, hash, nullptr, get()) == 1 &&
                          EVP_DigestVerify(context, bytes(signature), signature.size(),
                                           bytes(message), message.size()) == 1;
        EVP_MD_CTX_free(context);
        return good;
    }

    struct names {
        std::string subject = "awsxx test";
        std::string serial = "1";  ///< In decimal.
        std::string issuer{};      ///< Empty: itself.
        const key_pair* signer{};  ///< Null: itself.
    };
    /// A certificate of this key in PEM.
    std::string certificate(const names& with) const {
        X509* made = X509_new();
        X509_set_version(made, 2);
        BIGNUM* number = nullptr;
        BN_dec2bn(&number, with.serial.c_str());
        BN_to_ASN1_INTEGER(number, X509_get_serialNumber(made));
        BN_free(number);
        X509_gmtime_adj(X509_getm_notBefore(made), -3600);
        X509_gmtime_adj(X509_getm_notAfter(made), 86400);
        X509_set_pubkey(made, get());
        name(X509_get_subject_name(made), with.subject);
        name(X509_get_issuer_name(made), with.issuer.empty() ? with.subject : with.issuer);
        const bool authority = with.signer == nullptr;
        X509_EXTENSION* basic = X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints,
                                                    authority ? "critical,CA:TRUE" : "CA:FALSE");
        X509_add_ext(made, basic, -1);
        X509_EXTENSION_free(basic);
        if (X509_sign(made, authority ? get() : with.signer->get(), EVP_sha256()) == 0)
            std::abort();
        std::string pem = written([&](BIO* to) { PEM_write_bio_X509(to, made); });
        X509_free(made);
        return pem;
    }

private:
    explicit key_pair(EVP_PKEY* key) : key_(key, &EVP_PKEY_free) {
        if (key == nullptr) std::abort();
    }

    static void name(X509_NAME* which, const std::string& text) {
        X509_NAME_add_entry_by_txt(which, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>(text.c_str()), -1, -1, 0);
    }
    template <class Write>
    static std::string written(Write write) {
        BIO* out = BIO_new(BIO_s_mem());
        write(out);
        char* text = nullptr;
        const long size = BIO_get_mem_data(out, &text);
        std::string copy(text, static_cast<std::size_t>(size));
        BIO_free(out);
        return copy;
    }

    std::shared_ptr<EVP_PKEY> key_;
};

/// Made once: RSA keys take their time.
inline const key_pair& an_rsa_key() {
    static const key_pair one = key_pair::rsa();
    return one;
}
inline const key_pair& an_ec_key() {
    static const key_pair one = key_pair::ec();
    return one;
}

}  // namespace test
