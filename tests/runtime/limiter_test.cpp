// SPDX-License-Identifier: MIT
#include <awsxx/runtime/limiter.hpp>

#include <awsxx/runtime/call.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>

#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

const auto ever = steady_instant::max();

struct scene {
    limiter make(limit_options how) const {
        how.time = time;
        return *limiter::try_make(std::move(how));
    }
    steady_instant in(milliseconds pause) const { return time->steady_now() + pause; }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
};

/// The message for numbers that make no sense; none for others.
std::string complaint(double rate, std::optional<double> burst = {}) {
    const auto made = limiter::try_make({.rate = rate, .burst = burst});
    if (made) return "";
    CHECK(made.error().kind == error_kind::invalid_argument);
    CHECK(made.error().code == "InvalidLimit");
    return made.error().message;
}

/// Runs `act(number)` on so many threads at once.
template <class Act>
void on_threads(int count, Act act) {
    std::vector<std::thread> all;
    for (int i = 0; i < count; ++i) all.emplace_back([&act, i] { act(i); });
    for (std::thread& one : all) one.join();
}

/// Takes what is there now.
int drain(const limiter& from) {
    int taken = 0;
    while (from.try_acquire()) ++taken;
    return taken;
}

}  // namespace

TEST_CASE("limiter: gives its burst at once, then its rate") {
    scene s;
    const auto limit = s.make({.rate = 10, .burst = 3});
    CHECK(drain(limit) == 3);
    s.time->advance(100ms);
    CHECK(drain(limit) == 1);
    s.time->advance(1h);
    CHECK(drain(limit) == 3);
}

TEST_CASE("limiter: without a burst it gives the calls of a second at once, or one") {
    scene s;
    CHECK(drain(s.make({.rate = 10})) == 10);
    CHECK(drain(s.make({.rate = 0.1})) == 1);
}

TEST_CASE("limiter: a refusal says when the next may go") {
    scene s;
    const auto limit = s.make({.rate = 2, .burst = 1});
    REQUIRE(limit.try_acquire());
    const auto refused = limit.try_acquire().error();
    CHECK(refused.kind == error_kind::throttled);
    CHECK(refused.code == "RateLimitedLocally");
    CHECK(refused.message.find("in 500 ms") != std::string::npos);
    CHECK(s.time->sleeps().empty());
}

TEST_CASE("limiter: numbers that allow nothing are refused with what to do") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    CHECK(complaint(0).find("to have no limit, give the settings no limiter") != std::string::npos);
    for (const double rate : {-1.0, nan, infinite, -infinite})
        CHECK(complaint(rate).find("the rate of a limiter") == 0);
    for (const double burst : {0.0, 0.9, -3.0, nan, infinite})
        CHECK(complaint(1, burst).find("leave it out") != std::string::npos);
    CHECK(complaint(1e-9, 1) == "");
    CHECK(complaint(1e9, 1e12) == "");
}

