// SPDX-License-Identifier: MIT
// How many heap allocations there were, in a program of which one file includes alloc_count.hpp.
#pragma once

#include <atomic>
#include <cstdint>

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
