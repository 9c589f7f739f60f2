// SPDX-License-Identifier: MIT
// Counts the heap allocations of the program that includes it, in one of its files only.
#pragma once

#include <support/allocations.hpp>
#include <support/sanitized.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdlib>

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
