// SPDX-License-Identifier: MIT
// Serves a session's credentials on the loopback, as ECS does to containers.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/net.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/random_token.hpp>
#include <awsxx/recipes/child_environment.hpp>
#include <awsxx/recipes/container_answer.hpp>
#include <awsxx/recipes/container_request.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes {

/// Where and to whom a `container_server` answers.
struct container_server_options {
    std::uint16_t port = 0;             ///< 0: one that is free.
    std::string path = "/credentials";  ///< Begins with a slash.
    secret token{};                     ///< Empty: one is made up.
    milliseconds request_time{5'000};   ///< From connecting to the last byte of the answer.
    std::size_t request_bytes = 8 * 1024;
    std::size_t connections = 32;  ///< At a time; further ones wait.
};

namespace detail::container_server {

/// One request and its answer; the connection ends with it.
class connection {
public:
    connection(int socket, steady_instant deadline) noexcept
        : socket_(socket), deadline_(deadline) {}
    connection(connection&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)),
          deadline_(other.deadline_),
          phase_(other.phase_),
          sent_(other.sent_),
          head_(std::move(other.head_)),
          answer_(std::move(other.answer_)) {}
    connection& operator=(connection&& other) noexcept {
        std::swap(socket_, other.socket_);
        deadline_ = other.deadline_;
        phase_ = other.phase_;
        sent_ = other.sent_;
        std::swap(head_, other.head_);
        std::swap(answer_, other.answer_);
        return *this;
    }
    ~connection() {
        wipe(head_);
        if (socket_ >= 0) os::close_socket(socket_);
    }

    steady_instant deadline() const noexcept { return deadline_; }
    bool over(steady_instant now) const noexcept {
        return phase_ == phase::over || now >= deadline_;
    }
    os::socket_poll watched() const noexcept {
        return os::poll_of(socket_, phase_ == phase::writing ? os::writable : os::readable);
    }

    /// Does what the network lets it do. `answer_to` turns a head, or a status, into bytes.
    template <class Answer>
    void go_on(std::size_t most, const Answer& answer_to) {
        if (phase_ == phase::reading) {
            read(most);
            const bool whole = head_.find("\r\n\r\n") != std::string::npos;
            if (!whole && head_.size() <= most) return;
            answer_ = answer_to(whole ? std::string_view(head_) : std::string_view());
            phase_ = phase::writing;
        }
        if (phase_ == phase::writing) write();
        if (phase_ == phase::draining) drain();
    }

private:
    // Closing while something is unread would take the answer back: the rest is read first.
    enum class phase : unsigned char { reading, writing, draining, over };

    void read(std::size_t most) {
        if (head_.capacity() < most + 1024) head_.reserve(most + 1024);  // no copies left behind
        char piece[1024];
        const std::ptrdiff_t size = os::receive(socket_, piece, sizeof piece);
        if (size > 0) head_.append(piece, static_cast<std::size_t>(size));
        wipe(piece, sizeof piece);
        ended(size);
    }
    void write() {
        const std::string_view rest = answer_.expose().substr(sent_);
        const std::ptrdiff_t size = os::send(socket_, rest);
        if (size > 0) sent_ += static_cast<std::size_t>(size);
        if (size < 0) ended(size);
        if (sent_ < answer_.expose().size() || phase_ == phase::over) return;
        os::end_sending(socket_);
        phase_ = phase::draining;
    }
    void drain() {
        char piece[1024];
        ended(os::receive(socket_, piece, sizeof piece));
    }
    void ended(std::ptrdiff_t size) noexcept {
        if (size == 0 || (size < 0 && !os::would_block())) phase_ = phase::over;
    }

    int socket_;
    steady_instant deadline_;
    phase phase_ = phase::reading;
    std::size_t sent_ = 0;
    std::string head_{};
    secret answer_{};
};

AWSXX_COLD inline error failed(const char* what) {
    return {.kind = error_kind::configuration,
            .code = "CannotServe",
            .message = what + os::socket_problem()};
}

}  // namespace detail::container_server

/// Hands out credentials to processes of this computer that were told the token: other programs
/// and languages get what this one's session has, renewed as that renews it.
///
///     awsxx::session session;
///     auto server = awsxx::recipes::container_server::open(
///         [session] { return session.try_fetch_credentials(); });
///     std::jthread thread([&](std::stop_token stop) { (*server)->run(stop); });
///
/// `variables()` are for the environment of those processes. Answers on 127.0.0.1 only, one path,
/// nobody without the token. Listens from `open` on; answers while `run` runs.
class container_server {
public:
    /// Asked at each request, from the thread that runs the server.
    using source = std::function<expected<credentials_snapshot>()>;

