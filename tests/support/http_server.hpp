// SPDX-License-Identifier: MIT
// A small HTTP server on the loopback that answers with the bytes it is told to and remembers what it was asked.
#pragma once

#include <support/tls_identity.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#if defined(__linux__)
#include <linux/sockios.h>
#endif

namespace test {

/// One request as it came: the bytes of its head with the empty line, and of its body.
struct received {
    std::string head{};
    std::string body{};
    int connection{};    ///< Counted from 1.
    std::string peer{};  ///< The common name in the client's certificate, if it showed one.

    std::string line() const { return head.substr(0, head.find("\r\n")); }
    /// How many lines of the head are `line`, byte for byte.
    int count(std::string_view wanted) const {
        int found = 0;
        const std::string all = "\r\n" + std::string(wanted) + "\r\n";
        for (auto at = head.find(all); at != std::string::npos; at = head.find(all, at + 1))
            ++found;
        return found;
    }
    /// How many lines the head has, the empty one included.
    int lines() const { return static_cast<int>(std::count(head.begin(), head.end(), '\n')); }
    /// True if a header of that name is there; `name` in lower case.
    bool has(std::string_view name) const {
        std::string low = head;
        for (char& c : low)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        return low.find("\r\n" + std::string(name) + ":") != std::string::npos;
    }
};

/// What the server does after a request.
struct reply {
    std::string bytes{};
    /// `drip`: goes on sending single bytes for as long as somebody takes them.
    enum class then : unsigned char { keep, close, reset, hold, drip, start_tls } next = then::keep;
    bool in_single_bytes = false;  ///< Each in a packet of its own.
};

/// A whole answer; `extra` are header lines, each with its line end.
inline reply answer(int status, std::string_view body = "", std::string_view extra = "") {
    std::string bytes = "HTTP/1.1 " + std::to_string(status) +
                        " Told\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    return {bytes.append(extra).append("\r\n").append(body)};
}

/// Serves on a port of its own from construction to destruction; one thread a connection.
class http_server {
public:
    using handler = std::function<reply(const received&)>;
    struct options {
        bool tls = false;         ///< From the first byte, with `identity`.
        bool read_bodies = true;  ///< False: answers when the head is there.
        const tls_identity* identity = nullptr;
    };

    explicit http_server(handler answers) : http_server(std::move(answers), options()) {}
    http_server(handler answers, options how) : answers_(std::move(answers)), how_(how) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 128) != 0 ||
            ::getsockname(listener_, generic, &size) != 0)
            std::abort();
        port_ = ntohs(address.sin_port);
        acceptor_ = std::thread([this] { accept_all(); });
    }
    ~http_server() {
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        acceptor_.join();
        ::close(listener_);
        close_connections();
        for (std::thread& one : threads_) one.join();
        for (const int socket : sockets_) ::close(socket);
    }
    http_server(const http_server&) = delete;
    http_server& operator=(const http_server&) = delete;

    std::uint16_t port() const { return port_; }
    std::string url(std::string_view path = "/") const {
        return (how_.tls ? "https" : "http") + std::string("://127.0.0.1:") +
               std::to_string(port_) + std::string(path);
    }
    /// How many there have been, those included that a client only just made.
    int connections() const {
        for (;; std::this_thread::yield()) {
            const std::lock_guard guard(lock_);
            pollfd waiting{listener_, POLLIN, 0};
            if (::poll(&waiting, 1, 0) == 0) return static_cast<int>(sockets_.size());
        }
    }
    std::vector<received> requests() const {
        const std::lock_guard guard(lock_);
        return requests_;
    }
    received last() const {
        const std::lock_guard guard(lock_);
        return requests_.empty() ? received{} : requests_.back();
    }
    /// TLS connections that were resumed, and that ended with a word of goodbye.
    int resumed() const { return resumed_; }
    int goodbyes() const { return goodbyes_; }
    /// Waits until every thread waits for the network: with sanitizers, a fork while another thread
    /// allocates leaves a child that cannot.
    void rest() const {
        while (busy_ != 0) std::this_thread::yield();
    }
    /// Sends this on every connection that is open, asked or not. Without TLS, and no more than the
    /// other side has room for: it waits until it is there.
    void say(std::string_view bytes) {
        const std::lock_guard guard(lock_);
        for (const int socket : sockets_) {
            ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
#if defined(__linux__)
            int left = 1;
            while (left > 0 && is_open(socket) && ::ioctl(socket, SIOCOUTQ, &left) == 0)
                std::this_thread::yield();
#endif
        }
    }
    static bool is_open(int socket) noexcept {
        char next = 0;
        const ssize_t got = ::recv(socket, &next, 1, MSG_PEEK | MSG_DONTWAIT);
        return got > 0 || (got < 0 && errno == EAGAIN);
    }
    /// Ends every connection that is open, as servers do with idle ones.
    void close_connections() {
        const std::lock_guard guard(lock_);
        for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
    }

