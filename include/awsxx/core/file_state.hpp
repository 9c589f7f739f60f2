// SPDX-License-Identifier: MIT
// What is known of a file, and of a lock on it, whatever the operating system.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstdint>

namespace awsxx::inline AWSXX_ABI::os {

/// What a file is told from others by, and from itself after it was written to.
struct file_state {
    std::uint64_t device{};
    std::uint64_t number{};
    std::int64_t size{};
    std::int64_t seconds{};  ///< Since 1970, when it was last written.
    std::int64_t nanoseconds{};
    unsigned mode{};  ///< Who may do what with it, as POSIX counts it.
    bool plain{};     ///< Neither a folder nor a device.

    /// Others than its owner may read it.
    bool open_to_others() const noexcept { return plain && (mode & 0044) != 0; }
    bool is_same_file(const file_state& other) const noexcept {
        return device == other.device && number == other.number;
    }
    bool is_unchanged_since(const file_state& before) const noexcept {
        return is_same_file(before) && size == before.size && seconds == before.seconds &&
               nanoseconds == before.nanoseconds;
    }
};

/// What came of the attempt to lock a file.
enum class lock_outcome : unsigned char { taken, busy, impossible };

}  // namespace awsxx::inline AWSXX_ABI::os
