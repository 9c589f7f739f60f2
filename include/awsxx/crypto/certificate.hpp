// SPDX-License-Identifier: MIT
// An X.509 certificate with those that vouch for it, as PEM texts hold them.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/openssl_end.hpp>
#include <awsxx/crypto/openssl_guard.hpp>
#include <awsxx/crypto/pem.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace awsxx::inline AWSXX_ABI::crypto {

namespace detail::certificate {

struct end {
    void operator()(X509* one) const noexcept { X509_free(one); }
    void operator()(BIO* one) const noexcept { BIO_free(one); }
    void operator()(BIGNUM* one) const noexcept { BN_free(one); }
    void operator()(char* one) const noexcept { OPENSSL_free(one); }
};
using x509 = std::unique_ptr<X509, end>;

inline int no_passphrase(char*, int, int, void*) noexcept { return -1; }

AWSXX_COLD inline error unusable(std::string why) {
    return {
        .kind = error_kind::configuration, .code = "InvalidCertificate", .message = std::move(why)};
}

inline x509 read(std::string_view block) {
    const std::unique_ptr<BIO, end> in(
        BIO_new_mem_buf(block.data(), static_cast<int>(block.size())));
    if (!in) return nullptr;
    return x509(PEM_read_bio_X509(in.get(), nullptr, &no_passphrase, nullptr));
}

inline std::string der_of(const X509* one) {
    const int size = i2d_X509(one, nullptr);
    if (size <= 0) return {};
    std::string bytes(static_cast<std::size_t>(size), '\0');
    auto* to = reinterpret_cast<unsigned char*>(bytes.data());
    i2d_X509(one, &to);
    return bytes;
}

inline std::string serial_of(const X509* one) {
    const std::unique_ptr<BIGNUM, end> number(
        ASN1_INTEGER_to_BN(X509_get0_serialNumber(one), nullptr));
    if (!number) return {};
    const std::unique_ptr<char, end> digits(BN_bn2dec(number.get()));
    return digits ? std::string(digits.get()) : std::string();
}

constexpr bool is_certificate(std::string_view label) noexcept {
    return label == "CERTIFICATE" || label == "X509 CERTIFICATE";
}

}  // namespace detail::certificate

/// A certificate and its chain. A value: cheap enough to copy, any thread may read it.
class certificate {
public:
    /// Reads PEM: the certificate itself first, then those that vouch for it, if any. Blocks of
    /// other kinds, as a private key, are passed over.
    ///
    /// Fails with `configuration` and "InvalidCertificate"; the message says which block it is.
    static expected<certificate> from_pem(std::string_view pem) {
        namespace from = detail::certificate;
        constexpr std::size_t limit = std::size_t{1} << 20;
        if (pem.size() > limit) return from::unusable("the PEM text is larger than a megabyte");
        outlive_main();
        if (openssl_is_over()) return from::unusable("the program ends, and OpenSSL is gone");
        const detail::error_queue_guard guard;
        certificate made;
        std::size_t number = 0;
        const auto blocks = pem_blocks(pem);
        for (const pem_block& block : blocks) {
            if (!from::is_certificate(block.label) && !(block.cut && block.label.empty())) continue;
            if (auto done = made.add(block, ++number); !done) return std::move(done).error();
        }
        if (made.der_.empty())
            return from::unusable("no certificate in PEM where one is expected, but " +
                                  pem_contents(blocks));
        return made;
    }

    /// The certificate itself, in DER.
    std::string_view der() const noexcept { return der_; }
    /// Its serial number in decimal, of any length.
    std::string_view serial_number() const noexcept { return serial_; }
    /// The certificates after it, each in DER, in the order of the text.
    const std::vector<std::string>& chain() const noexcept { return chain_; }

private:
    certificate() = default;

    expected<void> add(const pem_block& block, std::size_t number) {
        namespace from = detail::certificate;
        const std::string which = "certificate " + std::to_string(number) + " of the PEM text ";
        if (block.cut) return from::unusable(which + "has no END line");
        const from::x509 one = from::read(block.text);
        std::string der = one ? from::der_of(one.get()) : std::string();
        if (der.empty()) return from::unusable(which + "is damaged");
        if (number > 1) {
            chain_.push_back(std::move(der));
            return {};
        }
        serial_ = from::serial_of(one.get());
        if (serial_.empty()) return from::unusable(which + "has no serial number");
        der_ = std::move(der);
        return {};
    }

    std::string der_{};
    std::string serial_{};
    std::vector<std::string> chain_{};
};

}  // namespace awsxx::inline AWSXX_ABI::crypto
