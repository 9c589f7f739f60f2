// SPDX-License-Identifier: MIT
#include <awsxx/async.hpp>
#include <awsxx/session.hpp>

#include <awsxx/services/identitystore.hpp>
#include <awsxx/services/sts.hpp>

#include <support/catch.hpp>
#include <support/paced_scene.hpp>

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using test::paced_scene;

namespace {

using moments = std::vector<milliseconds>;
using who_output = sts::get_caller_identity_response;

const settings adaptive{.retry_mode = retry_mode::adaptive};

std::string agent(const paced_scene& of) {
    return std::string(of.network->requests().at(0).headers.find("User-Agent").value_or(""));
}

/// A clock that counts how often it is looked at.
class counting_clock final : public awsxx::clock {
public:
    instant now() const noexcept override { return of_.now(); }
    steady_instant steady_now() const noexcept override {
        ++looks;
        return of_.steady_now();
    }
    void sleep(milliseconds pause) override { of_.sleep(pause); }
    mutable int looks = 0;

private:
    testing::fake_clock of_{};
};

/// Calls of a session on a loop of the scene's clock, and the order in which they ended.
struct loop_calls {
    explicit loop_calls(const paced_scene& of) : loop({.time = of.time}) {}
    void begin(const paced_scene::session& by, const std::string& name,
               const call_options& how = {}) {
        by.async_call(
            loop, sts::get_caller_identity{},
            [this, name](expected<who_output> who) {
                ended += name + (who ? " " : ": " + who.error().code + " ");
            },
            how);
    }
    std::string ended{};
    event_loop loop;
};

}  // namespace

TEST_CASE("adaptive: AWS is told, and of the standard mode as well") {
    paced_scene s;
    REQUIRE(s.make(adaptive).try_whoami());
    CHECK(agent(s).find(" m/F,") != std::string::npos);
    CHECK(agent(s).find(" cfg/retry-mode#adaptive") != std::string::npos);
    paced_scene standard;
    REQUIRE(standard.make().try_whoami());
    CHECK(agent(standard).find(" m/E,") != std::string::npos);
    CHECK(agent(standard).find(" cfg/retry-mode#standard") != std::string::npos);
}

TEST_CASE("adaptive: a service that does not throttle is sent all there is") {
    paced_scene s;
    const auto session = s.make(adaptive);
    for (int i = 0; i < 100; ++i) REQUIRE(session.try_whoami());
    *s.answers = {test::failing()};
    REQUIRE(session.try_whoami());
    CHECK(s.passed() == 0ms);
}

TEST_CASE("adaptive: after a throttling the retry takes its turn") {
    paced_scene s;
    *s.answers = {test::throttled()};
    SECTION("blocking") { REQUIRE(s.make(adaptive).try_whoami()); }
    SECTION("on a loop") {
        loop_calls on(s);
        on.begin(s.make(adaptive), "one");
        on.loop.run();
        CHECK(on.ended == "one ");
    }
    // Nothing was measured yet: one in two seconds, and none saved up.
    CHECK(s.sent() == moments{0ms, 2000ms});
}

TEST_CASE("adaptive: in the standard mode there is no turn to wait for") {
    paced_scene s;
    *s.answers = {test::throttled()};
    REQUIRE(s.make().try_whoami());
    CHECK(s.sent() == moments{0ms, 0ms});
}

TEST_CASE("adaptive: what one call hears, all calls of a session to that service go by") {
    paced_scene s;
    auto once = adaptive;
    once.max_attempts = 1;
    const auto session = s.make(once);
    const auto copy = session;
    *s.answers = {test::throttled()};
    CHECK(session.try_whoami().error().code == "Throttling");

    REQUIRE(copy.try_whoami());
    CHECK(s.sent() == moments{0ms, 2000ms});

    *s.answers = {{.status = 200, .body = "{}"}};
    REQUIRE(session.try_call(identitystore::list_groups{.identity_store_id = "d-1"}));
    CHECK(s.sent().back() == 2000ms);  // another service
    REQUIRE(s.make(once).try_whoami());
    CHECK(s.sent().back() == 2000ms);  // another session
}

TEST_CASE("adaptive: the mode of the environment does the same") {
    paced_scene s;
    settings choices{.region = "eu-west-1"};
    choices.outside =
        testing::isolated_world(s.time, {.environment = {{"AWS_RETRY_MODE", "adaptive"}}});
    const paced_scene::session session(test::keys("AKID"), choices, s.network);
    *s.answers = {test::throttled()};
    REQUIRE(session.try_whoami());
    CHECK(s.sent() == moments{0ms, 2000ms});
}