TEST_CASE("limiter: waits as long as it takes") {
    scene s;
    const auto limit = s.make({.rate = 0.25, .burst = 1});
    REQUIRE(limit.try_acquire_until(ever));
    REQUIRE(limit.try_acquire_until(ever));
    CHECK(s.time->steady_now() == steady_instant(1'004s));
    CHECK(limit.counts().granted == 2);
    CHECK(limit.counts().waited == 1);
    CHECK(limit.counts().time_waited == 4s);
}

TEST_CASE("limiter: a wait that would be too long is refused before it begins") {
    scene s;
    const auto limit = s.make({.rate = 1, .burst = 1});
    REQUIRE(limit.try_acquire());
    const auto refused = limit.try_acquire_until(s.in(999ms)).error();
    CHECK(refused.code == "RateLimitedLocally");
    CHECK(refused.message.find("only 999 ms are left") != std::string::npos);
    CHECK(s.time->sleeps().empty());
    CHECK(limit.try_acquire_until(s.in(1000ms)));
    CHECK(limit.counts().refused == 1);
}

TEST_CASE("limiter: a wait can be stopped, and leaves no token behind") {
    scene s;
    const auto limit = s.make({.rate = 1, .burst = 1});
    REQUIRE(limit.try_acquire());
    std::stop_source stop;
    stop.request_stop();
    CHECK(limit.try_acquire_until(ever, stop.get_token()).error().kind == error_kind::cancelled);
    s.time->advance(1s);
    CHECK(drain(limit) == 1);
    CHECK(limit.counts().granted == 2);
}

TEST_CASE("limiter: copies have their budgets in common") {
    scene s;
    const auto limit = s.make({.rate = 1, .burst = 2});
    const auto copy = limit;
    CHECK(limit.try_acquire());
    CHECK(copy.try_acquire());
    CHECK_FALSE(limit.try_acquire());
    CHECK(copy.counts().granted == 2);
    CHECK(copy.counts().refused == 1);
}

TEST_CASE("limiter: only what it is told to tell apart has a budget of its own") {
    scene s;
    const auto limit = s.make({.rate = 1, .burst = 1, .per = {.region = true, .service = true}});
    CHECK(limit.try_acquire({.region = "eu-west-1", .service = "EC2"}));
    CHECK(limit.try_acquire({.region = "us-east-1", .service = "EC2"}));
    CHECK(limit.try_acquire({.region = "eu-west-1", .service = "S3"}));
    CHECK_FALSE(limit.try_acquire({.account = "1", .region = "eu-west-1", .service = "EC2"}));
    CHECK_FALSE(limit.try_acquire({.region = "us-east-1", .service = "EC2", .operation = "X"}));
    CHECK(limit.counts().granted == 3);
}

TEST_CASE("limiter: nor does a line break in a name make two of them one") {
    scene s;
    const auto limit = s.make({.rate = 1, .burst = 1, .per = {.service = true, .operation = true}});
    CHECK(limit.try_acquire({.service = "a\n", .operation = "b"}));
    CHECK(limit.try_acquire({.service = "a", .operation = "\nb"}));
}

TEST_CASE("limiter: names that are the same when written together are two") {
    scene s;
    const auto limit = s.make({.rate = 1, .burst = 1, .per = {.service = true, .operation = true}});
    CHECK(limit.try_acquire({.service = "ab", .operation = "c"}));
    CHECK(limit.try_acquire({.service = "a", .operation = "bc"}));
}

TEST_CASE("limiter: its numbers can be changed while it is used") {
    scene s;
    const auto limit = s.make({.rate = 1, .burst = 1});
    REQUIRE(limit.try_acquire());
    REQUIRE(limit.try_change(100, 5));
    CHECK(limit.rate() == 100);
    s.time->advance(10ms);  // the old numbers held until somebody looked
    CHECK_FALSE(limit.try_acquire());
    s.time->advance(1s);
    CHECK(drain(limit) == 5);
    CHECK(limit.try_change(0).error().code == "InvalidLimit");
    CHECK(limit.rate() == 100);
    CHECK(limit.rate({.service = "another"}) == 100);
}

TEST_CASE("limiter: who waits goes by new numbers a second later at most") {
    scene s;
    class impatient final : public awsxx::clock {
    public:
        impatient(awsxx::clock& of, const limiter& change) : of_(of), change_(change) {}
        instant now() const noexcept override { return of_.now(); }
        steady_instant steady_now() const noexcept override { return of_.steady_now(); }
        void sleep(milliseconds pause) override {
            of_.sleep(pause);
            static_cast<void>(change_.try_change(10));
        }

    private:
        awsxx::clock& of_;
        const limiter& change_;
    };
    limiter other;
    other = *limiter::try_make(
        {.rate = 0.001, .burst = 1, .time = std::make_shared<impatient>(*s.time, other)});
    REQUIRE(other.try_acquire());
    REQUIRE(other.try_acquire_until(ever));
    CHECK(other.counts().time_waited <= 1200ms);
}

TEST_CASE("limiter: a default one limits nothing") {
    const limiter none;
    CHECK_FALSE(none);
    for (int i = 0; i < 100; ++i) REQUIRE(none.try_acquire());
    CHECK(none.try_acquire_until(steady_instant{}));
    CHECK(none.counts().granted == 0);
    CHECK_FALSE(none.refuses());
    CHECK(none.try_change(5).error().code == "InvalidLimit");
}

TEST_CASE("limiter: budgets that nobody would miss make room for others") {
    scene s;
    const auto limit = s.make({.rate = 1, .burst = 1, .per = {.operation = true}});
    for (int i = 0; i < 3000; ++i) {
        const std::string name = std::to_string(i);
        REQUIRE(limit.try_acquire({.operation = name}));
        s.time->advance(10ms);
    }
    CHECK(limit.counts().granted == 3000);
    const std::string last = "2999";
    CHECK_FALSE(limit.try_acquire({.operation = last}));
}

TEST_CASE("limiter: many threads take each token once") {
    scene s;
    const auto limit = s.make({.rate = 1e-6, .burst = 5000});
    std::atomic<int> taken{0};
    on_threads(16, [&](int) { taken += drain(limit); });
    CHECK(taken == 5000);
    CHECK(limit.counts().granted == 5000);
    CHECK(limit.counts().refused == 16);
}

TEST_CASE("limiter: threads that wait, give up and are stopped lose no token and double none") {
    scene s;
    const auto limit = s.make({.rate = 1000, .burst = 10});
    const steady_instant begun = s.time->steady_now();
    REQUIRE(drain(limit) == 10);
    std::atomic<int> granted{0};
    on_threads(16, [&](int number) {
        std::minstd_rand random(static_cast<unsigned>(number) + 1);
        for (int i = 0; i < 200; ++i) {
            std::stop_source stop;
            if (random() % 4 == 0) stop.request_stop();
            const auto deadline = random() % 3 == 0 ? s.in(milliseconds(random() % 5)) : ever;
            if (limit.try_acquire_until(deadline, stop.get_token())) ++granted;
        }
    });
    const auto passed = (s.time->steady_now() - begun).count();
    const auto counts = limit.counts();
    CHECK(counts.granted == static_cast<unsigned>(granted) + 10);
    CHECK(granted <= passed);  // one a millisecond
    s.time->advance(1s);
    CHECK(drain(limit) == 10);  // nobody is left in line
}
