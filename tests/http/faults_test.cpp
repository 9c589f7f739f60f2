// SPDX-License-Identifier: MIT
#include <awsxx/http/curl_loop.hpp>  // first: it must compile on its own

#if !defined(AWSXX_COMPILED)
#include <awsxx/http/curl_loop_source.hpp>
#endif

#include <http/drivers.hpp>

#include <atomic>
#include <cstddef>
#include <string>

namespace http = awsxx::http;
using awsxx::error_kind;
using test::by_both;
using test::driver;

namespace {

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
        const int before = server.connections();
        for (int i = 0; i < 3; ++i) {
            const auto got = by.send(test::get(server.url()));
            REQUIRE(got);
            CHECK(got->body == "hello");
            CHECK(got->headers.find("x-some") == "thing");
        }
        CHECK(server.connections() == before + 1);
    });
}

TEST_CASE("faults: what comes behind an answer is nobody's, and the connection is not used again") {
    const std::string other = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong";
    for (const std::string& more : {std::string("more"), other, std::string(100'000, 'x')}) {
        CAPTURE(more.size());
        test::http_server server(bad({whole + more}));
        by_both([&](driver& by) {
            const auto first = by.send(test::get(server.url("/bad")));
            REQUIRE(first);
            CHECK(first->body == "hello");
            const int used = server.last().connection;
            const auto second = by.send(test::get(server.url("/good")));
            REQUIRE(second);
            CHECK(second->body == "good");
            CHECK(server.last().connection != used);
            server.close_connections();
        });
    }
}

TEST_CASE("faults: what comes with an answer that has no body is not the next answer") {
    for (const std::string& more : {whole, whole + std::string(100'000, 'x')}) {
        CAPTURE(more.size());
        test::http_server server([&](const test::received& what) {
            if (what.line().starts_with("HEAD")) return test::reply{more};
            if (what.line().find("/bad") == std::string::npos) return test::answer(200, "good");
            return test::reply{"HTTP/1.1 204 No Content\r\n\r\n" + more};
        });
        by_both([&](driver& by) {
            auto head = test::get(server.url("/bad"));
            head.method = "HEAD";
            for (const http::request& what : {test::get(server.url("/bad")), head}) {
                CAPTURE(what.method);
                const auto first = by.send(what);
                REQUIRE(first);
                CHECK(first->body.empty());
                const auto second = by.send(test::get(server.url("/good")));
                REQUIRE(second);
                CHECK(second->body == "good");
            }
            server.close_connections();
        });
    }
}

TEST_CASE("faults: what comes when nobody asks is not the answer to who asks next") {
    const std::string other = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong";
    for (const std::string& more : {std::string("x"), other, std::string(30'000, 'x')}) {
        CAPTURE(more.size());
        test::http_server server(bad({whole}));
        by_both([&](driver& by) {
            REQUIRE(by.send(test::get(server.url("/bad"))));
            const int before = server.connections();
            server.say(more);
            const auto second = by.send(test::get(server.url("/good")));
            REQUIRE(second);
            CHECK(second->body == "good");
            CHECK(server.connections() == before + 1);
            server.close_connections();
        });
    }
}

TEST_CASE("faults: nor is it with TLS, where what nobody asks for is all that ends a connection") {
    const test::tls_identity identity;
    for (const bool talks : {false, true}) {
        CAPTURE(talks);
        test::reply how{whole};
        if (talks) how = {whole + whole, then::keep, true};
        test::http_server server(bad(how), {.tls = true, .identity = &identity});
        by_both(
            [&](driver& by) {
                const auto first = by.send(test::get(server.url("/bad")));
                REQUIRE(first);
                CHECK(first->body == "hello");
                server.rest();
                const int before = server.connections();
                const auto second = by.send(test::get(server.url("/good")));
                REQUIRE(second);
                CHECK(second->body == "good");
                CHECK(server.connections() == before + (talks ? 1 : 0));
                server.close_connections();
            },
            {.ca_file = identity.ca_file()});
    }
}

TEST_CASE("faults: an upload whose connection is reset is a broken connection") {
    const std::string large(std::size_t{16} << 20, 'x');  // more than the buffers of both ends take
    test::http_server server(
        [](const test::received& what) {
            if (what.line().starts_with("PUT")) return test::reply{"", then::reset};
            return test::answer(200, "good");
        },
        {.read_bodies = false});
    by_both([&](driver& by) {
        const auto first = by.send(test::with_body("PUT", server.url(), http::body::view(large)));
        REQUIRE_FALSE(first);
        CHECK(first.error().kind == error_kind::network);
        CHECK(first.error().code == "ConnectionBroken");
        const int before = server.connections();
        const auto second = by.send(test::get(server.url()));
        REQUIRE(second);
        CHECK(second->body == "good");
        CHECK(server.connections() == before + 1);
    });
}

TEST_CASE("faults: a hundred headers of 64 KB are too many") {
    std::string flood = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
    for (int i = 0; i < 100; ++i)
        flood += "x-" + std::to_string(i) + ": " + std::string(65'000, 'a') + "\r\n";
    test::http_server server(bad({flood + "\r\n", then::close}));
    by_both([&](driver& by) { check_failure(by, server, error_kind::too_large); });
}
