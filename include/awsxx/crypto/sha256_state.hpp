// SPDX-License-Identifier: MIT
// A SHA-256 computation that can be copied half-way: OpenSSL's, in the cheapest form it offers.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <openssl/opensslconf.h>
#include <openssl/sha.h>
#if defined(OPENSSL_NO_DEPRECATED_3_0)
#include <openssl/err.h>
#include <openssl/evp.h>
#endif

namespace awsxx::inline AWSXX_ABI::crypto {

/// The 32 bytes that SHA-256 and HMAC-SHA-256 end in.
using sha256_digest = std::array<unsigned char, 32>;

#if !defined(OPENSSL_NO_DEPRECATED_3_0)

// Deprecated since OpenSSL 3.0, and a quarter faster than what is not: see
// docs/design/sha256-implementation.md.
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif

/// Where a computation stands. Copies go on from there.
class sha256_state {
public:
    sha256_state() noexcept { SHA256_Init(&state_); }
    sha256_state(const sha256_state&) noexcept = default;
    sha256_state& operator=(const sha256_state&) noexcept = default;
    ~sha256_state() = default;

    void update(std::string_view bytes) noexcept {
        SHA256_Update(&state_, bytes.data(), bytes.size());
    }
    /// Ends the computation; only assignment may follow.
    void finish(sha256_digest& into) noexcept { SHA256_Final(into.data(), &state_); }
    void wipe() noexcept { awsxx::wipe(&state_, sizeof state_); }

private:
    SHA256_CTX state_;
};

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#else

/// Where a computation stands. Copies go on from there.
class sha256_state {
public:
    sha256_state() noexcept { expect(EVP_DigestInit_ex2(state_, algorithm(), nullptr)); }
    sha256_state(const sha256_state& other) noexcept { *this = other; }
    sha256_state& operator=(const sha256_state& other) noexcept {
        if (this != &other) expect(EVP_MD_CTX_copy_ex(state_, other.state_));
        return *this;
    }
    ~sha256_state() { EVP_MD_CTX_free(state_); }

    void update(std::string_view bytes) noexcept {
        expect(EVP_DigestUpdate(state_, bytes.data(), bytes.size()));
    }
    /// Ends the computation; only assignment may follow.
    void finish(sha256_digest& into) noexcept {
        expect(EVP_DigestFinal_ex(state_, into.data(), nullptr));
    }
    void wipe() noexcept { EVP_MD_CTX_reset(state_); }

private:
    // An OpenSSL without SHA-256, or out of memory: there is nothing to go on with.
    static void expect(int succeeded) noexcept {
        if (succeeded != 1) std::abort();
    }
    static const EVP_MD* algorithm() noexcept {
        static const EVP_MD* const fetched = [] {
            ERR_set_mark();
            const EVP_MD* found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
            ERR_pop_to_mark();
            return found;
        }();
        return fetched;
    }

    EVP_MD_CTX* state_ = EVP_MD_CTX_new();
};

#endif

}  // namespace awsxx::inline AWSXX_ABI::crypto
