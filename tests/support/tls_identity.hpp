// SPDX-License-Identifier: MIT
// A certificate authority made up on the spot, with a certificate for a server on the loopback.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace test {

/// Keys and certificates that live as long as it does. `ca_file()` is what clients have to trust.
class tls_identity {
public:
    /// `names` as OpenSSL spells them: "IP:127.0.0.1,DNS:example.test".
    explicit tls_identity(const std::string& names = "IP:127.0.0.1") {
        EVP_PKEY* ca_key = EVP_EC_gen("P-256");
        EVP_PKEY* key = EVP_EC_gen("P-256");
        X509* ca = certificate("awsxx test authority", ca_key, nullptr, ca_key, "");
        X509* own = certificate("awsxx test server", key, ca, ca_key, names);
        context_ = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(context_, own);
        SSL_CTX_use_PrivateKey(context_, key);
        SSL_CTX_set_session_id_context(context_, reinterpret_cast<const unsigned char*>("t"), 1);
        write(ca);
        X509_free(own);
        X509_free(ca);
        EVP_PKEY_free(key);
        EVP_PKEY_free(ca_key);
    }
    ~tls_identity() {
        SSL_CTX_free(context_);
        std::remove(file_.c_str());
    }
    tls_identity(const tls_identity&) = delete;
    tls_identity& operator=(const tls_identity&) = delete;

    /// From now on clients need a certificate that the one in `pem` vouches for.
    void demand_certificates_of(const std::string& pem) {
        BIO* in = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
        X509* authority = PEM_read_bio_X509(in, nullptr, nullptr, nullptr);
        BIO_free(in);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context_), authority);
        X509_free(authority);
        SSL_CTX_set_verify(context_, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }

    SSL_CTX* server() const { return context_; }
    const std::string& ca_file() const { return file_; }

private:
    static X509* certificate(const char* name, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key,
                             const std::string& names) {
        static long serial = 1;
        X509* made = X509_new();
        X509_set_version(made, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial);
        X509_gmtime_adj(X509_getm_notBefore(made), -3600);
        X509_gmtime_adj(X509_getm_notAfter(made), 86400);
        X509_set_pubkey(made, key);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
        X509_set_issuer_name(made, X509_get_subject_name(issuer != nullptr ? issuer : made));
        extend(made, issuer, NID_basic_constraints,
               issuer == nullptr ? "critical,CA:TRUE" : "CA:FALSE");
        if (!names.empty()) extend(made, issuer, NID_subject_alt_name, names.c_str());
        X509_sign(made, issuer_key, EVP_sha256());
        return made;
    }

    static void extend(X509* made, X509* issuer, int what, const char* value) {
        X509V3_CTX context;
        X509V3_set_ctx_nodb(&context);
        X509V3_set_ctx(&context, issuer != nullptr ? issuer : made, made, nullptr, nullptr, 0);
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, what, value);
        if (extension == nullptr) std::abort();
        X509_add_ext(made, extension, -1);
        X509_EXTENSION_free(extension);
    }

    void write(X509* ca) {
        char name[] = "/tmp/awsxx-test-ca-XXXXXX";
        const int descriptor = ::mkstemp(name);
        std::FILE* out = descriptor < 0 ? nullptr : ::fdopen(descriptor, "w");
        if (out == nullptr) std::abort();
        PEM_write_X509(out, ca);
        std::fclose(out);
        file_ = name;
    }

    SSL_CTX* context_ = nullptr;
    std::string file_{};
};

}  // namespace test
