// SPDX-License-Identifier: MIT
// Waits for any number of sockets at once.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/io_host.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <array>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <poll.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/epoll.h>
#endif

namespace awsxx::inline AWSXX_ABI {

/// A socket, and what can be done with it now.
struct ready_socket {
    int descriptor{};
    io_interest events{};
};

/// A set of sockets on epoll, or on poll where there is none. Used by one thread at a time.
class socket_watcher {
public:
#if defined(__linux__)
    socket_watcher() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}
    ~socket_watcher() {
        if (epoll_ >= 0) ::close(epoll_);
    }
#else
    socket_watcher() = default;
    ~socket_watcher() = default;
#endif
    socket_watcher(const socket_watcher&) = delete;
    socket_watcher& operator=(const socket_watcher&) = delete;

    /// Watches for that instead of what was said before; nothing: no longer. False: it cannot.
    bool watch(int descriptor, io_interest wanted);

    /// Waits until a socket is ready, or for so long; without a limit as long as it takes. What it
    /// returns is valid until the next call.
    std::span<const ready_socket> wait(std::optional<milliseconds> limit);

private:
    static int timeout_of(std::optional<milliseconds> limit) noexcept {
        if (!limit) return -1;
        return static_cast<int>(std::clamp<milliseconds::rep>(limit->count(), 0, INT_MAX));
    }

#if defined(__linux__)
    int epoll_;
    std::array<::epoll_event, 256> events_{};
    std::vector<bool> watched_{};  // by descriptor; the kernel forgets those that were closed
#else
    std::vector<::pollfd> events_{};
#endif
    std::vector<ready_socket> ready_{};
};

#if defined(__linux__)

inline bool socket_watcher::watch(int descriptor, io_interest wanted) {
    if (descriptor < 0) return false;  // the process has too many to get this one
    ::epoll_event event{};
    if (wanted.read) event.events |= EPOLLIN;
    if (wanted.write) event.events |= EPOLLOUT;
    event.data.fd = descriptor;
    const auto index = static_cast<std::size_t>(descriptor);
    if (index >= watched_.size()) watched_.resize(index + 1);
    const bool known = watched_[index];
    watched_[index] = !wanted.none();
    if (wanted.none()) return ::epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, &event) == 0;
    if (known && ::epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event) == 0) return true;
    return ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) == 0 ||
           ::epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event) == 0;
}

inline std::span<const ready_socket> socket_watcher::wait(std::optional<milliseconds> limit) {
    const int count =
        ::epoll_wait(epoll_, events_.data(), static_cast<int>(events_.size()), timeout_of(limit));
    ready_.clear();
    for (int i = 0; i < count; ++i) {
        const ::epoll_event& seen = events_[static_cast<std::size_t>(i)];
        const std::uint32_t wrong = seen.events & (EPOLLERR | EPOLLHUP);
        ready_.push_back({seen.data.fd,
                          {(seen.events & EPOLLIN) != 0 || wrong != 0,
                           (seen.events & EPOLLOUT) != 0 || wrong != 0}});
    }
    return ready_;
}

#else

inline bool socket_watcher::watch(int descriptor, io_interest wanted) {
    if (descriptor < 0) return false;
    const auto at = std::find_if(events_.begin(), events_.end(),
                                 [&](const ::pollfd& one) { return one.fd == descriptor; });
    const bool known = at != events_.end();
    if (wanted.none()) {
        if (known) events_.erase(at);
        return known;
    }
    const auto events =
        static_cast<short>((wanted.read ? POLLIN : 0) | (wanted.write ? POLLOUT : 0));
    if (known)
        at->events = events;
    else
        events_.push_back({descriptor, events, 0});
    return true;
}

inline std::span<const ready_socket> socket_watcher::wait(std::optional<milliseconds> limit) {
    const int count =
        ::poll(events_.data(), static_cast<::nfds_t>(events_.size()), timeout_of(limit));
    ready_.clear();
    if (count <= 0) return ready_;
    for (const ::pollfd& seen : events_) {
        const bool wrong = (seen.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
        const io_interest can{(seen.revents & POLLIN) != 0 || wrong,
                              (seen.revents & POLLOUT) != 0 || wrong};
        if (!can.none()) ready_.push_back({seen.fd, can});
    }
    return ready_;
}

#endif

}  // namespace awsxx::inline AWSXX_ABI
