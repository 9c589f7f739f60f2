// SPDX-License-Identifier: MIT
// A private RSA or EC key, as PEM texts hold it, and the signatures it makes.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/certificate.hpp>
#include <awsxx/crypto/openssl_end.hpp>
#include <awsxx/crypto/openssl_guard.hpp>
#include <awsxx/crypto/pem.hpp>

#include <cstddef>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace awsxx::inline AWSXX_ABI::crypto {

/// What a key is for.
enum class key_algorithm : unsigned char { rsa, ec };

/// Asked for the passphrase of a key that is encrypted; may block on a person.
using passphrase_source = std::function<expected<secret>()>;

namespace detail::private_key {

struct end {
    void operator()(EVP_PKEY* one) const noexcept {
        if (!openssl_is_over()) EVP_PKEY_free(one);
    }
    void operator()(EVP_MD_CTX* one) const noexcept { EVP_MD_CTX_free(one); }
    void operator()(BIO* one) const noexcept { BIO_free(one); }
};
using pkey = std::unique_ptr<EVP_PKEY, end>;

AWSXX_COLD inline error unusable(std::string why, const char* code = "InvalidPrivateKey") {
    return {.kind = error_kind::configuration, .code = code, .message = std::move(why)};
}

/// OpenSSL's callback: hands out the passphrase that was got before, which may be none.
inline int give_passphrase(char* room, int size, int, void* from) noexcept {
    const std::string_view text = static_cast<const secret*>(from)->expose();
    if (text.empty() || text.size() > static_cast<std::size_t>(size)) return -1;
    std::memcpy(room, text.data(), text.size());
    return static_cast<int>(text.size());
}

inline bool is_encrypted(const pem_block& block) noexcept {
    return block.label == "ENCRYPTED PRIVATE KEY" ||
           block.text.find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos;
}

inline pkey read(std::string_view block, const secret& passphrase) {
    const std::unique_ptr<BIO, end> in(
        BIO_new_mem_buf(block.data(), static_cast<int>(block.size())));
    if (!in) return nullptr;
    void* const given = const_cast<secret*>(&passphrase);  // only read
    return pkey(PEM_read_bio_PrivateKey(in.get(), nullptr, &give_passphrase, given));
}

inline std::optional<key_algorithm> algorithm_of(const EVP_PKEY* key) noexcept {
    switch (EVP_PKEY_get_base_id(key)) {
        case EVP_PKEY_RSA: return key_algorithm::rsa;
        case EVP_PKEY_EC: return key_algorithm::ec;
        default: return {};
    }
}

}  // namespace detail::private_key

/// A private key. Copies share it; OpenSSL wipes it when the last one goes. Any number of
/// threads may sign with the same one.
class private_key {
public:
    /// Reads the first key in PEM: PKCS#1, SEC1 or PKCS#8. `passphrase` is asked once if it is
    /// encrypted. Blocks of other kinds, as certificates, are passed over.
    ///
    /// Fails with `configuration`: "InvalidPrivateKey", "PassphraseNeeded" or "WrongPassphrase";
    /// nothing of the key is in a message. Fails as `passphrase` does.
    static expected<private_key> from_pem(std::string_view pem,
                                          const passphrase_source& passphrase = {}) {
        namespace from = detail::private_key;
        constexpr std::size_t limit = std::size_t{1} << 20;
        if (pem.size() > limit) return from::unusable("the PEM text is larger than a megabyte");
        const auto blocks = pem_blocks(pem);
        for (const pem_block& block : blocks)
            if (block.label.ends_with("PRIVATE KEY")) return from_block(block, passphrase);
        return from::unusable("no private key in PEM where one is expected, but " +
                              pem_contents(blocks));
    }

    key_algorithm algorithm() const noexcept { return algorithm_; }

    /// The signature of `message` hashed with SHA-256: RSASSA-PKCS1-v1_5 with an RSA key, ECDSA
    /// in DER with an EC key.
    expected<std::string> sign_sha256(std::string_view message) const {
        return sign(message, EVP_sha256());
    }

    /// The same with SHA-1, for services that know nothing better. Where the system's policy has
    /// ruled SHA-1 out, OpenSSL refuses.
    expected<std::string> sign_sha1(std::string_view message) const {
        return sign(message, EVP_sha1());
    }

