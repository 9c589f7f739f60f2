// SPDX-License-Identifier: MIT
// A server in a process of its own that costs next to nothing and answers as AWS would, for measuring clients.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace test {

namespace loopback {

/// The answers, whole and ready to send.
class answers {
public:
    /// DynamoDB for who names a target, STS for other POSTs, else an object of S3.
    const std::string& to(std::string_view head) const {
        if (head.starts_with('H')) return s3_head_;
        if (!head.starts_with('P')) return s3_get_;
        return head_has(head, "x-amz-target") ? dynamodb_ : sts_;
    }

    static bool head_has(std::string_view head, std::string_view name) {
        return !value(head, name).empty();
    }
    /// What follows `name:` in a head, to its end; empty where there is no such header.
    static std::string_view value(std::string_view head, std::string_view name) {
        for (auto at = head.find('\n'); at != head.npos; at = head.find('\n', at + 1)) {
            const std::string_view line = head.substr(at + 1);
            if (line.size() > name.size() && line[name.size()] == ':' &&
                ::strncasecmp(line.data(), name.data(), name.size()) == 0)
                return line.substr(name.size() + 1);
        }
        return {};
    }

private:
    static std::string whole(std::string_view type, std::string_view extra, std::string_view body,
                             bool with_body = true) {
        std::string text =
            "HTTP/1.1 200 OK\r\nServer: Server\r\n"
            "Date: Sun, 23 Aug 2026 12:00:00 GMT\r\nContent-Type: ";
        text.append(type).append("\r\nContent-Length: ").append(std::to_string(body.size()));
        text +=
            "\r\nConnection: keep-alive\r\n"
            "x-amzn-RequestId: 4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG\r\n";
        text.append(extra).append("\r\n");
        return with_body ? text.append(body) : text;
    }

    static std::string sts_body() {
        return R"(<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser>
      <AssumedRoleId>AROA123EXAMPLE123:bench</AssumedRoleId>
      <Arn>arn:aws:sts::123456789012:assumed-role/demo/bench</Arn>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>
      <SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY</SecretAccessKey>
      <SessionToken>)" +
               std::string(400, 'T') + R"(</SessionToken>
      <Expiration>2036-08-23T13:00:00Z</Expiration>
    </Credentials>
    <PackedPolicySize>8</PackedPolicySize>
  </AssumeRoleResult>
  <ResponseMetadata>
    <RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId>
  </ResponseMetadata>
</AssumeRoleResponse>
)";
    }

    static constexpr std::string_view item =
        R"({"Item":{"pk":{"S":"user#01234567"},"sk":{"S":"order#abcdef012345klm"},)"
        R"("total":{"N":"4212"},"tags":{"SS":["a","b","c"]},)"
        R"("address":{"M":{"city":{"S":"Lisbon"},"zip":{"S":"1100-148"}}},"open":{"BOOL":true}}})";
    static constexpr std::string_view about_object =
        "ETag: \"fba9dede5f27731c9771645a39863328\"\r\n"
        "Last-Modified: Sat, 22 Aug 2026 11:00:00 GMT\r\n"
        "x-amz-request-id: 4442587FB7D0A2F9\r\nAccept-Ranges: bytes\r\n";
    static constexpr std::string_view object =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    std::string dynamodb_ = whole("application/x-amz-json-1.0", "", item);
    std::string sts_ = whole("text/xml", "", sts_body());
    std::string s3_get_ = whole("application/octet-stream", about_object, object);
    std::string s3_head_ = whole("application/octet-stream", about_object, object, false);
};

/// All connections on one thread.
class loop {
public:
    loop(int listener, std::chrono::milliseconds delay)
        : listener_(listener), epoll_(::epoll_create1(0)), delay_(delay) {
        watch(listener_, EPOLLIN, EPOLL_CTL_ADD);
    }

    [[noreturn]] void run() {
        std::array<epoll_event, 256> events;
        for (;;) {
            const int count = ::epoll_wait(epoll_, events.data(), 256, send_due());
            for (int i = 0; i < count; ++i) {
                const int socket = events[static_cast<std::size_t>(i)].data.fd;
                if (socket == listener_)
                    accept_all();
                else if (!serve(socket))
                    drop(socket);
            }
        }
    }

private:
    struct connection {
        std::string in{};
        std::string out{};
        unsigned long long number{};
        bool continued = false;
        bool blocked = false;
    };

    void watch(int socket, std::uint32_t events, int how) {
        epoll_event event{};
        event.events = events;
        event.data.fd = socket;
        ::epoll_ctl(epoll_, how, socket, &event);
    }

