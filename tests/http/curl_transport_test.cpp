#include <awsxx/http/curl_transport.hpp>  // first: it must compile on its own

#include <awsxx/http/callback_body.hpp>

#include <http/requests.hpp>

#include <array>
#include <cstring>
#include <memory>
#include <string>

namespace http = awsxx::http;
using awsxx::error_kind;

namespace {

/// Hands out 'x' as long as there is some, again after a rewind.
http::body stream_of(std::uint64_t there, std::uint64_t promised) {
    auto left = std::make_shared<std::uint64_t>(there);
    const auto read = [left](std::span<char> room) -> awsxx::expected<std::size_t> {
        const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(*left, room.size()));
        std::memset(room.data(), 'x', part);
        *left -= part;
        return part;
    };
    return http::callback_body(read, promised, [left, there] {
        *left = there;
        return true;
    });
}

}  // namespace

TEST_CASE("transport: a GET and its answer") {
    test::http_server server(
        test::bytes("HTTP/1.1 418 Teapot\r\nContent-Length: 5\r\nA: one\r\n"
                    "b:  two words \r\n\r\nhello"));
    http::curl_transport transport;
    const auto answer = test::answer_of(transport, test::get(server.url("/p/%2F?q=1&r")));
    CHECK(answer.status == 418);
    CHECK(answer.body == "hello");
    CHECK(answer.headers.find("a") == "one");
    CHECK(answer.headers.find("B") == "two words");
    CHECK(server.last().line() == "GET /p/%2F?q=1&r HTTP/1.1");
}

TEST_CASE("transport: nothing is sent that was not asked for") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    test::answer_of(transport, test::get(server.url()));
    const std::string host = "Host: 127.0.0.1:" + std::to_string(server.port());
    CHECK(server.last().head == "GET / HTTP/1.1\r\n" + host + "\r\n\r\n");
    test::answer_of(transport, test::with_body("POST", server.url(), "body"));
    CHECK(server.last().head == "POST / HTTP/1.1\r\n" + host + "\r\nContent-Length: 4\r\n\r\n");
}

TEST_CASE("transport: headers are sent once and as they are") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    auto what = test::with_body("POST", server.url(), "body");
    what.headers.add("host", "sts.amazonaws.com");
    what.headers.add("accept", "a/b");
    what.headers.add("user-agent", "awsxx test");
    what.headers.add("content-type", "text/plain");
    what.headers.add("content-length", "4");
    what.headers.add("accept-encoding", "gzip");
    what.headers.add("x-twice", "1");
    what.headers.add("x-twice", "2");
    test::answer_of(transport, what);
    const auto got = server.last();
    for (const char* line : {"Host: sts.amazonaws.com", "accept: a/b", "user-agent: awsxx test",
                             "content-type: text/plain", "content-length: 4",
                             "accept-encoding: gzip", "x-twice: 1", "x-twice: 2"}) {
        CAPTURE(line, got.head);
        CHECK(got.count(line) == 1);
    }
    CHECK(got.lines() == 10);
}

TEST_CASE("transport: empty headers are sent empty") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    auto what = test::with_body("PUT", server.url(), "body");
    what.headers.add("x-empty", "");
    what.headers.add("content-type", "");
    what.headers.add("x-blank", "  ");
    test::answer_of(transport, what);
    CHECK(server.last().count("x-empty:") == 1);
    CHECK(server.last().count("content-type:") == 1);
    CHECK(server.last().count("x-blank:") == 1);
}

TEST_CASE("transport: the host header of the signer is the one that is sent") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    auto what = test::get(server.url());
    what.headers.add("host", http::host_header(what.target));
    test::answer_of(transport, what);
    CHECK(server.last().count("Host: " + http::host_header(what.target)) == 1);
    CHECK(server.last().lines() == 3);
}

TEST_CASE("transport: a header that would begin another one is refused before anything is sent") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    auto what = test::get(server.url());
    what.headers.add("x-token", "secret\r\nx-evil: 1");
    const auto why = test::failure_of(transport, what);
    CHECK(why.kind == error_kind::invalid_argument);
    CHECK(to_string(why).find("secret") == std::string::npos);
    CHECK(server.connections() == 0);
}

TEST_CASE("transport: dots in paths are kept") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    test::answer_of(transport, test::get(server.url("/a/../b/./c//d/..")));
    CHECK(server.last().line() == "GET /a/../b/./c//d/.. HTTP/1.1");
}

