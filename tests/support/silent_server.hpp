// SPDX-License-Identifier: MIT
// A server in a process of its own that takes every request and never says a word.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace test {

/// Serves from construction to destruction: make it before any thread.
class silent_server {
public:
    silent_server() {
        const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener, generic, size) != 0 || ::listen(listener, 1024) != 0 ||
            ::getsockname(listener, generic, &size) != 0)
            std::abort();
        port_ = ntohs(address.sin_port);
        child_ = ::fork();
        if (child_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            serve(listener);
        }
        ::close(listener);
    }
    silent_server(const silent_server&) = delete;
    silent_server& operator=(const silent_server&) = delete;
    ~silent_server() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

private:
    [[noreturn]] static void serve(int listener) {
        const int watch = ::epoll_create1(0);
        add(watch, listener);
        for (;;) {
            std::array<::epoll_event, 64> seen;
            const int count = ::epoll_wait(watch, seen.data(), 64, -1);
            for (int i = 0; i < count; ++i) {
                const int socket = seen[static_cast<std::size_t>(i)].data.fd;
                if (socket == listener)
                    add(watch, ::accept(listener, nullptr, nullptr));
                else
                    listen_to(socket);
            }
        }
    }
    static void add(int watch, int socket) {
        ::epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = socket;
        ::epoll_ctl(watch, EPOLL_CTL_ADD, socket, &event);
    }
    static void listen_to(int socket) {
        std::array<char, 16384> room;
        if (::recv(socket, room.data(), room.size(), 0) <= 0) ::close(socket);
    }

    std::uint16_t port_ = 0;
    pid_t child_ = -1;
};

}  // namespace test