    void accept_all() {
        for (int socket; (socket = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
            const int on = 1;
            ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            ++accepted_;
            connections_[socket] = std::make_unique<connection>();
            connections_[socket]->number = accepted_;
            watch(socket, EPOLLIN, EPOLL_CTL_ADD);
        }
    }

    /// What waits for its moment, in order.
    struct later {
        std::chrono::steady_clock::time_point due{};
        int socket{};
        unsigned long long number{};
        const std::string* answer{};
    };

    /// Sends what is due, and tells in how many milliseconds to come again.
    int send_due() {
        const auto now = std::chrono::steady_clock::now();
        for (; !later_.empty() && later_.front().due <= now; later_.pop_front()) {
            const later& one = later_.front();
            const auto found = connections_.find(one.socket);
            if (found == connections_.end() || found->second->number != one.number) continue;
            found->second->out += *one.answer;
            if (!flush(one.socket, *found->second)) drop(one.socket);
        }
        if (later_.empty()) return -1;
        return static_cast<int>(
            std::chrono::ceil<std::chrono::milliseconds>(later_.front().due - now).count());
    }

    bool serve(int socket) {
        connection& one = *connections_[socket];
        char room[16384];
        for (;;) {
            const auto got = ::recv(socket, room, sizeof room, 0);
            if (got == 0) return false;
            if (got < 0) return errno == EAGAIN && flush(socket, one);
            one.in.append(room, static_cast<std::size_t>(got));
            if (!consume(socket, one) || !flush(socket, one)) return false;
            if (static_cast<std::size_t>(got) < sizeof room) return true;
        }
    }

    void drop(int socket) {
        connections_.erase(socket);
        ::close(socket);
    }

    /// Answers every request that is there as a whole.
    bool consume(int socket, connection& one) {
        std::string_view rest = one.in;
        for (;;) {
            const auto end = rest.find("\r\n\r\n");
            if (end == rest.npos) break;
            const std::string_view head = rest.substr(0, end + 4);
            const std::size_t all = head.size() + body_length(head);
            if (all > rest.size()) {
                if (!one.continued && answers::head_has(head, "expect")) {
                    one.out += "HTTP/1.1 100 Continue\r\n\r\n";
                    one.continued = true;
                    ++continues_;
                }
                break;
            }
            one.continued = false;
            answer(socket, one, head);
            rest.remove_prefix(all);
        }
        one.in.erase(0, one.in.size() - rest.size());
        return one.in.size() < (1 << 20);
    }

    static std::size_t body_length(std::string_view head) {
        if (!head.starts_with('P')) return 0;
        const std::string_view length = answers::value(head, "content-length");
        return length.empty() ? 0 : std::strtoul(length.data(), nullptr, 10);
    }

    void answer(int socket, connection& one, std::string_view head) {
        if (head.starts_with("GET /__stats")) {
            const std::string body = statistics();
            one.out += "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
                       "\r\n\r\n" + body;
            return;
        }
        ++answered_;
        if (delay_ == std::chrono::milliseconds::zero())
            one.out += answers_.to(head);
        else
            later_.push_back({std::chrono::steady_clock::now() + delay_, socket, one.number,
                              &answers_.to(head)});
    }

    std::string statistics() const {
        rusage used{};
        ::getrusage(RUSAGE_SELF, &used);
        const auto cpu = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1'000'000 +
                         used.ru_utime.tv_usec + used.ru_stime.tv_usec;
        return "connections=" + std::to_string(accepted_) +
               " requests=" + std::to_string(answered_) +
               " continues=" + std::to_string(continues_) + " cpu_us=" + std::to_string(cpu) + "\n";
    }

    bool flush(int socket, connection& one) {
        while (!one.out.empty()) {
            const auto sent = ::send(socket, one.out.data(), one.out.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno != EAGAIN) return false;
            if (sent < 0) break;
            one.out.erase(0, static_cast<std::size_t>(sent));
        }
        if (const bool blocked = !one.out.empty(); blocked != one.blocked) {
            one.blocked = blocked;
            watch(socket, blocked ? EPOLLIN | EPOLLOUT : EPOLLIN, EPOLL_CTL_MOD);
        }
        return true;
    }

    int listener_;
    int epoll_;
    std::chrono::milliseconds delay_;
    std::deque<later> later_{};
    answers answers_{};
    std::unordered_map<int, std::unique_ptr<connection>> connections_{};
    unsigned long long accepted_ = 0;
    unsigned long long answered_ = 0;
    unsigned long long continues_ = 0;
};

}  // namespace loopback

/// Serves from construction to destruction, in a forked child: make it before any thread.
///
/// It checks nothing. A POST with `x-amz-target` gets a DynamoDB item, another POST the answer of
/// AssumeRole, a GET or HEAD an object of 64 bytes; `GET /__stats` tells what happened so far.
class loopback_server {
public:
    /// Each answer comes after `delay`.
    explicit loopback_server(std::chrono::milliseconds delay = {}) {
        const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener, generic, size) != 0 || ::listen(listener, 1024) != 0 ||
            ::getsockname(listener, generic, &size) != 0)
            std::abort();
        port_ = ntohs(address.sin_port);
        const pid_t parent = ::getpid();
        child_ = ::fork();
        if (child_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (::getppid() != parent) ::_exit(0);
            loopback::loop(listener, delay).run();
        }
        ::close(listener);
        if (child_ < 0) std::abort();
    }
    ~loopback_server() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }
    loopback_server(const loopback_server&) = delete;
    loopback_server& operator=(const loopback_server&) = delete;

    std::uint16_t port() const { return port_; }
    std::string url(std::string_view path = "/") const {
        return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
    }

private:
    std::uint16_t port_ = 0;
    pid_t child_ = -1;
};

}  // namespace test