TEST_CASE("transport: every method with and without a body") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    const auto twice = {1, 2};
    for (const int round : twice)
        for (const char* method : {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "POST"}) {
            CAPTURE(method, round);
            test::answer_of(transport, test::with_body(method, server.url(), "four"));
            CHECK(server.last().line() == std::string(method) + " / HTTP/1.1");
            CHECK(server.last().body == "four");
            CHECK(server.last().count("Content-Length: 4") == 1);
            test::answer_of(transport, test::with_body(method, server.url(), ""));
            CHECK(server.last().body.empty());
            CHECK_FALSE(server.last().has("content-type"));
            const bool tells = server.last().count("Content-Length: 0") == 1;
            CHECK(tells == (method[0] == 'P' || method[0] == 'O'));
        }
    CHECK(server.connections() == 1);
}

TEST_CASE("transport: a HEAD has headers and no body, and the connection is kept") {
    test::http_server server([](const test::received& got) {
        auto reply = test::answer(200, "0123456789");
        if (got.head.starts_with("HEAD")) reply.bytes.resize(reply.bytes.size() - 10);
        return reply;
    });
    http::curl_transport transport;
    auto head = test::get(server.url());
    head.method = "HEAD";
    const auto answer = test::answer_of(transport, head, {.limits = {.answer_bytes = 3}});
    CHECK(answer.body.empty());
    CHECK(answer.headers.find("content-length") == "10");
    CHECK(test::answer_of(transport, test::get(server.url())).body == "0123456789");
    CHECK(test::answer_of(transport, head).body.empty());
    CHECK(server.connections() == 1);
}

TEST_CASE("transport: redirects are answers like others") {
    test::http_server elsewhere(test::always("never"));
    test::http_server server([&](const test::received&) {
        return test::answer(301, "", "Location: " + elsewhere.url() + "\r\n");
    });
    http::curl_transport transport;
    auto what = test::get(server.url());
    what.headers.add("authorization", "AWS4-HMAC-SHA256 ...");
    const auto answer = test::answer_of(transport, what);
    CHECK(answer.status == 301);
    CHECK(answer.headers.find("location") == elsewhere.url());
    CHECK(elsewhere.connections() == 0);
}

