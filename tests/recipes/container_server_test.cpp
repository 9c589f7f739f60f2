// SPDX-License-Identifier: MIT
#include <awsxx/core/system_clock.hpp>
#include <awsxx/recipes/container_server.hpp>

#include <awsxx/credentials/container.hpp>
#include <awsxx/http/curl_transport.hpp>
#include <awsxx/runtime/blocking.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>
#include <support/sanitized.hpp>

#include <atomic>
#include <ctime>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <sys/resource.h>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

credentials_snapshot keys() {
    return std::make_shared<const credentials>(
        credentials{.access_key_id = "ASIA",
                    .secret_access_key = "s",
                    .session_token = "t",
                    .expiration = system_clock().now() + 1h});
}

/// A server that runs in a thread of its own until it goes.
struct running {
    std::shared_ptr<recipes::container_server> server;
    std::jthread thread{};

    explicit running(
        recipes::container_server_options how = {},
        recipes::container_server::source from = [] { return keys(); }) {
        auto opened = recipes::container_server::open(std::move(from), std::move(how));
        REQUIRE(opened);
        server = *opened;
        thread = std::jthread(
            [this](const std::stop_token& stop) { static_cast<void>(server->run(stop)); });
    }
    ~running() {
        thread.request_stop();
        thread.join();
    }
    std::uint16_t port() const {
        const std::string uri = server->uri();
        return static_cast<std::uint16_t>(std::stoi(uri.substr(uri.rfind(':') + 1)));
    }
};

/// A connection of one's own, for what no HTTP client says.
class caller {
public:
    explicit caller(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
            FAIL("no connection");
    }
    caller(const caller&) = delete;
    caller& operator=(const caller&) = delete;
    ~caller() { ::close(socket_); }

    void say(std::string_view bytes) const {
        ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    bool can_hear(milliseconds patience) const {
        pollfd one{socket_, POLLIN, 0};
        return ::poll(&one, 1, static_cast<int>(patience.count())) == 1;
    }
    /// All that is said until the other side ends the connection.
    std::string hear() const {
        std::string all;
        char piece[1024];
        for (ssize_t size; (size = ::recv(socket_, piece, sizeof piece, 0)) > 0;)
            all.append(piece, static_cast<std::size_t>(size));
        return all;
    }

private:
    int socket_;
};

expected<credentials_snapshot> got_from(const recipes::child_environment& variables) {
    testing::made_up_environment::variables all;
    for (const auto& one : variables.set) all[one.name] = one.value.expose();
    const auto outside = testing::isolated_world(std::make_shared<system_clock>(), {all});
    container_credentials provider(
        std::make_shared<const runtime::configuration>(settings{.outside = outside}));
    http::curl_transport transport;
    system_clock time;
    return runtime::obtain(provider, time.now(), time, transport);
}

}  // namespace

TEST_CASE("container server: a child with its variables gets the credentials") {
    const running one;

    const auto got = got_from(one.server->variables());

    REQUIRE(got);
    CHECK((*got)->access_key_id == "ASIA");
    CHECK((*got)->secret_access_key == secret("s"));
    CHECK((*got)->session_token == secret("t"));
}

TEST_CASE("container server: whoever has another token gets nothing") {
    std::atomic<int> asked{0};
    const running one({}, [&asked] {
        ++asked;
        return keys();
    });
    auto variables = one.server->variables();
    variables.set[1].value = "wrong";

    const auto got = got_from(variables);

    REQUIRE_FALSE(got);
    CHECK(asked == 0);
}

TEST_CASE("container server: children are led to it and nowhere else") {
    const auto server = recipes::container_server::open([] { return keys(); }, {.token = "right"});
    REQUIRE(server);
    const auto variables = (*server)->variables();

    REQUIRE(variables.set.size() == 2);
    CHECK(variables.set[0].name == "AWS_CONTAINER_CREDENTIALS_FULL_URI");
    CHECK(variables.set[0].value.expose().starts_with("http://127.0.0.1:"));
    CHECK(variables.set[1].name == "AWS_CONTAINER_AUTHORIZATION_TOKEN");
    CHECK(variables.set[1].value == secret("right"));
    for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_PROFILE"})
        CHECK(std::count(variables.unset.begin(), variables.unset.end(), name) == 1);
}

