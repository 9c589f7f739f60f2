#include <awsxx/http/curl_answer.hpp>  // first: it must compile on its own

#include <http/requests.hpp>

#include <string>
#include <vector>

namespace http = awsxx::http;
using awsxx::error_kind;

namespace {

/// Keeps what it is given, or refuses it.
struct pieces final : http::body_sink {
    std::string text{};
    bool refuse = false;

    awsxx::expected<void> write(std::string_view piece) override {
        if (refuse) return awsxx::error{.kind = error_kind::cancelled, .code = "Enough"};
        text += piece;
        return {};
    }
    bool restart() override { return true; }
};

}  // namespace

TEST_CASE("answer: informational heads and trailers are not the answer's headers") {
    test::http_server server(
        test::bytes("HTTP/1.1 100 Continue\r\nX-First: 1\r\n\r\n"
                    "HTTP/1.1 103 Early\r\nX-Early: 1\r\n\r\n"
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Last: 1\r\n\r\n"
                    "3\r\nabc\r\n4\r\ndefg\r\n0\r\nX-Trailer: 1\r\n\r\n"));
    http::curl_transport transport;
    for (int i = 0; i < 2; ++i) {
        const auto answer = test::answer_of(transport, test::get(server.url()));
        CHECK(answer.status == 200);
        CHECK(answer.body == "abcdefg");
        CHECK(answer.headers.size() == 2);
        CHECK(answer.headers.contains("x-last"));
    }
    CHECK(server.connections() == 1);
}

TEST_CASE("answer: folded headers are joined, repeated ones kept") {
    test::http_server server(
        test::bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA: one\r\n"
                    "\ttwo\r\n   three\r\nB: 1\r\nB: 2\r\n\r\n"));
    http::curl_transport transport;
    const auto answer = test::answer_of(transport, test::get(server.url()));
    CHECK(answer.headers.find("a") == "one two three");
    CHECK(answer.headers.size() == 4);
    CHECK(answer.headers[3].value == "2");
}

TEST_CASE("answer: a status without a reason is understood") {
    test::http_server server(test::bytes("HTTP/1.1 204\r\n\r\n"));
    http::curl_transport transport;
    CHECK(test::answer_of(transport, test::get(server.url())).status == 204);
}

TEST_CASE("answer: without a length it ends with the connection") {
    test::http_server server(
        test::bytes("HTTP/1.0 200 OK\r\n\r\nuntil the end", test::reply::then::close));
    http::curl_transport transport;
    CHECK(test::answer_of(transport, test::get(server.url())).body == "until the end");
}

TEST_CASE("answer: compressed bytes are left as they are") {
    test::http_server server([](const test::received&) {
        return test::answer(200, "not gzip at all", "Content-Encoding: gzip\r\n");
    });
    http::curl_transport transport;
    CHECK(test::answer_of(transport, test::get(server.url())).body == "not gzip at all");
}

TEST_CASE("answer: one cut inside its headers is an error, however far it got") {
    const std::string whole = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: 1\r\n\r\n";
    http::curl_transport transport;
    for (std::size_t length = 1; length < whole.size(); ++length) {
        test::http_server server(test::bytes(whole.substr(0, length), test::reply::then::close));
        const auto why = test::failure_of(transport, test::get(server.url()));
        CAPTURE(length, to_string(why));
        // what begins like HTTP and ends before its version may be anything
        CHECK((why.kind == error_kind::network || (length < 13 && why.code == "NotHttp")));
        CHECK(why.retryable);
    }
}

TEST_CASE("answer: after one that was cut the next call gets its own") {
    test::http_server server([](const test::received& got) {
        if (got.connection == 1)
            return test::reply{"HTTP/1.1 200 OK\r\nX-Cut: 1\r\n", test::reply::then::close};
        return test::answer(200, "whole");
    });
    http::curl_transport transport;
    CHECK(test::failure_of(transport, test::get(server.url())).code == "ConnectionBroken");
    const auto answer = test::answer_of(transport, test::get(server.url()));
    CHECK(answer.body == "whole");
    CHECK_FALSE(answer.headers.contains("x-cut"));
}

