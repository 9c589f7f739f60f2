// SPDX-License-Identifier: MIT
// Counts the heap allocations of the program that includes it, in one of its files only.
#pragma once

#include <support/sanitized.hpp>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace test {

/// Allocations since the program began: how many, and how many bytes were asked for.
struct allocations {
    std::uint64_t count{};
    std::uint64_t bytes{};

    friend allocations operator-(allocations a, allocations b) {
        return {a.count - b.count, a.bytes - b.bytes};
    }
};

namespace detail {

inline std::atomic<std::uint64_t> allocated_count{0};
inline std::atomic<std::uint64_t> allocated_bytes{0};

inline void note_allocation(std::size_t size) noexcept {
    allocated_count.fetch_add(1, std::memory_order_relaxed);
    allocated_bytes.fetch_add(size, std::memory_order_relaxed);
}

}  // namespace detail

inline allocations allocations_so_far() noexcept {
    return {detail::allocated_count.load(), detail::allocated_bytes.load()};
}

}  // namespace test

// In front of glibc's own functions, for the program and all its libraries. Elsewhere, and under
// sanitizers, which want to be in front themselves, nothing is counted.
#if defined(__GLIBC__) && !AWSXX_TEST_SANITIZED

extern "C" {

void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

void* malloc(std::size_t size) noexcept {
    test::detail::note_allocation(size);
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
    test::detail::note_allocation(count * size);
    return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) noexcept {
    test::detail::note_allocation(size);
    return __libc_realloc(old, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    test::detail::note_allocation(size);
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) noexcept {
    test::detail::note_allocation(size);
    void* made = __libc_memalign(alignment, size);
    if (made == nullptr) return ENOMEM;
    *out = made;
    return 0;
}
void free(void* old) noexcept { __libc_free(old); }
}

#endif