TEST_CASE("adaptive: a turn that comes too late for the call fails it at once") {
    paced_scene s;
    const auto session = s.make(adaptive);
    *s.answers = {test::throttled()};
    const auto late = session.try_call(sts::get_caller_identity{}, {.at_most = 1500ms}).error();
    CHECK(late.code == "RateLimitedLocally");
    CHECK(late.kind == error_kind::throttled);
    CHECK(late.message.find("only 1500 ms are left") != std::string::npos);
    REQUIRE(late.cause);
    CHECK(late.cause->code == "Throttling");
    CHECK(late.details->attempts == 1);
    CHECK(s.passed() == 0ms);
}

TEST_CASE("adaptive: the rate comes back when the service bears it") {
    paced_scene s;
    const auto session = s.make(adaptive);
    *s.answers = {test::throttled()};
    for (int i = 0; i < 200; ++i) {
        REQUIRE(session.try_whoami());
        s.time->advance(10ms);
    }
    const auto slow = s.sent().at(2) - s.sent().at(1);
    const auto fast = s.sent().at(200) - s.sent().at(190);
    CHECK(slow > 500ms);
    CHECK(fast < 1500ms);
}

TEST_CASE("limited calls: without a limit no clock is looked at for it") {
    const auto time = std::make_shared<counting_clock>();
    const auto network = paced_scene().network;
    settings choices{.region = "eu-west-1", .outside = testing::isolated_world(time)};
    const paced_scene::session session(test::keys("AKID"), choices, network);
    REQUIRE(session.try_whoami());
    time->looks = 0;
    REQUIRE(session.try_whoami());
    CHECK(time->looks == 1);  // the begin
}

TEST_CASE("limited calls: they take their turns") {
    paced_scene s;
    const auto session = s.make({.limiter = s.limit({.rate = 10, .burst = 2})});
    SECTION("blocking") {
        for (int i = 0; i < 5; ++i) REQUIRE(session.try_whoami());
    }
    SECTION("on a loop") {
        loop_calls on(s);
        for (const char* name : {"a", "b", "c", "d", "e"}) on.begin(session, name);
        on.loop.run();
        CHECK(on.ended == "a b c d e ");
    }
    CHECK(s.sent() == moments{0ms, 0ms, 100ms, 200ms, 300ms});
}

TEST_CASE("limited calls: a retry takes a token as well") {
    paced_scene s;
    const auto limit = s.limit({.rate = 0.5, .burst = 1});
    const auto session = s.make({.limiter = limit});
    *s.answers = {test::failing(), test::throttled()};
    REQUIRE(session.try_whoami());
    CHECK(s.sent() == moments{0ms, 2000ms, 4000ms});
    CHECK(limit.counts().granted == 3);
    CHECK(limit.counts().waited == 2);
    CHECK(limit.counts().time_waited == 4000ms);
}

TEST_CASE("limited calls: they are told apart by what the limiter tells apart") {
    paced_scene s;
    const auto limit =
        s.limit({.rate = 0.1, .burst = 1, .per = {.account = true}, .calls = when_limited::refuse});
    const auto one = s.make({.limiter = limit}, "AKIDONE");
    const auto two = s.make({.region = "us-east-1", .limiter = limit}, "AKIDTWO");
    REQUIRE(one.try_whoami());
    REQUIRE(two.try_whoami());
    CHECK_FALSE(one.try_whoami());
    CHECK_FALSE(two.try_whoami());
    CHECK_FALSE(limit.try_acquire({.account = "AKIDONE"}));  // what nobody else knows to be one
    CHECK(limit.try_acquire({.account = "111122223333"}));
}

TEST_CASE("limited calls: by region, service and operation the program may take tokens, too") {
    paced_scene s;
    const auto limit = s.limit(
        {.rate = 0.1, .burst = 1, .per = {.region = true, .service = true, .operation = true}});
    REQUIRE(s.make({.limiter = limit}).try_whoami());
    CHECK_FALSE(limit.try_acquire(
        {.region = "eu-west-1", .service = "STS", .operation = "GetCallerIdentity"}));
    CHECK(limit.try_acquire(
        {.region = "us-east-1", .service = "STS", .operation = "GetCallerIdentity"}));
}

TEST_CASE("limited calls: one that is not to wait fails, and was not sent") {
    paced_scene s;
    const auto limit = s.limit({.rate = 0.1, .burst = 1, .calls = when_limited::refuse});
    const auto session = s.make({.limiter = limit});
    REQUIRE(session.try_whoami());

    SECTION("blocking") {
        const auto refused = session.try_whoami().error();
        CHECK(refused.kind == error_kind::throttled);
        CHECK(refused.code == "RateLimitedLocally");
        CHECK(refused.retryable);
        CHECK(refused.details->service == "STS");
        CHECK(refused.details->attempts == 0);
    }
    SECTION("on a loop") {
        loop_calls on(s);
        on.begin(session, "one");
        on.loop.run();
        CHECK(on.ended == "one: RateLimitedLocally ");
    }
    CHECK(s.sent().size() == 1);
    CHECK(s.passed() == 0ms);
    CHECK(limit.counts().refused == 1);

    limit.change(when_limited::wait);
    REQUIRE(session.try_whoami());
    CHECK(s.passed() == 10s);
}