TEST_CASE("container server: a request may come in pieces, and several at once") {
    const running one({.token = "right"});
    const caller slow(one.port());
    slow.say("GET /credentials HTTP/1.1\r\nAuthori");
    const caller quick(one.port());
    quick.say("GET /credentials HTTP/1.1\r\nAuthorization: right\r\n\r\n");

    CHECK(quick.hear().starts_with("HTTP/1.1 200 "));
    slow.say("zation: right\r\n\r\n");
    CHECK(slow.hear().starts_with("HTTP/1.1 200 "));
}

TEST_CASE("container server: who says nothing is hung up on") {
    const running one({.request_time = 50ms});
    const caller mute(one.port());

    CHECK(mute.hear().empty());
}

TEST_CASE("container server: a request may take the longest time there is") {
    const running one({.token = "right", .request_time = awsxx::milliseconds::max()});
    const caller slow(one.port());
    slow.say("GET /credentials HTTP/1.1\r\n");
    const caller quick(one.port());
    quick.say("GET /credentials HTTP/1.1\r\nAuthorization: right\r\n\r\n");

    CHECK(quick.hear().starts_with("HTTP/1.1 200 "));
    slow.say("Authorization: right\r\n\r\n");
    CHECK(slow.hear().starts_with("HTTP/1.1 200 "));
}

TEST_CASE("container server: a request that is too long is refused") {
    const running one({.request_bytes = 2000});
    const caller talker(one.port());

    talker.say("GET /credentials HTTP/1.1\r\nX: " + std::string(5000, 'x'));

    CHECK(talker.hear().starts_with("HTTP/1.1 431 "));
}

TEST_CASE("container server: callers beyond its limit wait for their turn") {
    const running one({.token = "right", .request_time = 50ms, .connections = 1});
    const caller mute(one.port());
    const caller next(one.port());
    next.say("GET /credentials HTTP/1.1\r\nAuthorization: right\r\n\r\n");

    CHECK(mute.hear().empty());
    CHECK(next.hear().starts_with("HTTP/1.1 200 "));
}

TEST_CASE("container server: stopping ends it though somebody is connected") {
    running one;
    const caller mute(one.port());
    one.thread.request_stop();

    CHECK(mute.hear().empty());
}

// The sanitizers need descriptors themselves.
#if !AWSXX_TEST_SANITIZED
TEST_CASE(
    "container server: without descriptors for callers it waits at ease until there are some") {
    const auto server = recipes::container_server::open([] { return keys(); }, {.token = "right"});
    REQUIRE(server);
    const std::string uri = (*server)->uri();
    const caller waiting(static_cast<std::uint16_t>(std::stoi(uri.substr(uri.rfind(':') + 1))));
    waiting.say("GET /credentials HTTP/1.1\r\nAuthorization: right\r\n\r\n");
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    const int next = ::dup(0);
    ::close(next);
    const rlimit none_left{static_cast<rlim_t>(next), before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none_left);

    const std::jthread thread(
        [&](const std::stop_token& stop) { static_cast<void>((*server)->run(stop)); });
    const std::clock_t began = std::clock();
    CHECK_FALSE(waiting.can_hear(300ms));
    const std::clock_t spent = std::clock() - began;
    ::setrlimit(RLIMIT_NOFILE, &before);

    CHECK(spent < CLOCKS_PER_SEC / 10);
    CHECK(waiting.hear().starts_with("HTTP/1.1 200 "));
}
#endif

TEST_CASE("container server: a port that is taken and a path that is none are refused") {
    const running one;
    const auto taken = recipes::container_server::open([] { return keys(); }, {.port = one.port()});
    const auto bent = recipes::container_server::open([] { return keys(); }, {.path = "/a b"});

    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == "CannotServe");
    REQUIRE_FALSE(bent);
    CHECK(bent.error().code == "InvalidPath");
}