TEST_CASE("answer: one cut inside its body is an error") {
    for (const char* cut :
         {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n"}) {
        test::http_server server(test::bytes(cut, test::reply::then::close));
        http::curl_transport transport;
        const auto why = test::failure_of(transport, test::get(server.url()));
        CAPTURE(cut, to_string(why));
        CHECK(why.kind == error_kind::network);
        CHECK(why.code == "ConnectionBroken");
        CHECK(why.retryable);
    }
}

TEST_CASE("answer: no answer at all is a broken connection") {
    for (const auto end : {test::reply::then::close, test::reply::then::reset}) {
        test::http_server server(test::bytes("", end));
        http::curl_transport transport;
        const auto why = test::failure_of(transport, test::get(server.url()));
        CHECK(why.kind == error_kind::network);
        CHECK(why.code == "ConnectionBroken");
    }
}

TEST_CASE("answer: what is not HTTP is malformed") {
    for (const char* odd :
         {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "\x16\x03\x01\x02\x03\x04\x05\x06\n\n",
          "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nxx", "HTTP/1.1 OK\r\n\r\n"}) {
        test::http_server server(test::bytes(odd, test::reply::then::close));
        http::curl_transport transport;
        const auto why = test::failure_of(transport, test::get(server.url()));
        CAPTURE(odd, to_string(why));
        CHECK(why.kind == error_kind::malformed_answer);
    }
}

TEST_CASE("answer: one that says it is larger than the limit is refused at its head") {
    test::http_server server(test::bytes("HTTP/1.1 200 OK\r\nContent-Length: 1073741825\r\n\r\n"));
    http::curl_transport transport;
    const auto why = test::failure_of(transport, test::get(server.url()));
    CHECK(why.kind == error_kind::too_large);
    CHECK(why.code == "BodyTooLarge");
    CHECK(why.http_status == 200);
}

TEST_CASE("answer: one that grows beyond the limit is refused there") {
    test::http_server server(test::bytes("HTTP/1.1 200 OK\r\n\r\n" + std::string(100'000, 'x'),
                                         test::reply::then::close));
    http::curl_transport transport;
    const http::exchange just{.limits = {.answer_bytes = 100'000}};
    CHECK(test::answer_of(transport, test::get(server.url()), just).body.size() == 100'000);
    const http::exchange less{.limits = {.answer_bytes = 99'999}};
    CHECK(test::failure_of(transport, test::get(server.url()), less).kind == error_kind::too_large);
}

TEST_CASE("answer: endless headers are refused") {
    std::string head = "HTTP/1.1 200 OK\r\n";
    while (head.size() < 2'000'000) head += "X-Filler: " + std::string(1000, 'x') + "\r\n";
    test::http_server server(test::bytes(head));
    http::curl_transport transport;
    const auto why = test::failure_of(transport, test::get(server.url()));
    CHECK((why.kind == error_kind::too_large || why.kind == error_kind::network));
}

TEST_CASE("answer: a sink gets the body of a success, whatever the limit") {
    test::http_server server(test::always(std::string(100'000, 'x')));
    http::curl_transport transport;
    pieces sink;
    const auto answer = test::answer_of(transport, test::get(server.url()),
                                        {.limits = {.answer_bytes = 10}, .sink = &sink});
    CHECK(answer.body.empty());
    CHECK(sink.text.size() == 100'000);
}

TEST_CASE("answer: a sink gets nothing of a failure") {
    test::http_server server([](const test::received&) { return test::answer(404, "gone"); });
    http::curl_transport transport;
    pieces sink;
    const auto answer = test::answer_of(transport, test::get(server.url()), {.sink = &sink});
    CHECK(answer.body == "gone");
    CHECK(sink.text.empty());
}

TEST_CASE("answer: the error of a sink is the error of the call") {
    test::http_server server(test::always("something"));
    http::curl_transport transport;
    pieces sink;
    sink.refuse = true;
    CHECK(test::failure_of(transport, test::get(server.url()), {.sink = &sink}).code == "Enough");
}

TEST_CASE("answer: memory of the caller's is filled and never overrun") {
    test::http_server server(test::always("0123456789"));
    http::curl_transport transport;
    char room[10];
    http::span_sink fits(room);
    test::answer_of(transport, test::get(server.url()), {.sink = &fits});
    CHECK(fits.written() == "0123456789");
    http::span_sink small(std::span<char>(room, 9));
    CHECK(test::failure_of(transport, test::get(server.url()), {.sink = &small}).kind ==
          error_kind::too_large);
}
