#include <awsxx/http/curl_process.hpp>  // first: it must compile on its own

#include <http/requests.hpp>
#include <support/sanitized.hpp>
#include <support/slow_name.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

namespace http = awsxx::http;

namespace {

/// Runs `act` in a child and tells whether it returned true there, within a minute.
template <class Act>
bool in_child(Act act) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(60);
        ::_exit(act() ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

TEST_CASE("process: giving up on a name does not wait for its look-up") {
    const test::slow_name name;
    const auto begin = std::chrono::steady_clock::now();
    {
        http::curl_transport transport;
        const http::exchange how{.limits = {.connect = awsxx::milliseconds(50)}};
        const auto why = test::failure_of(transport, test::get(name.url), how);
        CHECK(why.kind == awsxx::error_kind::timeout);
        CHECK(why.message.find("resolving the name") != std::string::npos);
        const http::exchange total{.limits = {.total = awsxx::milliseconds(50)}};
        CHECK(test::failure_of(transport, test::get(name.url), total).kind ==
              awsxx::error_kind::timeout);
    }
    const auto took = std::chrono::steady_clock::now() - begin;
    CHECK(name.waiting() == 2);
    CHECK(took < std::chrono::seconds(20));
}

TEST_CASE("process: a child makes calls of its own, and the parent's connection stays") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    test::answer_of(transport, test::get(server.url()));
    server.rest();
    CHECK(in_child([&] {
        bool good = true;
        for (int i = 0; i < 3; ++i) good = good && transport.send(test::get(server.url()), {});
        return good;
    }));
    CHECK(server.connections() == 2);
    test::answer_of(transport, test::get(server.url()));
    CHECK(server.last().connection == 1);
    CHECK(server.connections() == 2);
}

TEST_CASE("process: a child that ends its transport says no goodbye on the parent's TLS") {
    const test::tls_identity identity;
    test::http_server server(test::always("ok"), {.tls = true, .identity = &identity});
    auto transport =
        std::make_unique<http::curl_transport>(http::curl_options{.ca_file = identity.ca_file()});
    test::answer_of(*transport, test::get(server.url()));
    server.rest();
    CHECK(in_child([&] {
        const bool good = transport->send(test::get(server.url()), {}).has_value();
        transport.reset();
        return good;
    }));
    test::answer_of(*transport, test::get(server.url()));
    CHECK(server.last().connection == 1);
    CHECK(server.connections() == 2);
}

TEST_CASE("process: a child lets go of the parent's connections at once") {
    test::http_server server(test::always("ok"));
    auto transport = std::make_unique<http::curl_transport>();
    test::answer_of(*transport, test::get(server.url()));
    server.rest();
    // sockets of connections in the child: none but the server's own ends
    CHECK(in_child([&] {
        int client_ends = 0;
        for (int socket = 3; socket < 256; ++socket) {
            sockaddr_in to{};
            socklen_t size = sizeof to;
            if (::getpeername(socket, reinterpret_cast<sockaddr*>(&to), &size) == 0 &&
                ntohs(to.sin_port) == server.port())
                ++client_ends;
        }
        return client_ends == 0;
    }));
}

// The sanitizers' allocators do not survive this themselves.
#if !AWSXX_TEST_SANITIZED
TEST_CASE("process: forking while other threads send harms nobody") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    std::atomic<bool> done{false};
    std::atomic<int> failed{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t)
        threads.emplace_back([&] {
            while (!done)
                if (!transport.send(test::get(server.url()), {})) ++failed;
        });
    for (int i = 0; i < 10; ++i)
        CHECK(in_child([&] { return transport.send(test::get(server.url()), {}).has_value(); }));
    done = true;
    for (std::thread& one : threads) one.join();
    CHECK(failed == 0);
}
#endif

TEST_CASE("process: a grandchild is a stranger to both") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    test::answer_of(transport, test::get(server.url()));
    server.rest();
    CHECK(in_child([&] {
        if (!transport.send(test::get(server.url()), {})) return false;
        return in_child([&] { return transport.send(test::get(server.url()), {}).has_value(); }) &&
               transport.send(test::get(server.url()), {}).has_value();
    }));
    CHECK(server.connections() == 3);
}

TEST_CASE("process: writing TLS to a server that is gone does not end the program") {
    const test::tls_identity identity;
    test::http_server server(
        [](const test::received&) {
            return test::reply{"HTTP/1.1 100 Continue\r\n\r\n", test::reply::then::reset};
        },
        {.tls = true, .read_bodies = false, .identity = &identity});
    http::curl_transport transport({.ca_file = identity.ca_file()});
    const auto why = test::failure_of(
        transport, test::with_body("PUT", server.url(), std::string(50'000'000, 'x')));
    CHECK(why.kind == awsxx::error_kind::network);
    CHECK(why.code == "ConnectionBroken");
}
