// SPDX-License-Identifier: MIT
// Counts the mutexes that the program that includes it locks, in one of its files only.
#pragma once

#include <support/sanitized.hpp>

#include <atomic>
#include <cstdint>

namespace test {

namespace detail {

inline std::atomic<std::uint64_t> locks_taken{0};

}  // namespace detail

/// Since the program began.
inline std::uint64_t locks_so_far() noexcept { return detail::locks_taken.load(); }

}  // namespace test

// In front of glibc's own, for the program and all its libraries. Elsewhere, and under sanitizers,
// nothing is counted.
#if defined(__GLIBC__) && !AWSXX_TEST_SANITIZED

#include <dlfcn.h>
#include <pthread.h>

extern "C" int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
    using function = int (*)(pthread_mutex_t*);
    static std::atomic<function> original{nullptr};
    test::detail::locks_taken.fetch_add(1, std::memory_order_relaxed);
    function next = original.load(std::memory_order_relaxed);
    if (next == nullptr) {
        next = reinterpret_cast<function>(::dlsym(RTLD_NEXT, "pthread_mutex_lock"));
        original.store(next, std::memory_order_relaxed);
    }
    return next(mutex);
}

#endif
