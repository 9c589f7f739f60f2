#include <awsxx/http/curl_watch.hpp>  // first: it must compile on its own

#include <awsxx/http/callback_body.hpp>

#include <http/requests.hpp>

#include <chrono>
#include <string>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace http = awsxx::http;
using awsxx::error_kind;
using awsxx::milliseconds;

namespace {

/// How long the exchange took that ended at a limit.
struct timed_out {
    awsxx::error why;
    milliseconds took;
};

timed_out time_out(http::curl_transport& transport, const http::request& what,
                   const http::limits& within) {
    const auto begin = std::chrono::steady_clock::now();
    auto why = test::failure_of(transport, what, {.limits = within});
    const auto took = std::chrono::steady_clock::now() - begin;
    CHECK(why.kind == error_kind::timeout);
    CHECK(why.code == "TimedOut");
    CHECK(why.retryable);
    return {std::move(why), std::chrono::ceil<milliseconds>(took)};
}

bool mentions(const awsxx::error& why, const std::string& what) {
    UNSCOPED_INFO(why.message << " should mention " << what);
    return why.message.find(what) != std::string::npos;
}

/// Shows that nothing waited for another limit. How exactly limits are kept is for a benchmark to
/// tell: here the machine may be busy with other things for seconds.
constexpr milliseconds soon{20'000};

}  // namespace

TEST_CASE("limits: no answer within the time for the first byte") {
    test::http_server server(test::bytes("", test::reply::then::hold));
    http::curl_transport transport;
    const auto late = time_out(transport, test::with_body("POST", server.url(), "x"),
                               {.first_byte = milliseconds(40)});
    CHECK(mentions(late.why, "waiting for the answer"));
    CHECK(mentions(late.why, "127.0.0.1:" + std::to_string(server.port())));
    CHECK(late.took >= milliseconds(40));
    CHECK(late.took < soon);
}

TEST_CASE("limits: an answer that stops in the middle") {
    test::http_server server(
        test::bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345", test::reply::then::hold));
    http::curl_transport transport;
    const auto late =
        time_out(transport, test::get(server.url()),
                 {.first_byte = milliseconds(30'000), .no_progress = milliseconds(40)});
    CHECK(mentions(late.why, "receiving the answer"));
    CHECK(late.took >= milliseconds(40));
    CHECK(late.took < soon);
}

TEST_CASE("limits: a request that nobody reads") {
    test::http_server server(test::bytes("", test::reply::then::hold), {.read_bodies = false});
    http::curl_transport transport;
    // more than the buffers of both ends take
    const auto read = [](std::span<char> room) -> awsxx::expected<std::size_t> {
        std::fill(room.begin(), room.end(), 'x');
        return room.size();
    };
    struct stuck {
        int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        stuck() {
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            socklen_t size = sizeof address;
            auto* generic = reinterpret_cast<sockaddr*>(&address);
            REQUIRE(::bind(listener, generic, size) == 0);
            REQUIRE(::listen(listener, 1) == 0);
            REQUIRE(::getsockname(listener, generic, &size) == 0);
        }
        ~stuck() { ::close(listener); }
    } nobody;
    const std::string url = "http://127.0.0.1:" + std::to_string(ntohs(nobody.address.sin_port));
    const auto late =
        time_out(transport, test::with_body("PUT", url, http::callback_body(read, 1'000'000'000)),
                 {.first_byte = milliseconds(10), .no_progress = milliseconds(60)});
    CHECK(mentions(late.why, "sending the request"));
    CHECK(late.took < soon);
}

TEST_CASE("limits: waiting for an answer is not a lack of progress") {
    std::atomic<bool> answer_now{false};
    test::http_server server([&](const test::received&) {
        while (!answer_now) std::this_thread::yield();
        return test::answer(200, "late");
    });
    http::curl_transport transport;
    const auto begin = std::chrono::steady_clock::now();
    std::thread later([&] {
        while (std::chrono::steady_clock::now() - begin < milliseconds(80))
            std::this_thread::yield();
        answer_now = true;
    });
    const auto answer = test::answer_of(transport, test::with_body("POST", server.url(), "x"),
                                        {.limits = {.no_progress = milliseconds(20)}});
    later.join();
    CHECK(answer.body == "late");
}

TEST_CASE("limits: the one for everything ends everything") {
    test::http_server server(
        test::bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345", test::reply::then::hold));
    http::curl_transport transport;
    const auto late = time_out(transport, test::get(server.url()), {.total = milliseconds(40)});
    CHECK(mentions(late.why, "everything"));
    CHECK(late.took >= milliseconds(40));
    CHECK(late.took < soon);
}

TEST_CASE("limits: connecting has one of its own") {
    // a TLS server that never says anything
    test::http_server server(test::bytes("", test::reply::then::hold));
    http::curl_transport transport;
    http::request what = test::get(server.url());
    what.target.scheme = "https";
    const auto late = time_out(transport, what, {.connect = milliseconds(60)});
    CHECK(mentions(late.why, "connecting"));
    CHECK(late.took >= milliseconds(60));
    CHECK(late.took < soon);
}

TEST_CASE("limits: after a limit was over the connection is not used again") {
    test::http_server server([](const test::received& got) {
        if (got.connection == 1) return test::reply{"", test::reply::then::hold};
        return test::answer(200, "ok");
    });
    http::curl_transport transport;
    time_out(transport, test::get(server.url()), {.first_byte = milliseconds(10)});
    CHECK(test::answer_of(transport, test::get(server.url())).body == "ok");
    CHECK(server.last().connection == 2);
}
