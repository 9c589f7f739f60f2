// SPDX-License-Identifier: MIT
#include <awsxx/http/curl_loop.hpp>  // first: it must compile on its own

#if !defined(AWSXX_COMPILED)
#include <awsxx/http/curl_loop_source.hpp>
#endif

#include <http/requests.hpp>
#include <support/exchange_pump.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace http = awsxx::http;
using awsxx::error_kind;
using namespace std::chrono_literals;

namespace {

using outcome = awsxx::expected<http::response>;

/// The same exchange by either driver.
class driver {
public:
    virtual ~driver() = default;
    virtual outcome send(const http::request& what, const http::exchange& how = {}) = 0;
};

class blocking_driver final : public driver {
public:
    outcome send(const http::request& what, const http::exchange& how) override {
        return transport_.send(what, how);
    }

private:
    http::curl_transport transport_{};
};

class loop_driver final : public driver {
public:
    outcome send(const http::request& what, const http::exchange& how) override {
        test::kept_answer answer;
        const auto begun = pump_.loop.start({}, what, how, answer);
        if (!begun) return begun.error();
        pump_.run();
        REQUIRE(answer.got.has_value());
        return *std::move(answer.got);
    }

private:
    test::exchange_pump pump_{};
};

/// Lets both of them meet the same server, one after the other.
template <class Meet>
void by_both(Meet meet) {
    SECTION("blocking") {
        blocking_driver one;
        meet(one);
    }
    SECTION("on a loop") {
        loop_driver one;
        meet(one);
    }
}

/// Connections are made, and nobody takes them.
class unattended_port {
public:
    unattended_port() {
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address_;
        auto* const generic = reinterpret_cast<sockaddr*>(&address_);
        REQUIRE(::bind(listener_, generic, size) == 0);
        REQUIRE(::listen(listener_, 8) == 0);
        REQUIRE(::getsockname(listener_, generic, &size) == 0);
    }
    unattended_port(const unattended_port&) = delete;
    unattended_port& operator=(const unattended_port&) = delete;
    ~unattended_port() { ::close(listener_); }
    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(ntohs(address_.sin_port)) + "/";
    }

private:
    int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address_{};
};

using then = test::reply::then;
const std::string whole = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Some: thing\r\n\r\nhello";

/// An exchange that has to fail, and the one behind it, which has to come over a new connection.
void check_failure(driver& by, test::http_server& server, error_kind kind,
                   const http::exchange& how = {}) {
    const auto first = by.send(test::get(server.url("/bad")), how);
    REQUIRE_FALSE(first);
    CHECK(first.error().kind == kind);
    const int before = server.connections();
    const auto second = by.send(test::get(server.url("/good")));
    REQUIRE(second);
    CHECK(second->body == "good");
    CHECK(server.connections() == before + 1);
}

/// Answers "/bad" so, and everything else well.
test::http_server::handler bad(test::reply how) {
    return [how](const test::received& what) {
        return what.line().find("/bad") != std::string::npos ? how : test::answer(200, "good");
    };
}

}  // namespace

TEST_CASE("faults: an answer that ends at any of its bytes is none") {
    std::atomic<std::size_t> cut{0};
    test::http_server server([&](const test::received& what) {
        if (what.line().find("/bad") == std::string::npos) return test::answer(200, "good");
        return test::reply{whole.substr(0, cut), then::close};
    });
    by_both([&](driver& by) {
        for (cut = 0; cut < whole.size(); ++cut) {
            CAPTURE(cut.load());
            const auto got = by.send(test::get(server.url("/bad")));
            REQUIRE_FALSE(got);
            const bool retried = got.error().kind == error_kind::network ||
                                 got.error().kind == error_kind::malformed_answer;
            CHECK(retried);
            CHECK(got.error().retryable);
        }
        CHECK(by.send(test::get(server.url("/good"))));
    });
}

TEST_CASE("faults: an answer that is reset on its way is a broken connection") {
    test::http_server server(bad({whole.substr(0, whole.size() - 2), then::reset}));
    by_both([&](driver& by) { check_failure(by, server, error_kind::network); });
}