    /// True if `one` is the certificate of this key.
    bool belongs_to(const certificate& one) const {
        if (openssl_is_over()) return false;
        const detail::error_queue_guard guard;
        const auto* bytes = reinterpret_cast<const unsigned char*>(one.der().data());
        const detail::certificate::x509 parsed(
            d2i_X509(nullptr, &bytes, static_cast<long>(one.der().size())));
        const EVP_PKEY* named = parsed ? X509_get0_pubkey(parsed.get()) : nullptr;
        return named != nullptr && EVP_PKEY_eq(named, key_.get()) == 1;
    }

    /// The key in PKCS#8 and PEM, not encrypted.
    expected<secret> to_pem() const {
        namespace from = detail::private_key;
        if (openssl_is_over()) return from::unusable("the program ends, and OpenSSL is gone");
        const detail::error_queue_guard guard;
        const std::unique_ptr<BIO, from::end> out(BIO_new(BIO_s_secmem()));
        char* text = nullptr;
        if (!out || PEM_write_bio_PKCS8PrivateKey(out.get(), key_.get(), nullptr, nullptr, 0,
                                                  nullptr, nullptr) != 1)
            return from::unusable("OpenSSL cannot write this key");
        const long size = BIO_get_mem_data(out.get(), &text);
        return secret(std::string_view(text, static_cast<std::size_t>(size)));
    }

private:
    private_key(detail::private_key::pkey key, key_algorithm algorithm)
        : key_(std::move(key)), algorithm_(algorithm) {}

    expected<std::string> sign(std::string_view message, const EVP_MD* hashed_with) const {
        namespace from = detail::private_key;
        if (openssl_is_over()) return from::unusable("the program ends, and OpenSSL is gone");
        const detail::error_queue_guard guard;
        const std::unique_ptr<EVP_MD_CTX, from::end> context(EVP_MD_CTX_new());
        const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
        std::size_t size = 0;
        std::string signature;
        const auto write = [&](unsigned char* to) {
            return EVP_DigestSign(context.get(), to, &size, bytes, message.size()) == 1;
        };
        bool done = context && EVP_DigestSignInit(context.get(), nullptr, hashed_with, nullptr,
                                                  key_.get()) == 1;
        done = done && write(nullptr);
        signature.resize(size);
        done = done && write(reinterpret_cast<unsigned char*>(signature.data()));
        if (!done) return from::unusable("OpenSSL cannot sign with this key");
        signature.resize(size);
        return signature;
    }

    static expected<private_key> from_block(const pem_block& block,
                                            const passphrase_source& passphrase) {
        namespace from = detail::private_key;
        const std::string label(block.label);
        if (block.cut) return from::unusable("the block " + label + " has no END line");
        const bool encrypted = from::is_encrypted(block);
        secret words;
        if (encrypted) {
            if (!passphrase)
                return from::unusable("the private key is encrypted and no passphrase is given",
                                      "PassphraseNeeded");
            auto told = passphrase();
            if (!told) return std::move(told).error();
            words = *std::move(told);
        }
        outlive_main();
        if (openssl_is_over()) return from::unusable("the program ends, and OpenSSL is gone");
        const detail::error_queue_guard guard;
        from::pkey key = from::read(block.text, words);
        if (!key && encrypted)
            return from::unusable("the passphrase does not open the private key, or it is damaged",
                                  "WrongPassphrase");
        if (!key) return from::unusable("the block " + label + " is damaged, or no key we know");
        const auto algorithm = from::algorithm_of(key.get());
        if (!algorithm) return from::unusable("the private key is neither an RSA nor an EC key");
        return private_key(std::move(key), *algorithm);
    }

    std::shared_ptr<EVP_PKEY> key_;
    key_algorithm algorithm_;
};

/// Nothing, or "KeyMismatch": another key than that of the certificate.
inline expected<void> check_pair(const certificate& one, const private_key& key) {
    if (key.belongs_to(one)) return {};
    return detail::private_key::unusable(
        "the private key does not belong to the certificate with serial number " +
            std::string(one.serial_number()),
        "KeyMismatch");
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