TEST_CASE("limited calls: a wait that outlasts the call fails it before it begins") {
    paced_scene s;
    const auto limit = s.limit({.rate = 1, .burst = 1});
    const auto session = s.make({.call_timeout = 600ms, .limiter = limit});
    REQUIRE(session.try_whoami());
    CHECK(session.try_whoami().error().code == "RateLimitedLocally");
    CHECK(s.passed() == 0ms);
    s.time->advance(500ms);
    REQUIRE(session.try_whoami());  // no place in line is left behind
    CHECK(s.passed() == 1000ms);
}

TEST_CASE("limited calls: so does one that is not signed") {
    paced_scene s;
    const auto limit = s.limit({.rate = 1, .burst = 1});
    const auto session = s.make({.limiter = limit});
    REQUIRE(limit.try_acquire());
    const sts::assume_role_with_web_identity op{
        .role_arn = "arn:aws:iam::111122223333:role/r",
        .role_session_name = "me",
        .web_identity_token = secret("planted"),
    };
    CHECK(session.try_call(op, {.at_most = 900ms}).error().code == "RateLimitedLocally");
    CHECK(s.passed() == 0ms);
    REQUIRE(session.try_call(op, {.at_most = 5s}));
    CHECK(s.sent() == moments{1000ms});
    CHECK(limit.counts().granted == 2);
}

TEST_CASE("limited calls: one that is stopped leaves the line, and nobody waits for it") {
    paced_scene s;
    const auto limit = s.limit({.rate = 10, .burst = 1});
    const auto session = s.make({.limiter = limit});
    loop_calls on(s);
    std::stop_source stop;
    on.begin(session, "a");
    on.begin(session, "b");
    on.begin(session, "stopped", {.stop = stop.get_token()});
    on.begin(session, "c");
    on.loop.poll(0ms);
    stop.request_stop();
    on.loop.run();
    CHECK(on.ended == "a stopped: CallCancelled b c ");
    // The last one's token came at 200 ms; it looks when it would have been its turn before.
    CHECK(s.sent() == moments{0ms, 100ms, 300ms});
    CHECK(limit.try_acquire());
}

TEST_CASE("limited calls: those of a loop that ends give up their places") {
    paced_scene s;
    const auto limit = s.limit({.rate = 10, .burst = 1});
    const auto session = s.make({.limiter = limit});
    {
        loop_calls on(s);
        for (const char* name : {"a", "b", "c"}) on.begin(session, name);
        on.loop.poll(0ms);
    }
    s.time->advance(100ms - s.passed());
    CHECK(limit.try_acquire());
}

TEST_CASE("limited calls: the renewal of credentials is not held up") {
    paced_scene s;
    const auto limit = s.limit({.rate = 0.1, .burst = 1, .calls = when_limited::refuse});
    const auto home = s.make({.limiter = limit});
    const auto role = *home.try_assume_role({.role_arn = "arn:aws:iam::111122223333:role/r"});
    REQUIRE(home.try_whoami());
    *s.answers = {test::sts_answer("AssumeRole", "ASIAROLE")};
    REQUIRE(role.try_fetch_credentials());
    CHECK(s.sent().size() == 2);
    CHECK(limit.counts().granted == 1);
    CHECK(role.try_whoami().error().code == "RateLimitedLocally");
}

TEST_CASE("limited calls: a limiter that adapts goes by what services bear") {
    paced_scene s;
    const auto limit = s.limit({.rate = 50, .burst = 5, .adaptive = true});
    const auto session = s.make({.max_attempts = 1, .limiter = limit});
    *s.answers = {test::throttled()};
    CHECK(session.try_whoami().error().code == "Throttling");
    CHECK(limit.rate() == 0.5);
    for (int i = 0; i < 500; ++i) REQUIRE(session.try_whoami());
    CHECK(limit.rate() > 10);
}

TEST_CASE("limited calls: threads and loops on one limiter keep its rate together") {
    paced_scene s;
    const auto limit = s.limit({.rate = 1000, .burst = 20});
    const auto session = s.make({.retry_mode = retry_mode::adaptive, .limiter = limit});
    constexpr int each = 25;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < each; ++n) static_cast<void>(session.try_whoami());
        });
    threads.emplace_back([&] {
        loop_calls on(s);
        for (int n = 0; n < each; ++n) on.begin(session, "x");
        on.loop.run();
    });
    for (std::thread& one : threads) one.join();

    CHECK(s.sent().size() == 9 * each);
    CHECK(limit.counts().granted == 9 * each);
    CHECK(9 * each <= 20 + s.passed().count());  // one a millisecond
    s.time->advance(1s);
    int left = 0;
    while (limit.try_acquire()) ++left;
    CHECK(left == 20);
}
