// SPDX-License-Identifier: MIT
// What the limiters and retries of other libraries got wrong.
#include <awsxx/async.hpp>
#include <awsxx/session.hpp>

#include <support/catch.hpp>
#include <support/paced_scene.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using test::paced_scene;

TEST_CASE("acceptance 9: a limiter that does not wait refuses at once, and nobody sleeps") {
    paced_scene s;
    const auto session =
        s.make({.limiter = s.limit({.rate = 1.0 / 60, .burst = 1, .calls = when_limited::refuse})});
    REQUIRE(session.try_whoami());

    for (int i = 0; i < 3; ++i) {
        const auto refused = session.try_whoami();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "RateLimitedLocally");
        CHECK(refused.error().details->attempts == 0);
    }

    CHECK(s.time->sleeps().empty());
    CHECK(s.sent().size() == 1);
}

TEST_CASE("acceptance 10: calls below the limit never wait") {
    paced_scene s;
    const auto limit = s.limit({.rate = 10, .burst = 1});
    const auto session = s.make({.limiter = limit});
    for (int i = 0; i < 100; ++i) {
        REQUIRE(session.try_whoami());
        s.time->advance(500ms);
    }
    CHECK(s.time->sleeps().empty());
    CHECK(limit.counts().waited == 0);
}

TEST_CASE("acceptance 10: a burst beyond the limit takes as long as its rate says") {
    paced_scene s;
    const auto session = s.make({.limiter = s.limit({.rate = 10})});
    for (int i = 0; i < 100; ++i) REQUIRE(session.try_whoami());
    CHECK(s.passed() == 9s);
}

TEST_CASE("acceptance 10: idle time brings tokens back") {
    paced_scene s;
    const auto session = s.make({.limiter = s.limit({.rate = 10})});
    for (int i = 0; i < 9; ++i) REQUIRE(session.try_whoami());
    s.time->advance(24h);
    for (int i = 0; i < 10; ++i) REQUIRE(session.try_whoami());
    CHECK(s.time->sleeps().empty());
}

TEST_CASE("acceptance 10: a clock that is set back has no effect") {
    paced_scene s;
    const auto session = s.make({.limiter = s.limit({.rate = 1, .burst = 1})});
    REQUIRE(session.try_whoami());
    s.time->set(s.time->now() - 1h);
    REQUIRE(session.try_whoami());
    CHECK(s.passed() == 1s);
}

TEST_CASE("acceptance 11: a service that always throttles gets no more attempts than configured") {
    for (const auto mode : {retry_mode::standard, retry_mode::adaptive}) {
        paced_scene s;
        const auto session = s.make(
            {.max_attempts = 4, .retry_mode = mode, .limiter = s.limit({.rate = 2, .burst = 1})});
        s.answers->assign(100, test::throttled());
        const auto failed = session.try_whoami().error();
        CHECK(failed.code == "Throttling");
        CHECK(failed.details->attempts == 4);
        CHECK(failed.details->attempts_exhausted);
        CHECK(s.sent().size() == 4);
    }
}

TEST_CASE("acceptance 11: nor does it take longer than the call may") {
    for (const auto mode : {retry_mode::standard, retry_mode::adaptive})
        for (const auto allowed : {100ms, 1000ms, 2500ms, 7000ms}) {
            paced_scene s;
            const auto session = s.make({.max_attempts = 50,
                                         .retry_mode = mode,
                                         .call_timeout = allowed,
                                         .limiter = s.limit({.rate = 2, .burst = 1})});
            s.answers->assign(100, test::throttled());
            SECTION("blocking") {
                CHECK(session.try_whoami().error().kind == error_kind::throttled);
            }
            SECTION("on a loop") {
                event_loop loop({.time = s.time});
                auto who = session.async_call(loop, sts::get_caller_identity{});
                loop.run();
                CHECK(who.get().error().kind == error_kind::throttled);
            }
            CHECK(s.passed() <= allowed);
        }
}
