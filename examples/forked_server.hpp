// SPDX-License-Identifier: MIT
// A small HTTP server in a process of its own, for programs that must not have a thread for it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): for kill()
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace example {

/// Says the same to whatever it is sent, or nothing at all: from construction to destruction.
///
/// Requests come in one piece. Make it before any thread.
class forked_server {
public:
    explicit forked_server(std::string answer) : answer_(std::move(answer)) {
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
    forked_server(const forked_server&) = delete;
    forked_server& operator=(const forked_server&) = delete;
    ~forked_server() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

private:
    [[noreturn]] void serve(int listener) const {
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
                    answer(socket);
            }
        }
    }
    static void add(int watch, int socket) {
        ::epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = socket;
        ::epoll_ctl(watch, EPOLL_CTL_ADD, socket, &event);
    }
    void answer(int socket) const {
        std::array<char, 16384> room;
        if (::recv(socket, room.data(), room.size(), 0) <= 0) {
            ::close(socket);
            return;
        }
        [[maybe_unused]] const auto sent =
            ::send(socket, answer_.data(), answer_.size(), MSG_NOSIGNAL);
    }

    std::string answer_;  // empty: not a word
    std::uint16_t port_ = 0;
    pid_t child_ = -1;
};

}  // namespace example
