// SPDX-License-Identifier: MIT
// Keeps OpenSSL alive while a program ends, or tells that it is gone.
#pragma once

#include <awsxx/core/version.hpp>

#include <atomic>

#include <openssl/crypto.h>

namespace awsxx::inline AWSXX_ABI::crypto {

namespace detail::openssl_end {

inline constinit std::atomic<bool> over{false};

}  // namespace detail::openssl_end

/// Asks OpenSSL not to clean up behind the program, so that objects with static storage can still
/// talk TLS in their destructors. Too late, and without effect, if somebody has already used it;
/// then `openssl_is_over()` tells. To be called before the first use of TLS; again does nothing.
inline void outlive_main() noexcept {
    static const bool asked = [] {
        OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
        OPENSSL_atexit([] { detail::openssl_end::over.store(true, std::memory_order_relaxed); });
        return true;
    }();
    static_cast<void>(asked);
}

/// True once OpenSSL has cleaned up: every further use of TLS would crash.
inline bool openssl_is_over() noexcept {
    return detail::openssl_end::over.load(std::memory_order_relaxed);
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
