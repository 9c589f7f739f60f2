#include <awsxx/http/curl_watch.hpp>  // first: it must compile on its own
#include <awsxx/http/parse_uri.hpp>

#include <awsxx/http/callback_body.hpp>

#include <http/requests.hpp>
#include <support/stuck_ports.hpp>

#include <chrono>
#include <string>
#include <string_view>

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
    http::curl_transport transport;
    // more than the buffers of both ends take
    const auto read = [](std::span<char> room) -> awsxx::expected<std::size_t> {
        std::fill(room.begin(), room.end(), 'x');
        return room.size();
    };
    const test::unattended_port nobody;
    const auto late = time_out(
        transport, test::with_body("PUT", nobody.url(), http::callback_body(read, 1'000'000'000)),
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

TEST_CASE("limits: the one that is over first ends the exchange, whatever moved before") {
    using state = void (*)(http::detail::curl_handle&);
    const state connecting = [](http::detail::curl_handle&) {};
    const state waiting = [](http::detail::curl_handle& one) { one.connected = true; };
    const state sending = [](http::detail::curl_handle& one) {
        one.connected = true;
        one.upload.begin(std::string("body"));
    };
    const state receiving = [](http::detail::curl_handle& one) {
        one.connected = true;
        one.answer.header_line("HTTP/1.1 200 OK\r\n");
    };
    struct row {
        state is;
        http::limits within;
        int moved, left;  // milliseconds after the begin
        std::string_view phase, limit;
    };
    const auto of = [](int first_byte, int no_progress, int total) {
        return http::limits{.first_byte = milliseconds(first_byte),
                            .no_progress = milliseconds(no_progress),
                            .total = milliseconds(total)};
    };
    const auto origin = *http::parse_uri("http://localhost/");
    const auto begin = http::detail::curl_watch::now();
    for (const row& one : {row{connecting, of(10, 20, 0), 0, 60'000, "", ""},
                           {connecting, of(10, 20, 30), 0, 30, "the exchange", "for everything"},
                           {sending, of(10, 20, 30), 5, 25, "sending", "without progress"},
                           {sending, of(10, 20, 30), 15, 30, "the exchange", "for everything"},
                           {waiting, of(10, 20, 30), 5, 15, "waiting", "the first byte"},
                           {waiting, of(10, 20, 30), 25, 30, "the exchange", "for everything"},
                           {waiting, of(0, 20, 0), 5, 60'000, "", ""},
                           {receiving, of(10, 20, 30), 5, 25, "receiving", "without progress"},
                           {receiving, of(10, 0, 30), 5, 30, "the exchange", "for everything"}}) {
        CAPTURE(one.phase, one.limit, one.moved);
        const auto handle = http::detail::curl_handle::make({}, origin);
        REQUIRE(handle);
        (*handle)->upload.begin(http::body());
        one.is(**handle);
        http::detail::curl_watch watch(**handle, one.within, begin);
        watch.moved(begin + milliseconds(one.moved));
        if (one.phase.empty()) {
            CHECK(watch.left(begin + milliseconds(1000)) == one.left);
            continue;
        }
        CHECK(watch.left(begin) == one.left);
        CHECK(watch.left(begin + milliseconds(one.left - 1)) == 1);
        CHECK(watch.left(begin + milliseconds(one.left)) == 0);
        CHECK(watch.phase().find(one.phase) != std::string_view::npos);
        CHECK(watch.limit().find(one.limit) != std::string_view::npos);
    }
}

TEST_CASE("curl watch: the longest limit there is does not overflow") {
    const auto handle = http::detail::curl_handle::make({}, *http::parse_uri("http://localhost/"));
    REQUIRE(handle);
    const auto begin = http::detail::curl_watch::now();
    const http::limits longest{.total = (milliseconds::max)()};
    http::detail::curl_watch watch(**handle, longest, begin);
    CHECK(watch.left(begin) == 60'000);
}
