// SPDX-License-Identifier: MIT
// Waits for any number of sockets at once.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/io_host.hpp>
#include <awsxx/core/net.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <climits>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// A socket, and what can be done with it now.
struct ready_socket {
    int descriptor{};
    io_interest events{};
};

/// A set of sockets on epoll, or on poll where there is none. Used by one thread at a time.
class socket_watcher {
public:
    socket_watcher() = default;
    socket_watcher(const socket_watcher&) = delete;
    socket_watcher& operator=(const socket_watcher&) = delete;

    /// Watches for that instead of what was said before; nothing: no longer. False: it cannot.
    bool watch(int descriptor, io_interest wanted);

    /// Waits until a socket is ready, or for so long; without a limit as long as it takes. What it
    /// returns is valid until the next call.
    std::span<const ready_socket> wait(std::optional<milliseconds> limit);

private:
    static short events_of(io_interest wanted) noexcept {
        return static_cast<short>((wanted.read ? os::readable : 0) |
                                  (wanted.write ? os::writable : 0));
    }
    void note(int descriptor, short events) {
        const bool wrong = (events & os::broken) != 0;
        const io_interest can{(events & os::readable) != 0 || wrong,
                              (events & os::writable) != 0 || wrong};
        if (!can.none()) ready_.push_back({descriptor, can});
    }
    static int timeout_of(std::optional<milliseconds> limit) noexcept {
        if (!limit) return -1;
        return static_cast<int>(std::clamp<milliseconds::rep>(limit->count(), 0, INT_MAX));
    }

#if defined(__linux__)
    os::epoll set_{};
    std::vector<bool> watched_{};  // by descriptor; the kernel forgets those that were closed
#else
    std::vector<os::socket_poll> sockets_{};
#endif
    std::vector<ready_socket> ready_{};
};

#if defined(__linux__)

inline bool socket_watcher::watch(int descriptor, io_interest wanted) {
    if (descriptor < 0) return false;  // the process has too many to get this one
    const auto index = static_cast<std::size_t>(descriptor);
    if (index >= watched_.size()) watched_.resize(index + 1);
    const bool known = watched_[index];
    watched_[index] = !wanted.none();
    if (wanted.none()) return set_.remove(descriptor);
    return set_.put(descriptor, events_of(wanted), known);
}

inline std::span<const ready_socket> socket_watcher::wait(std::optional<milliseconds> limit) {
    ready_.clear();
    set_.wait(timeout_of(limit),
              [this](int descriptor, short events) { note(descriptor, events); });
    return ready_;
}

#else

inline bool socket_watcher::watch(int descriptor, io_interest wanted) {
    if (descriptor < 0) return false;
    const auto is_it = [&](const os::socket_poll& one) {
        return static_cast<int>(one.fd) == descriptor;
    };
    const auto at = std::find_if(sockets_.begin(), sockets_.end(), is_it);
    const bool known = at != sockets_.end();
    if (wanted.none()) {
        if (known) sockets_.erase(at);
        return known;
    }
    if (known)
        at->events = events_of(wanted);
    else
        sockets_.push_back(os::poll_of(descriptor, events_of(wanted)));
    return true;
}

inline std::span<const ready_socket> socket_watcher::wait(std::optional<milliseconds> limit) {
    ready_.clear();
    if (os::poll(sockets_.data(), sockets_.size(), timeout_of(limit)) <= 0) return ready_;
    for (const os::socket_poll& seen : sockets_) note(static_cast<int>(seen.fd), seen.revents);
    return ready_;
}

#endif

}  // namespace awsxx::inline AWSXX_ABI
