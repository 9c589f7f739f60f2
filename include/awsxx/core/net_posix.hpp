// SPDX-License-Identifier: MIT
// Sockets and host names of POSIX systems, in the words of core/net.hpp.
//
// Beside os_posix.hpp the only file that calls such a system. What returns -1 or false has set `errno`.
#pragma once

#include <awsxx/core/version.hpp>

#if !defined(_WIN32)

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/epoll.h>
#include <sys/eventfd.h>
#endif

namespace awsxx::inline AWSXX_ABI::os {

// Names and addresses

/// Reads four bytes, or sixteen, from the text of an address. False: it is none.
inline bool read_address(const char* text, unsigned char (&bytes)[4]) noexcept {
    return ::inet_pton(AF_INET, text, bytes) == 1;
}
inline bool read_address(const char* text, unsigned char (&bytes)[16]) noexcept {
    return ::inet_pton(AF_INET6, text, bytes) == 1;
}

/// Puts the addresses of a host behind those that are there. Null, or what went wrong.
inline const char* find_addresses(const std::string& host, std::vector<std::string>& into) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int problem = ::getaddrinfo(host.c_str(), nullptr, &wanted, &found); problem != 0)
        return ::gai_strerror(problem);
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (::getnameinfo(one->ai_addr, one->ai_addrlen, text.data(), text.size(), nullptr, 0,
                          NI_NUMERICHOST) == 0)
            into.emplace_back(text.data());
    }
    ::freeaddrinfo(found);
    return nullptr;
}

// Sockets

/// Why the last function failed, in the system's words.
inline std::string socket_problem() { return std::generic_category().message(errno); }
/// The last function failed because it would have had to wait.
inline bool would_block() noexcept {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}
/// The last function failed because the process or the system has too many.
inline bool too_many_sockets() noexcept {
    return errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
}

/// A socket that programs started later do not inherit.
inline int open_socket(int family, int type, int protocol) noexcept {
#if defined(SOCK_CLOEXEC)
    return ::socket(family, type | SOCK_CLOEXEC, protocol);
#else
    const int made = ::socket(family, type, protocol);
    if (made >= 0) ::fcntl(made, F_SETFD, FD_CLOEXEC);
    return made;
#endif
}
inline bool close_socket(int socket) noexcept { return ::close(socket) == 0; }

namespace detail::posix {

/// Neither inherited by children nor waited on.
inline void make_own(int socket) noexcept {
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    ::fcntl(socket, F_SETFL, O_NONBLOCK);
#if defined(SO_NOSIGPIPE)
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
}

}  // namespace detail::posix

/// A server's socket on 127.0.0.1. `port`: 0 takes one that is free, and tells which.
inline int listen_on_loopback(std::uint16_t& port) noexcept {
    const int listener = open_socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0) return -1;
    detail::posix::make_own(listener);
    const int on = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener, generic, size) != 0 || ::listen(listener, 64) != 0 ||
        ::getsockname(listener, generic, &size) != 0) {
        const int number = errno;
        ::close(listener);
        errno = number;
        return -1;
    }
    port = ntohs(address.sin_port);
    return listener;
}
/// The next one who connected; what is done with that socket does not wait.
inline int accept(int listener) noexcept {
    const int made = ::accept(listener, nullptr, nullptr);
    if (made >= 0) detail::posix::make_own(made);
    return made;
}
inline std::ptrdiff_t receive(int socket, char* into, std::size_t size) noexcept {
    return ::recv(socket, into, size, 0);
}
inline std::ptrdiff_t send(int socket, std::string_view bytes) noexcept {
#if defined(MSG_NOSIGNAL)
    return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
#else
    return ::send(socket, bytes.data(), bytes.size(), 0);
#endif
}
/// The other side sees the end of what is sent.
inline void end_sending(int socket) noexcept { ::shutdown(socket, SHUT_WR); }
/// Nothing comes and goes any more; on Linux whoever waits for it is woken.
inline void shut(int socket) noexcept { ::shutdown(socket, SHUT_RDWR); }

// Waiting for sockets

using socket_poll = ::pollfd;
/// Asks for those events of a socket; a negative one has none.
inline socket_poll poll_of(int socket, short events) noexcept { return {socket, events, 0}; }
inline constexpr short readable = POLLIN;
inline constexpr short writable = POLLOUT;
inline constexpr short broken = POLLERR | POLLHUP | POLLNVAL;

/// How many are ready; 0 after so many milliseconds, of which a negative number is for ever.
inline int poll(socket_poll* sockets, std::size_t count, int milliseconds) noexcept {
    return ::poll(sockets, static_cast<nfds_t>(count), milliseconds);
}

#if defined(__linux__)

/// Linux's set of sockets to wait for.
class epoll {
public:
    epoll() : set_(::epoll_create1(EPOLL_CLOEXEC)) {}
    epoll(const epoll&) = delete;
    epoll& operator=(const epoll&) = delete;
    ~epoll() {
        if (set_ >= 0) ::close(set_);
    }

    /// `known`: it was added before, and may have been closed meanwhile.
    bool put(int socket, short events, bool known) noexcept {
        ::epoll_event event = {.events = static_cast<std::uint32_t>(events), .data = {}};
        event.data.fd = socket;
        const auto did = [&](int how) { return ::epoll_ctl(set_, how, socket, &event) == 0; };
        return (known && did(EPOLL_CTL_MOD)) || did(EPOLL_CTL_ADD) || did(EPOLL_CTL_MOD);
    }
    bool remove(int socket) noexcept {
        ::epoll_event event{};
        return ::epoll_ctl(set_, EPOLL_CTL_DEL, socket, &event) == 0;
    }
    /// `ready(socket, events)` for each that is, after so many milliseconds at most.
    template <class Ready>
    void wait(int milliseconds, Ready&& ready) {
        const int count =
            ::epoll_wait(set_, events_.data(), static_cast<int>(events_.size()), milliseconds);
        for (int i = 0; i < count; ++i) {
            const ::epoll_event& seen = events_[static_cast<std::size_t>(i)];
            ready(seen.data.fd, static_cast<short>(seen.events));
        }
    }

private:
    static_assert(EPOLLIN == POLLIN && EPOLLOUT == POLLOUT && EPOLLERR == POLLERR &&
                  EPOLLHUP == POLLHUP);

    int set_;
    std::array<::epoll_event, 256> events_{};
};

#endif

// Waking who waits for sockets

/// Two descriptors, or the same twice: the first is readable once something was raised on the second.
inline bool open_signal(int& reading, int& writing) noexcept {
#if defined(__linux__)
    reading = writing = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return reading >= 0;
#else
    int ends[2]{-1, -1};
    if (::pipe(ends) != 0) return false;
    for (const int end : ends) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    reading = ends[0];
    writing = ends[1];
    return true;
#endif
}
/// From any thread, and from signal handlers.
inline void raise_signal(int writing) noexcept {
    const std::uint64_t one = 1;  // eight bytes, as eventfd wants them
    [[maybe_unused]] const auto written = ::write(writing, &one, sizeof one);
}
inline void clear_signal(int reading) noexcept {
    char room[64];
    while (::read(reading, room, sizeof room) == static_cast<ssize_t>(sizeof room)) {}
}
inline void close_signal(int reading, int writing) noexcept {
    if (reading >= 0) ::close(reading);
    if (writing >= 0 && writing != reading) ::close(writing);
}

}  // namespace awsxx::inline AWSXX_ABI::os

#endif