TEST_CASE("transport: after a 4xx the connection is used again") {
    test::http_server server([](const test::received&) { return test::answer(403, "no"); });
    http::curl_transport transport;
    for (const char* method : {"POST", "PUT", "POST", "GET"})
        for (const std::size_t size : {std::size_t{5}, std::size_t{200'000}})
            CHECK(test::answer_of(transport,
                                  test::with_body(method, server.url(), std::string(size, 'x')))
                      .status == 403);
    for (int i = 0; i < 3; ++i)
        test::answer_of(transport, test::with_body("PUT", server.url(), stream_of(70'000, 70'000)));
    CHECK(server.connections() == 1);
}

TEST_CASE("transport: no body waits for permission to be sent") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    for (const std::size_t size : {std::size_t{2'000}, std::size_t{3'000'000}}) {
        const auto what = test::with_body("PUT", server.url(), std::string(size, 'x'));
        CHECK(test::answer_of(transport, what).status == 200);
        CHECK_FALSE(server.last().has("expect"));
        CHECK(server.last().body.size() == size);
    }
    test::answer_of(transport,
                    test::with_body("PUT", server.url(), stream_of(3'000'000, 3'000'000)));
    CHECK_FALSE(server.last().has("expect"));
    CHECK_FALSE(server.last().has("transfer-encoding"));
    CHECK(server.last().count("Content-Length: 3000000") == 1);
}

TEST_CASE("transport: bodies from memory, from a view and from a stream arrive whole") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    const std::string text(1'000'000, 'x');
    const http::body bodies[] = {text, http::body::view(text), stream_of(1'000'000, 1'000'000)};
    for (const http::body& body : bodies) {
        test::answer_of(transport, test::with_body("PUT", server.url(), body));
        CHECK(server.last().body == text);
    }
    CHECK(server.connections() == 1);
}

TEST_CASE("transport: a body with zero bytes in it arrives whole") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    const std::string text("a\0b\0", 4);
    test::answer_of(transport, test::with_body("POST", server.url(), text));
    CHECK(server.last().body == text);
}

TEST_CASE(
    "transport: a stream that ends early fails the call, and its connection is not used again") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    test::answer_of(transport, test::get(server.url()));
    const auto why =
        test::failure_of(transport, test::with_body("PUT", server.url(), stream_of(10, 100)));
    CHECK(why.kind == error_kind::invalid_argument);
    CHECK(why.code == "BodyTooShort");
    CHECK(why.message == "the body ended after 10 of 100 bytes");
    CHECK_FALSE(why.retryable);
    CHECK(test::answer_of(transport, test::get(server.url())).status == 200);
    CHECK(server.connections() == 2);
}

TEST_CASE("transport: of a stream that is longer only what was promised is sent") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    test::answer_of(transport, test::with_body("PUT", server.url(), stream_of(1'000'000, 70'000)));
    CHECK(server.last().body.size() == 70'000);
    test::answer_of(transport, test::get(server.url()));
    CHECK(server.connections() == 1);
}

TEST_CASE("transport: the error of a body's source is the error of the call") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    const auto read = [](std::span<char>) -> awsxx::expected<std::size_t> {
        return awsxx::error{.kind = error_kind::cancelled, .code = "Mine"};
    };
    const auto why = test::failure_of(
        transport, test::with_body("PUT", server.url(), http::callback_body(read, 9)));
    CHECK(why.kind == error_kind::cancelled);
    CHECK(why.code == "Mine");
}

#if defined(__cpp_exceptions)
TEST_CASE("transport: an exception of a body's source becomes an error") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    const auto read = [](std::span<char>) -> awsxx::expected<std::size_t> {
        throw std::runtime_error("mine");
    };
    const auto why = test::failure_of(
        transport, test::with_body("PUT", server.url(), http::callback_body(read, 9)));
    CHECK(why.code == "CallbackThrew");
    CHECK(why.message == "mine");
}
#endif

TEST_CASE(
    "transport: a kept connection that the server closed is replaced, and the body sent again") {
    test::http_server server([](const test::received& got) {
        auto reply = test::answer(200, "ok");
        if (got.connection == 1) reply.next = test::reply::then::close;
        return reply;
    });
    http::curl_transport transport;
    test::answer_of(transport, test::get(server.url()));
    test::answer_of(transport, test::with_body("PUT", server.url(), stream_of(99, 99)));
    CHECK(server.last().body.size() == 99);
    CHECK(server.connections() == 2);
}

TEST_CASE("transport: a kept connection that ends instead of answering is replaced") {
    const auto ends_once = [](const test::received& got) {
        if (got.connection == 1 && got.head.starts_with("PUT"))
            return test::reply{"", test::reply::then::close};
        return test::answer(200, "ok");
    };
    SECTION("and the body is sent again where it can be") {
        test::http_server server(ends_once);
        http::curl_transport transport;
        test::answer_of(transport, test::get(server.url()));
        test::answer_of(transport, test::with_body("PUT", server.url(), stream_of(99, 99)));
        CHECK(server.last().body == std::string(99, 'x'));
        CHECK(server.last().connection == 2);
    }
    SECTION("and the call fails where the body cannot be sent again") {
        test::http_server server(ends_once);
        http::curl_transport transport;
        test::answer_of(transport, test::get(server.url()));
        const auto read = [](std::span<char> room) -> awsxx::expected<std::size_t> {
            std::memset(room.data(), 'x', room.size());
            return room.size();
        };
        const auto why = test::failure_of(
            transport, test::with_body("PUT", server.url(), http::callback_body(read, 99)));
        CHECK(why.kind == error_kind::network);
        CHECK(why.code == "ConnectionBroken");
    }
}

TEST_CASE("transport: a fresh connection is made when asked for") {
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    test::answer_of(transport, test::get(server.url()));
    test::answer_of(transport, test::get(server.url()), {.fresh_connection = true});
    CHECK(server.connections() == 2);
    test::answer_of(transport, test::get(server.url()));
    CHECK(server.last().connection == 2);
}

TEST_CASE("transport: it is made without starting libcurl or opening a file") {
    http::curl_transport transport({.ca_file = "/nonexistent/ca.pem"});
    const auto why = test::failure_of(transport, test::get("https://127.0.0.1:1/"));
    CHECK(why.code == "ConnectionFailed");
}