    /// Fails with `configuration` where the port is taken or the path cannot be one.
    static expected<std::shared_ptr<container_server>> open(source from,
                                                            container_server_options how = {}) {
        if (!how.path.starts_with('/') || how.path.find_first_of(" \t\r\n?#") != std::string::npos)
            return error{.kind = error_kind::configuration,
                         .code = "InvalidPath",
                         .message = "no path to serve at: " + how.path};
        if (how.token.empty()) {
            auto token = crypto::random_token();
            if (!token) return std::move(token).error();
            how.token = *std::move(token);
        }
        std::shared_ptr<container_server> made(
            new container_server(std::move(from), std::move(how)));
        if (made->listener_ < 0)
            return detail::container_server::failed("listening on the loopback: ");
        return made;
    }
    container_server(const container_server&) = delete;
    container_server& operator=(const container_server&) = delete;
    ~container_server() {
        if (listener_ >= 0) os::close_socket(listener_);
    }

    std::string uri() const { return "http://127.0.0.1:" + std::to_string(how_.port) + how_.path; }
    const secret& token() const noexcept { return how_.token; }

    /// What leads a child process here, and away from everywhere else.
    child_environment variables() const {
        child_environment made;
        made.set.push_back({"AWS_CONTAINER_CREDENTIALS_FULL_URI", uri()});
        made.set.push_back({"AWS_CONTAINER_AUTHORIZATION_TOKEN", how_.token});
        made.unset = other_credential_variables(made.set);
        return made;
    }

    /// Answers until `stop` is requested, once. Blocks, also while the credentials are renewed.
    expected<void> run(const std::stop_token& stop) {
        // Wakes whoever waits for the listener, here and now on Linux, else within a second.
        const std::stop_callback wake(stop, [this] { os::shut(listener_); });
        while (!stop.stop_requested()) {
            std::vector<os::socket_poll> watched{
                os::poll_of(has_room() ? listener_ : -1, os::readable)};
            for (const auto& one : connections_) watched.push_back(one.watched());
            if (os::poll(watched.data(), watched.size(), pause()) < 0 && !os::would_block())
                return detail::container_server::failed("waiting for requests: ");
            serve(watched);
            if (watched[0].revents != 0 && !stop.stop_requested()) accept_one();
        }
        connections_.clear();
        return {};
    }

private:
    using connection = detail::container_server::connection;

    container_server(source from, container_server_options how)
        : from_(std::move(from)),
          door_{how.path, how.token},
          how_(std::move(how)),
          listener_(os::listen_on_loopback(how_.port)) {}

    bool has_room() const { return connections_.size() < how_.connections && now() >= full_until_; }
    void accept_one() {
        const int socket = os::accept(listener_);
        if (socket < 0) {
            // Without a descriptor or memory for it, the caller stays in the queue for a while.
            if (os::too_many_sockets()) full_until_ = now() + milliseconds(100);
            return;
        }
        connections_.emplace_back(socket, moment_after(now(), how_.request_time));
    }

    void serve(const std::vector<os::socket_poll>& watched) {
        for (std::size_t i = 0; i < connections_.size(); ++i)
            if (watched[i + 1].revents != 0)
                connections_[i].go_on(how_.request_bytes,
                                      [this](std::string_view head) { return answer(head); });
        std::erase_if(connections_, [at = now()](const auto& one) { return one.over(at); });
    }

    secret answer(std::string_view head) const {
        const int status = head.empty() ? 431 : judge_container_request(head, door_);
        const auto keys = status == 200 ? from_() : expected<credentials_snapshot>(nullptr);
        return container_answer(status, keys, awsxx::system_clock().now());
    }

    static steady_instant now() { return awsxx::system_clock().steady_now(); }

    /// Until somebody's time is over, a second at most.
    int pause() const {
        using std::chrono::ceil;
        milliseconds least(1'000);
        if (full_until_ > now()) least = ceil<milliseconds>(full_until_ - now());
        for (const auto& one : connections_)
            least = (std::min)(least, ceil<milliseconds>(one.deadline() - now()));
        return static_cast<int>((std::max)(least, milliseconds(0)).count());
    }

    source from_;
    container_door door_;
    container_server_options how_;
    int listener_;
    steady_instant full_until_{};
    std::vector<connection> connections_{};
};

}  // namespace awsxx::inline AWSXX_ABI::recipes
