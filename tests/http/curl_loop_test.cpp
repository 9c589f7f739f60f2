// SPDX-License-Identifier: MIT
#include <awsxx/http/curl_loop.hpp>  // first: it must compile on its own

#if !defined(AWSXX_COMPILED)
#include <awsxx/http/curl_loop_source.hpp>
#endif

#include <http/requests.hpp>
#include <support/exchange_pump.hpp>

#include <atomic>
#include <chrono>
#include <deque>
#include <string>
#include <thread>

namespace http = awsxx::http;
using awsxx::error_kind;
using namespace std::chrono_literals;

namespace {

/// One exchange on a pump, to its end.
awsxx::expected<http::response> sent(test::exchange_pump& pump, const http::request& what,
                                     const http::exchange& how = {},
                                     const http::curl_options& options = {}) {
    test::kept_answer answer;
    const auto begun = pump.loop.start(options, what, how, answer);
    if (!begun) return begun.error();
    pump.run();
    REQUIRE(answer.got.has_value());
    return *std::move(answer.got);
}

}  // namespace

TEST_CASE("curl loop: a request and its answer") {
    test::http_server server(
        test::bytes("HTTP/1.1 418 Teapot\r\nContent-Length: 5\r\nA: one\r\n\r\nhello"));
    test::exchange_pump pump;
    const auto answer = sent(pump, test::with_body("POST", server.url("/p"), "body"));
    REQUIRE(answer);
    CHECK(answer->status == 418);
    CHECK(answer->body == "hello");
    CHECK(answer->headers.find("a") == "one");
    CHECK(server.last().body == "body");
}

TEST_CASE("curl loop: one exchange after the other uses the same connection") {
    test::http_server server(test::always("ok"));
    test::exchange_pump pump;
    for (int i = 0; i < 5; ++i) REQUIRE(sent(pump, test::get(server.url())));
    CHECK(server.connections() == 1);
}

TEST_CASE("curl loop: a direct exchange goes through no proxy, and shares no handle with others") {
    test::http_server trap(test::always("proxied"));
    test::http_server near(test::always("direct"));
    const auto what = test::get(test::by_foreign_address(near.url()));
    test::exchange_pump pump;
    for (const bool direct : {false, true, false, true}) {
        const auto answer = sent(pump, what, {.direct = direct}, {.proxies = {.http = trap.url()}});
        REQUIRE(answer);
        CHECK(answer->body == (direct ? "direct" : "proxied"));
    }
    CHECK(near.connections() == 1);
}

TEST_CASE("curl loop: many exchanges are under way at once") {
    std::atomic<int> here{0};
    test::http_server server([&](const test::received&) {
        ++here;
        while (here < 8) std::this_thread::yield();  // nobody is answered before all have asked
        return test::answer(200, "ok");
    });
    test::exchange_pump pump;
    const auto what = test::get(server.url());
    const http::exchange how;
    std::deque<test::kept_answer> answers(8);
    for (auto& one : answers) REQUIRE(pump.loop.start({}, what, how, one));
    CHECK(pump.loop.in_flight() == 8);
    pump.run();
    for (auto& one : answers) {
        REQUIRE(one.got.has_value());
        REQUIRE(*one.got);
        CHECK((*one.got)->body == "ok");
    }
    CHECK(pump.loop.in_flight() == 0);
}

TEST_CASE("curl loop: an answer that came while nobody let the loop run has come in time") {
    std::atomic<bool> asked{false};
    std::atomic<bool> away{true};
    test::http_server server([&](const test::received&) {
        asked = true;
        while (!away) std::this_thread::yield();
        return test::answer(200, "ok");
    });
    test::exchange_pump pump;
    REQUIRE(sent(pump, test::get(server.url())));  // connecting has timers of libcurl's own
    asked = away = false;
    http::exchange how;
    how.limits.first_byte = 250ms;
    const auto what = test::get(server.url());
    test::kept_answer answer;
    REQUIRE(pump.loop.start({}, what, how, answer));
    while (!asked) pump.once(0ms);
    away = true;
    server.rest();
    const auto back = std::chrono::steady_clock::now() + 300ms;
    while (std::chrono::steady_clock::now() < back) std::this_thread::yield();
    pump.run();
    REQUIRE(answer.got.has_value());
    REQUIRE(*answer.got);
    CHECK((*answer.got)->body == "ok");
}

