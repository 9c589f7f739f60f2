// SPDX-License-Identifier: MIT
#include <awsxx/http/curl_loop.hpp>  // first: it must compile on its own

#if !defined(AWSXX_COMPILED)
#include <awsxx/http/curl_loop_source.hpp>
#endif

#include <awsxx/async.hpp>
#include <awsxx/services/sts.hpp>

#include <http/drivers.hpp>
#include <support/paced_scene.hpp>
#include <support/slow_name.hpp>
#include <support/stuck_ports.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace http = awsxx::http;
using awsxx::error_kind;
using awsxx::milliseconds;
using test::by_both;
using test::driver;
using namespace std::chrono_literals;

namespace {

using then = test::reply::then;

constexpr milliseconds limit{60};
/// Shows that nothing waited for another limit. How exactly limits are kept is for a benchmark to
/// tell: here the machine may be busy with other things for seconds.
constexpr milliseconds soon{20'000};

/// An exchange that goes no further, and what is said of it when its limit is over.
struct stall {
    const char* at;
    http::request what;
    milliseconds http::limits::*within;
    const char* said;
};

http::limits only(milliseconds http::limits::*which) {
    http::limits made{.connect = 0ms, .no_progress = 0ms};
    made.*which = limit;
    return made;
}

awsxx::error check_timeout(driver& by, const http::request& what, const http::limits& within) {
    const auto begin = std::chrono::steady_clock::now();
    const auto got = by.send(what, {.limits = within});
    const auto took = std::chrono::steady_clock::now() - begin;
    REQUIRE_FALSE(got);
    CHECK(got.error().kind == error_kind::timeout);
    CHECK(got.error().code == "TimedOut");
    CHECK(got.error().retryable);
    CHECK(took >= limit - 1ms);
    CHECK(took < soon);
    return got.error();
}

}  // namespace

TEST_CASE(
    "stalls: wherever the other side stalls, the exchange ends at its limit and tells where") {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n";
    const std::string large(std::size_t{16} << 20, 'x');  // more than the buffers of both ends take
    test::http_server silent(test::bytes("", then::hold));
    test::http_server in_head(test::bytes(head, then::hold));
    test::http_server in_body(test::bytes(head + "\r\nhel", then::hold));
    const test::full_port full;
    const test::unattended_port nobody;
    const test::slow_name name;
    auto secured = test::get(silent.url());
    secured.target.scheme = "https";
    for (const stall& one :
         {stall{"name", test::get(name.url), &http::limits::connect, "resolving the name"},
          {"TCP", test::get(full.url()), &http::limits::connect, "connecting"},
          {"TLS", secured, &http::limits::connect, "connecting"},
          {"answer", test::get(silent.url()), &http::limits::first_byte, "waiting for the answer"},
          {"head", test::get(in_head.url()), &http::limits::no_progress, "receiving the answer"},
          {"body", test::get(in_body.url()), &http::limits::no_progress, "receiving the answer"},
          {"upload", test::with_body("PUT", nobody.url(), http::body::view(large)),
           &http::limits::no_progress, "sending the request"}}) {
        CAPTURE(one.at);
        by_both([&](driver& by) {
            const auto late = check_timeout(by, one.what, only(one.within));
            CAPTURE(late.message);
            CHECK(late.message.find(one.said) != std::string::npos);
            const auto all = check_timeout(by, one.what, only(&http::limits::total));
            CHECK(all.message.find("the limit for everything") != std::string::npos);
        });
    }
}

TEST_CASE("stalls: bytes that come one by one and never end are given up at the limit for all") {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n";
    test::http_server server(test::bytes(head, then::drip));
    by_both([&](driver& by) {
        check_timeout(by, test::get(server.url()),
                      {.first_byte = 10s, .no_progress = 10s, .total = limit});
    });
}

TEST_CASE("stalls: the connection is not used again") {
    for (const char* const after :
         {"", "HTTP/1.1 200 OK\r\nCont", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"}) {
        CAPTURE(after);
        test::http_server server([after](const test::received& what) {
            if (what.line().find("/bad") != std::string::npos)
                return test::reply{after, then::hold};
            return test::answer(200, "good");
        });
        by_both([&](driver& by) {
            check_timeout(by, test::get(server.url("/bad")), only(&http::limits::total));
            const int before = server.connections();
            const auto second = by.send(test::get(server.url("/good")));
            REQUIRE(second);
            CHECK(second->body == "good");
            CHECK(server.connections() == before + 1);
        });
    }
}

TEST_CASE("stalls: of a call whose attempts all stall either driver makes the same, to its limit") {
    const auto attempts = [](bool on_a_loop) {
        test::paced_scene s;
        s.network = std::make_shared<awsxx::testing::scripted_transport>(
            [&s](const http::request&, const http::exchange& how) -> test::exchanged {
                s.times->push_back(s.passed());
                s.time->advance(how.limits.total);
                return awsxx::error{
                    .kind = error_kind::timeout, .retryable = true, .code = "TimedOut"};
            });
        awsxx::settings choices{.max_attempts = 10, .call_timeout = 1s};
        choices.limits.total = 300ms;
        const auto session = s.make(choices);
        const awsxx::sts::get_caller_identity who;
        awsxx::error_kind ended{};
        if (on_a_loop) {
            awsxx::event_loop loop({.time = s.time});
            session.async_call(loop, who, [&](const auto& got) { ended = got.error().kind; });
            loop.run();
        } else {
            ended = session.try_call(who).error().kind;
        }
        CHECK(ended == error_kind::timeout);
        CHECK(s.passed() == 1s);
        return s.sent();
    };
    const std::vector<milliseconds> made = attempts(false);
    CHECK(made == std::vector<milliseconds>{0ms, 300ms, 600ms, 900ms});
    CHECK(attempts(true) == made);
}
