// SPDX-License-Identifier: MIT
// What an event loop wants to hear of, for programs that have a loop of their own.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <optional>

namespace awsxx::inline AWSXX_ABI {

/// What a socket is watched for, or what it is ready for.
struct io_interest {
    bool read{};
    bool write{};

    bool none() const noexcept { return !read && !write; }
    friend bool operator==(const io_interest&, const io_interest&) = default;
};

/// Watches sockets and time for an `event_loop`, which calls it from its own thread.
///
/// What it sees it tells to `event_loop::ready`, on that thread and not from inside these functions.
class io_host {
public:
    virtual ~io_host() = default;
    /// Watch this descriptor for that from now on, in place of what was said before; level
    /// triggered. Nothing: forget it, it may be closed next.
    virtual void on_socket(int descriptor, io_interest wanted) = 0;
    /// Call `ready()` after that time, in place of what was said before. Nothing: do not.
    virtual void on_timer(std::optional<milliseconds> pause) = 0;
};

}  // namespace awsxx::inline AWSXX_ABI
