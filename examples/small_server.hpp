// SPDX-License-Identifier: MIT
// Stands for STS in examples that need a real socket: whoever asks is told the same name.
#pragma once

#include <awsxx/session.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace example {

/// In a child process from construction to destruction. It looks at nothing that it is sent, but
/// for where a request ends: make it before any thread.
class small_server {
public:
    small_server() {
        const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener, generic, size) != 0 || ::listen(listener, 64) != 0 ||
            ::getsockname(listener, generic, &size) != 0)
            std::abort();
        port_ = ntohs(address.sin_port);
        child_ = ::fork();
        if (child_ == 0) serve(listener);
        ::close(listener);
    }
    small_server(const small_server&) = delete;
    small_server& operator=(const small_server&) = delete;
    ~small_server() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

private:
    [[noreturn]] static void serve(int listener) {
        const int watch = ::epoll_create1(0);
        add(watch, listener);
        for (;;) {
            ::epoll_event seen{};
            if (::epoll_wait(watch, &seen, 1, -1) != 1) continue;
            if (seen.data.fd == listener)
                add(watch, ::accept(listener, nullptr, nullptr));
            else
                answer(seen.data.fd);
        }
    }
    static void add(int watch, int socket) {
        ::epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = socket;
        ::epoll_ctl(watch, EPOLL_CTL_ADD, socket, &event);
    }
    /// Requests of these examples come in one piece.
    static void answer(int socket) {
        std::array<char, 16384> room;
        if (::recv(socket, room.data(), room.size(), 0) <= 0) {
            ::close(socket);
            return;
        }
        const std::string body =
            "<GetCallerIdentityResponse><GetCallerIdentityResult>"
            "<Arn>arn:aws:iam::111122223333:user/dev</Arn>"
            "</GetCallerIdentityResult></GetCallerIdentityResponse>";
        const std::string text = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: " +
                                 std::to_string(body.size()) + "\r\n\r\n" + body;
        [[maybe_unused]] const auto sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
    }

    std::uint16_t port_ = 0;
    pid_t child_ = -1;
};

inline awsxx::credentials keys() {
    return {.access_key_id = "AKIDEXAMPLE",
            .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};
}

inline awsxx::settings settings_for(const small_server& server) {
    awsxx::settings made{.region = "eu-west-1", .endpoint_url = server.url()};
    made.outside = awsxx::testing::isolated_world(std::make_shared<awsxx::system_clock>());
    return made;
}

}  // namespace example