TEST_CASE("faults: an answer that comes byte by byte is an answer") {
    test::http_server server([](const test::received&) {
        return test::reply{whole, then::keep, true};
    });
    by_both([&](driver& by) {
        for (int i = 0; i < 3; ++i) {
            const auto got = by.send(test::get(server.url()));
            REQUIRE(got);
            CHECK(got->body == "hello");
            CHECK(got->headers.find("x-some") == "thing");
        }
        CHECK(server.connections() == 1);
    });
}

TEST_CASE("faults: what comes behind an answer is nobody's, and the connection is not used again") {
    const std::string other = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong";
    for (const std::string& more : {std::string("more"), other, std::string(100'000, 'x')}) {
        CAPTURE(more.size());
        test::http_server server(bad({whole + more}));
        const auto meet = [&](driver& by) {
            const auto first = by.send(test::get(server.url("/bad")));
            REQUIRE(first);
            CHECK(first->body == "hello");
            const auto second = by.send(test::get(server.url("/good")));
            REQUIRE(second);
            CHECK(second->body == "good");
            CHECK(server.requests().at(0).connection != server.last().connection);
        };
        blocking_driver one;
        meet(one);
        server.close_connections();
    }
    for (const std::string& more : {std::string("more"), other}) {
        test::http_server server(bad({whole + more}));
        loop_driver loops;
        driver& by = loops;
        REQUIRE(by.send(test::get(server.url("/bad"))));
        const auto second = by.send(test::get(server.url("/good")));
        REQUIRE(second);
        CHECK(second->body == "good");
        CHECK(server.requests().at(0).connection != server.last().connection);
    }
}

TEST_CASE("faults: a server that stalls is given up at the limit, and its connection with it") {
    struct stall {
        const char* after;
        http::limits within;
    };
    const http::limits first_byte{.first_byte = 60ms};
    const http::limits no_progress{.no_progress = 60ms};
    for (const auto& [after, within] :
         {stall{"", first_byte},
          {"HTTP/1.1 200 OK\r\nCont", no_progress},
          {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", no_progress}}) {
        CAPTURE(after);
        for (const bool on_a_loop : {false, true}) {
            CAPTURE(on_a_loop);
            test::http_server server(bad({after, then::hold}));
            blocking_driver waits;
            loop_driver loops;
            driver& by = on_a_loop ? static_cast<driver&>(loops) : waits;
            const auto begin = std::chrono::steady_clock::now();
            check_failure(by, server, error_kind::timeout, {.limits = within});
            const auto took = std::chrono::steady_clock::now() - begin;
            CHECK(took >= 59ms);
            CHECK(took < 5s);
        }
    }
}

TEST_CASE("faults: an upload that nobody reads is given up at the limit") {
    const unattended_port nobody;
    const std::string large(std::size_t{16} << 20, 'x');  // more than the buffers of both ends take
    by_both([&](driver& by) {
        const auto begin = std::chrono::steady_clock::now();
        const auto got = by.send(test::with_body("PUT", nobody.url(), http::body::view(large)),
                                 {.limits = {.no_progress = 100ms}});
        REQUIRE_FALSE(got);
        CHECK(got.error().kind == error_kind::timeout);
        CHECK(got.error().message.find("sending the request") != std::string::npos);
        CHECK(std::chrono::steady_clock::now() - begin < 5s);
    });
}

TEST_CASE("faults: TLS that never begins is given up at the limit for connecting") {
    test::http_server server([](const test::received&) { return test::reply{"", then::hold}; });
    by_both([&](driver& by) {
        std::string url = server.url();
        url.insert(4, "s");
        const auto got = by.send(test::get(url), {.limits = {.connect = 80ms}});
        REQUIRE_FALSE(got);
        CHECK(got.error().kind == error_kind::timeout);
    });
}

TEST_CASE("faults: a hundred headers of 64 KB are too many") {
    std::string flood = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
    for (int i = 0; i < 100; ++i)
        flood += "x-" + std::to_string(i) + ": " + std::string(65'000, 'a') + "\r\n";
    test::http_server server(bad({flood + "\r\n", then::close}));
    by_both([&](driver& by) { check_failure(by, server, error_kind::too_large); });
}