TEST_CASE("curl loop: a server that does not answer is given up when its limit is over") {
    test::http_server server([](const test::received&) {
        return test::reply{"", test::reply::then::hold};
    });
    test::exchange_pump pump;
    const auto begin = std::chrono::steady_clock::now();
    http::exchange how;
    SECTION("for the first byte") { how.limits.first_byte = 50ms; }
    SECTION("for everything") { how.limits.total = 50ms; }
    const auto answer = sent(pump, test::get(server.url()), how);
    const auto took = std::chrono::steady_clock::now() - begin;
    REQUIRE_FALSE(answer);
    CHECK(answer.error().kind == error_kind::timeout);
    CHECK(answer.error().code == "TimedOut");
    CHECK(took >= 50ms);
}

TEST_CASE("curl loop: an answer that stops in the middle is given up") {
    test::http_server server([](const test::received&) {
        return test::reply{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                           test::reply::then::hold};
    });
    test::exchange_pump pump;
    http::exchange how;
    how.limits.no_progress = 50ms;
    const auto answer = sent(pump, test::get(server.url()), how);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().kind == error_kind::timeout);
    CHECK(answer.error().message.find("receiving the answer") != std::string::npos);
}

TEST_CASE("curl loop: a cancelled exchange is not heard of again, and its connection not used") {
    test::http_server server([](const test::received& what) {
        if (what.line() == "GET /slow HTTP/1.1") return test::reply{"", test::reply::then::hold};
        return test::answer(200, "ok");
    });
    test::exchange_pump pump;
    const auto slow = test::get(server.url("/slow"));
    const http::exchange how;
    test::kept_answer answer;
    const auto begun = pump.loop.start({}, slow, how, answer);
    REQUIRE(begun);
    while (server.requests().empty()) pump.once();
    pump.loop.cancel(*begun);
    CHECK(pump.loop.in_flight() == 0);
    CHECK(sent(pump, test::get(server.url("/fast")))->body == "ok");
    CHECK_FALSE(answer.got.has_value());
    CHECK(server.connections() == 2);
}

TEST_CASE("curl loop: failures are told as the blocking transport tells them") {
    test::exchange_pump pump;
    SECTION("nobody listens") {
        const auto answer = sent(pump, test::get("http://127.0.0.1:1/"));
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == "ConnectionFailed");
    }
    SECTION("the answer is cut inside its head") {
        test::http_server server([](const test::received&) {
            return test::reply{"HTTP/1.1 200 OK\r\nA: b", test::reply::then::close};
        });
        const auto answer = sent(pump, test::get(server.url()));
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == "ConnectionBroken");
    }
    SECTION("the request cannot be right") {
        http::request wrong = test::get("http://127.0.0.1/");
        wrong.headers.add("a", "b\r\nc: d");
        CHECK(sent(pump, wrong).error().kind == error_kind::invalid_argument);
    }
}

TEST_CASE("curl loop: one that is destroyed with exchanges under way leaves nothing behind") {
    test::http_server server([](const test::received&) {
        return test::reply{"", test::reply::then::hold};
    });
    const auto what = test::get(server.url());
    const http::exchange how;
    test::kept_answer answer;
    {
        test::exchange_pump pump;
        REQUIRE(pump.loop.start({}, what, how, answer));
        while (server.requests().empty()) pump.once();
    }
    CHECK_FALSE(answer.got.has_value());
}
