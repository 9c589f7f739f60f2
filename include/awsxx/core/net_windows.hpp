// SPDX-License-Identifier: MIT
// Sockets and host names of Windows, in the words of core/net.hpp.
//
// A socket's number fits into an int, which Windows promises. libcurl has started Winsock before any
// of this is called, or `listen_on_loopback` and `open_signal` do. What returns -1 or false is told of
// by `socket_problem`.
#pragma once

#include <awsxx/core/version.hpp>

#if defined(_WIN32)

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <winsock2.h>
#include <ws2tcpip.h>

namespace awsxx::inline AWSXX_ABI::os {

namespace detail::windows {

inline SOCKET socket_of(int number) noexcept {
    return number < 0 ? INVALID_SOCKET : static_cast<SOCKET>(number);
}
inline int number_of(SOCKET socket) noexcept {
    return socket == INVALID_SOCKET ? -1 : static_cast<int>(socket);
}

/// Winsock, for as long as the process lives.
inline void start() noexcept {
    static const int started = [] {
        WSADATA about{};
        return ::WSAStartup(MAKEWORD(2, 2), &about);
    }();
    static_cast<void>(started);
}

inline void make_own(SOCKET socket) noexcept {
    u_long yes = 1;
    ::ioctlsocket(socket, static_cast<long>(FIONBIO), &yes);
    ::SetHandleInformation(reinterpret_cast<HANDLE>(socket), HANDLE_FLAG_INHERIT, 0);
}

/// Binds to a port of 127.0.0.1 and tells which it got.
inline bool bind_to_loopback(SOCKET socket, sockaddr_in& address) noexcept {
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    int size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    return ::bind(socket, generic, size) == 0 && ::getsockname(socket, generic, &size) == 0;
}

}  // namespace detail::windows

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
    detail::windows::start();
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) return "the name was not found";
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (::getnameinfo(one->ai_addr, static_cast<socklen_t>(one->ai_addrlen), text.data(),
                          static_cast<DWORD>(text.size()), nullptr, 0, NI_NUMERICHOST) == 0)
            into.emplace_back(text.data());
    }
    ::freeaddrinfo(found);
    return nullptr;
}

// Sockets

/// Why the last function failed, in the system's words.
inline std::string socket_problem() { return std::system_category().message(::WSAGetLastError()); }
/// The last function failed because it would have had to wait.
inline bool would_block() noexcept {
    const int number = ::WSAGetLastError();
    return number == WSAEWOULDBLOCK || number == WSAEINTR;
}
/// The last function failed because the process or the system has too many.
inline bool too_many_sockets() noexcept {
    const int number = ::WSAGetLastError();
    return number == WSAEMFILE || number == WSAENOBUFS;
}

/// A socket that programs started later do not inherit.
inline int open_socket(int family, int type, int protocol) noexcept {
    return detail::windows::number_of(::WSASocketW(
        family, type, protocol, nullptr, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT));
}
inline bool close_socket(int socket) noexcept {
    return ::closesocket(detail::windows::socket_of(socket)) == 0;
}

/// A server's socket on 127.0.0.1. `port`: 0 takes one that is free, and tells which.
inline int listen_on_loopback(std::uint16_t& port) noexcept {
    using namespace detail::windows;
    start();
    const int listener = open_socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0) return -1;
    make_own(socket_of(listener));
    const BOOL alone = TRUE;  // or another program could take the port, too
    ::setsockopt(socket_of(listener), SOL_SOCKET, SO_EXCLUSIVEADDRUSE,
                 reinterpret_cast<const char*>(&alone), sizeof alone);
    sockaddr_in address{};
    address.sin_port = ::htons(port);
    if (!bind_to_loopback(socket_of(listener), address) || ::listen(socket_of(listener), 64) != 0) {
        const int number = ::WSAGetLastError();
        close_socket(listener);
        ::WSASetLastError(number);
        return -1;
    }
    port = ::ntohs(address.sin_port);
    return listener;
}
/// The next one who connected; what is done with that socket does not wait.
inline int accept(int listener) noexcept {
    using namespace detail::windows;
    const SOCKET made = ::accept(socket_of(listener), nullptr, nullptr);
    if (made != INVALID_SOCKET) make_own(made);
    return number_of(made);
}
inline std::ptrdiff_t receive(int socket, char* into, std::size_t size) noexcept {
    return ::recv(detail::windows::socket_of(socket), into, static_cast<int>(size), 0);
}
inline std::ptrdiff_t send(int socket, std::string_view bytes) noexcept {
    return ::send(detail::windows::socket_of(socket), bytes.data(), static_cast<int>(bytes.size()),
                  0);
}
/// The other side sees the end of what is sent.
inline void end_sending(int socket) noexcept {
    ::shutdown(detail::windows::socket_of(socket), SD_SEND);
}
/// Nothing comes and goes any more.
inline void shut(int socket) noexcept { ::shutdown(detail::windows::socket_of(socket), SD_BOTH); }

// Waiting for sockets

using socket_poll = ::WSAPOLLFD;
inline constexpr short readable = POLLRDNORM;
inline constexpr short writable = POLLWRNORM;
inline constexpr short broken = POLLERR | POLLHUP | POLLNVAL;

/// Asks for those events of a socket; a negative one has none.
inline socket_poll poll_of(int socket, short events) noexcept {
    return {detail::windows::socket_of(socket), events, 0};
}
/// How many are ready; 0 after so many milliseconds, of which a negative number is for ever.
inline int poll(socket_poll* sockets, std::size_t count, int milliseconds) noexcept {
    return ::WSAPoll(sockets, static_cast<ULONG>(count), milliseconds);
}

// Waking who waits for sockets

/// The same socket twice: it is readable once something was raised on it.
inline bool open_signal(int& reading, int& writing) noexcept {
    using namespace detail::windows;
    start();
    reading = writing = open_socket(AF_INET, SOCK_DGRAM, 0);
    if (reading < 0) return false;
    make_own(socket_of(reading));
    sockaddr_in address{};
    return bind_to_loopback(socket_of(reading), address) &&
           ::connect(socket_of(reading), reinterpret_cast<const sockaddr*>(&address),
                     sizeof address) == 0;  // it talks to itself
}
inline void raise_signal(int writing) noexcept { send(writing, "!"); }
inline void clear_signal(int reading) noexcept {
    char room[64];
    while (receive(reading, room, sizeof room) > 0) {}
}
inline void close_signal(int reading, int) noexcept {
    if (reading >= 0) close_socket(reading);
}

}  // namespace awsxx::inline AWSXX_ABI::os

#endif
