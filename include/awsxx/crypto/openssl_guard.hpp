// SPDX-License-Identifier: MIT
// Leaves OpenSSL's queue of errors as it was found.
#pragma once

#include <awsxx/core/version.hpp>

#include <openssl/err.h>

namespace awsxx::inline AWSXX_ABI::crypto::detail {

/// Forgets what was queued in its lifetime; what the program itself has there stays.
class error_queue_guard {
public:
    error_queue_guard() noexcept { ERR_set_mark(); }
    ~error_queue_guard() { ERR_pop_to_mark(); }
    error_queue_guard(const error_queue_guard&) = delete;
    error_queue_guard& operator=(const error_queue_guard&) = delete;
};

}  // namespace awsxx::inline AWSXX_ABI::crypto::detail