private:
    /// One connection, in the clear or not.
    struct link {
        int socket = -1;
        std::atomic<int>* busy = nullptr;
        SSL* tls = nullptr;
        std::string pending{};

        ~link() { SSL_free(tls); }
        bool start(SSL_CTX* context) {
            tls = SSL_new(context);
            SSL_set_fd(tls, socket);
            return SSL_accept(tls) == 1;
        }
        bool more() {
            char room[65536];
            --*busy;
            const auto got = tls != nullptr
                                 ? SSL_read(tls, room, sizeof room)
                                 : static_cast<int>(::recv(socket, room, sizeof room, 0));
            ++*busy;
            if (got <= 0) return false;
            pending.append(room, static_cast<std::size_t>(got));
            return true;
        }
        bool send(std::string_view bytes) {
            while (!bytes.empty()) {
                const auto most = static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20));
                const auto sent =
                    tls != nullptr
                        ? SSL_write(tls, bytes.data(), most)
                        : static_cast<int>(::send(socket, bytes.data(),
                                                  static_cast<std::size_t>(most), MSG_NOSIGNAL));
                if (sent <= 0) return false;
                bytes.remove_prefix(static_cast<std::size_t>(sent));
            }
            return true;
        }
    };

    void accept_all() {
        for (;;) {
            --busy_;
            pollfd waiting{listener_, POLLIN, 0};
            while (::poll(&waiting, 1, -1) < 0) {}
            ++busy_;
            const std::lock_guard guard(lock_);
            const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0 || stopping_) return;
            const int on = 1;
            ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            sockets_.push_back(socket);
            const int number = static_cast<int>(sockets_.size());
            ++busy_;
            threads_.emplace_back([this, socket, number] { serve(socket, number); });
        }
    }

    void serve(int socket, int number) {
        sigset_t broken_pipes;  // OpenSSL would have this thread's end the program
        sigemptyset(&broken_pipes);
        sigaddset(&broken_pipes, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &broken_pipes, nullptr);
        link line{socket, &busy_};
        if (!how_.tls || start_tls(line))
            while (auto request = read(line)) {
                request->connection = number;
                request->peer = peer_of(line.tls);
                if (!obey(line, *request)) break;
            }
        if (line.tls != nullptr && (SSL_get_shutdown(line.tls) & SSL_RECEIVED_SHUTDOWN) != 0)
            ++goodbyes_;
        ::shutdown(socket, SHUT_RDWR);
        --busy_;
    }

    static std::string peer_of(SSL* tls) {
        X509* shown = tls != nullptr ? SSL_get1_peer_certificate(tls) : nullptr;
        if (shown == nullptr) return {};
        char name[128] = "";
        X509_NAME_get_text_by_NID(X509_get_subject_name(shown), NID_commonName, name, sizeof name);
        X509_free(shown);
        return name;
    }

    bool start_tls(link& line) {
        if (!line.start(how_.identity->server())) return false;
        if (SSL_session_reused(line.tls) == 1) ++resumed_;
        return true;
    }

    static bool send(link& line, const reply& what) {
        if (!what.in_single_bytes) return line.send(what.bytes);
        for (std::size_t i = 0; i < what.bytes.size(); ++i)
            if (!line.send(std::string_view(what.bytes).substr(i, 1))) return false;
        return true;
    }

    bool obey(link& line, const received& request) {
        {
            const std::lock_guard guard(lock_);
            requests_.push_back(request);
        }
        const reply what = answers_(request);
        if (!send(line, what)) return false;
        switch (what.next) {
            case reply::then::keep: return true;
            case reply::then::close: return false;
            case reply::then::reset: {
                const sockaddr none{.sa_family = AF_UNSPEC, .sa_data = {}};
                ::connect(line.socket, &none, sizeof none);
                return false;
            }
            case reply::then::hold:
                while (line.more()) {}
                return false;
            case reply::then::drip:
                while (line.send("x")) {}
                return false;
            case reply::then::start_tls: return start_tls(line);
        }
        return false;
    }

    std::unique_ptr<received> read(link& line) const {
        std::size_t end;
        while ((end = line.pending.find("\r\n\r\n")) == std::string::npos)
            if (!line.more()) return nullptr;
        auto got = std::make_unique<received>();
        got->head = line.pending.substr(0, end + 4);
        line.pending.erase(0, end + 4);
        if (!how_.read_bodies) return got;
        const std::size_t length = length_of(got->head);
        while (line.pending.size() < length)
            if (!line.more()) return nullptr;
        got->body = line.pending.substr(0, length);
        line.pending.erase(0, length);
        return got;
    }

    static std::size_t length_of(const std::string& head) {
        for (const char* name : {"\r\nContent-Length: ", "\r\ncontent-length: "})
            if (const auto at = head.find(name); at != std::string::npos)
                return std::strtoull(head.c_str() + at + 18, nullptr, 10);
        return 0;
    }

    handler answers_;
    options how_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};
    mutable std::atomic<int> busy_{1};  // threads that do something; the first one accepts
    std::atomic<int> resumed_{0};
    std::atomic<int> goodbyes_{0};
    mutable std::mutex lock_{};
    std::vector<int> sockets_{};
    std::vector<received> requests_{};
    std::vector<std::thread> threads_{};
    std::thread acceptor_{};
};

}  // namespace test
