// SPDX-License-Identifier: MIT
// A server in a process of its own that hands out and takes large bodies, in the clear or by TLS.
#pragma once

#include <support/tls_identity.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace test {

/// Answers each GET with as many bytes as it was made for, and each PUT when it has read its body. A
/// process a connection; all end with it. Make it before any thread.
class bulk_server {
public:
    /// With `identity` it speaks TLS.
    explicit bulk_server(std::size_t size, const tls_identity* identity = nullptr)
        : size_(size), identity_(identity) {
        const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener, generic, length) != 0 || ::listen(listener, 64) != 0 ||
            ::getsockname(listener, generic, &length) != 0)
            std::abort();
        port_ = ntohs(address.sin_port);
        child_ = ::fork();
        if (child_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::signal(SIGCHLD, SIG_IGN);
            ::signal(SIGPIPE, SIG_IGN);
            accept_all(listener);
        }
        ::close(listener);
    }
    bulk_server(const bulk_server&) = delete;
    bulk_server& operator=(const bulk_server&) = delete;
    ~bulk_server() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }
    std::string url() const {
        return (identity_ != nullptr ? "https" : "http") + std::string("://127.0.0.1:") +
               std::to_string(port_) + "/";
    }

private:
    /// One connection.
    struct link {
        int socket;
        SSL* tls = nullptr;

        std::size_t read(char* room, std::size_t size) {
            const auto got = tls != nullptr ? SSL_read(tls, room, static_cast<int>(size))
                                            : static_cast<int>(::recv(socket, room, size, 0));
            return got > 0 ? static_cast<std::size_t>(got) : 0;
        }
        bool send(std::string_view bytes) {
            while (!bytes.empty()) {
                const std::size_t most = std::min<std::size_t>(bytes.size(), 1 << 18);
                const auto sent =
                    tls != nullptr
                        ? SSL_write(tls, bytes.data(), static_cast<int>(most))
                        : static_cast<int>(::send(socket, bytes.data(), most, MSG_NOSIGNAL));
                if (sent <= 0) return false;
                bytes.remove_prefix(static_cast<std::size_t>(sent));
            }
            return true;
        }
    };

    [[noreturn]] void accept_all(int listener) const {
        for (;;) {
            const int socket = ::accept(listener, nullptr, nullptr);
            const int on = 1;
            ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            if (::fork() == 0) {
                ::prctl(PR_SET_PDEATHSIG, SIGKILL);
                serve(link{socket});
                ::_exit(0);
            }
            ::close(socket);
        }
    }

    void serve(link one) const {
        if (identity_ != nullptr) {
            one.tls = SSL_new(identity_->server());
            SSL_set_fd(one.tls, one.socket);
            if (SSL_accept(one.tls) != 1) return;
        }
        std::vector<char> room(1 << 18);
        const std::string block(1 << 20, 'x');
        for (std::string head;;) {
            const std::size_t end = head.find("\r\n\r\n");
            if (end == head.npos) {
                const std::size_t got = one.read(room.data(), room.size());
                if (got == 0) return;
                head.append(room.data(), got);
                continue;
            }
            const bool good =
                head.starts_with('P') ? take(one, head.size() - end - 4, room) : give(one, block);
            if (!good) return;
            head.clear();
        }
    }

    bool give(link& one, std::string_view block) const {
        if (!one.send("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: " + std::to_string(size_) +
                      "\r\n\r\n"))
            return false;
        for (std::size_t left = size_; left > 0;) {
            const std::size_t most = std::min(left, block.size());
            if (!one.send(block.substr(0, most))) return false;
            left -= most;
        }
        return true;
    }
    bool take(link& one, std::size_t have, std::vector<char>& room) const {
        for (std::size_t left = size_ - std::min(size_, have); left > 0;) {
            const std::size_t got = one.read(room.data(), std::min(left, room.size()));
            if (got == 0) return false;
            left -= got;
        }
        return one.send("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r\n");
    }

    std::size_t size_;
    const tls_identity* identity_;
    std::uint16_t port_ = 0;
    pid_t child_ = -1;
};

}  // namespace test
