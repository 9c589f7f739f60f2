// SPDX-License-Identifier: MIT
// Ports of this computer at which connecting, or whatever comes after it, goes nowhere.
#pragma once

#include <array>
#include <cstdlib>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace test {

/// Connections are made, and nobody takes them: requests go into buffers until these are full.
class unattended_port {
public:
    /// So many connections at most, and one.
    explicit unattended_port(int most = 64) {
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address_;
        auto* const generic = reinterpret_cast<sockaddr*>(&address_);
        if (::bind(listener_, generic, size) != 0 || ::listen(listener_, most) != 0 ||
            ::getsockname(listener_, generic, &size) != 0)
            std::abort();
    }
    unattended_port(const unattended_port&) = delete;
    unattended_port& operator=(const unattended_port&) = delete;
    ~unattended_port() { ::close(listener_); }

    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(ntohs(address_.sin_port)) + "/";
    }
    const sockaddr_in& address() const { return address_; }

private:
    int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address_{};
};

/// No connection is made any more: there are as many as it takes.
class full_port {
public:
    full_port() {
        for (int& one : taken_) {
            one = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            ::connect(one, reinterpret_cast<const sockaddr*>(&port_.address()),
                      sizeof port_.address());
            ::pollfd connected{one, POLLOUT, 0};
            if (&one == taken_.data()) ::poll(&connected, 1, 1000);
        }
    }
    full_port(const full_port&) = delete;
    full_port& operator=(const full_port&) = delete;
    ~full_port() {
        for (const int one : taken_) ::close(one);
    }

    std::string url() const { return port_.url(); }

private:
    unattended_port port_{0};
    std::array<int, 3> taken_{};
};

}  // namespace test
