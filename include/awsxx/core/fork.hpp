// SPDX-License-Identifier: MIT
// Tells whether the process is a copy of the one that made something.
#pragma once

#include <awsxx/core/os.hpp>
#include <awsxx/core/version.hpp>

#include <atomic>

namespace awsxx::inline AWSXX_ABI {

namespace detail::fork {

inline std::atomic<unsigned>& generation() noexcept {
    static constinit std::atomic<unsigned> count{0};
    return count;
}

inline void count_child() noexcept { generation().fetch_add(1, std::memory_order_relaxed); }

inline bool watch() noexcept {
    os::at_fork(nullptr, nullptr, &count_child);
    return true;
}

}  // namespace detail::fork

/// A number that is another one in each child that `fork` makes.
///
/// Whoever keeps something that two processes must not share (a connection, the state of a random
/// generator) remembers it and starts afresh when it has changed. Counts from the first call on;
/// no system call after that one. From any thread.
inline unsigned fork_generation() noexcept {
    static const bool watching = detail::fork::watch();
    static_cast<void>(watching);
    return detail::fork::generation().load(std::memory_order_relaxed);
}

}  // namespace awsxx::inline AWSXX_ABI
