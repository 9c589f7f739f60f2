// SPDX-License-Identifier: MIT
#include <awsxx/runtime/rate_budget.hpp>

#include <awsxx/core/clock.hpp>

#include <support/catch.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace {

using awsxx::milliseconds;
using awsxx::steady_instant;
using awsxx::runtime::rate_budget;
using awsxx::runtime::rate_permit;

constexpr milliseconds now{0};

steady_instant at(long long when) { return steady_instant(milliseconds(when)); }

std::shared_ptr<rate_budget> budget(double rate, double burst) {
    return std::make_shared<rate_budget>(awsxx::runtime::rate_plan{.rate = rate, .burst = burst});
}

}  // namespace

TEST_CASE("rate budget: a permit takes its place once, and a token when that is there") {
    const auto one_a_second = budget(1, 1);
    rate_permit first;
    rate_permit second;
    CHECK(first.ask(one_a_second, at(0)) == now);
    CHECK(second.ask(one_a_second, at(0)) == milliseconds(1000));
    CHECK(second.ask(one_a_second, at(400)) == milliseconds(600));
    CHECK(second.ask(one_a_second, at(1000)) == now);
    CHECK(second.has());
    CHECK(second.ask(one_a_second, at(1000)) == now);

    const auto counts = one_a_second->counts();
    CHECK(counts.granted == 2);
    CHECK(counts.waited == 1);
    CHECK(counts.time_waited == milliseconds(1000));
}

TEST_CASE("rate budget: a token that was not spent goes back") {
    const auto one_a_second = budget(1, 1);
    {
        rate_permit unused;
        REQUIRE(unused.ask(one_a_second, at(0)) == now);
        CHECK(one_a_second->counts().granted == 1);
    }
    CHECK(one_a_second->counts().granted == 0);
    rate_permit used;
    REQUIRE(used.ask(one_a_second, at(0)) == now);
    used.spend();
    CHECK_FALSE(used.has());
    CHECK(used.ask(one_a_second, at(0)) == milliseconds(1000));  // another one
}

TEST_CASE("rate budget: a permit that moves keeps its place") {
    const auto one_a_second = budget(1, 1);
    rate_permit first;
    REQUIRE(first.ask(one_a_second, at(0)) == now);
    rate_permit moved(std::move(first));
    rate_permit waiting;
    CHECK(waiting.ask(one_a_second, at(0)) == milliseconds(1000));
    waiting = std::move(moved);  // which gives the place up that it had
    CHECK(waiting.has());
    rate_permit next;
    CHECK(next.ask(one_a_second, at(0)) == milliseconds(1000));
}

TEST_CASE("rate budget: a permit that asks for another budget leaves the first one's line") {
    const auto slow = budget(1, 1);
    const auto fast = budget(100, 1);
    rate_permit owner;
    REQUIRE(owner.ask(slow, at(0)) == now);
    rate_permit moving;
    REQUIRE(moving.ask(slow, at(0)) > now);
    CHECK(moving.ask(fast, at(0)) == now);
    rate_permit behind;
    CHECK(behind.ask(slow, at(0)) == milliseconds(1000));
}

TEST_CASE("rate budget: who is refused is counted, and does not wait any more") {
    const auto one_a_second = budget(1, 1);
    rate_permit owner;
    REQUIRE(owner.ask(one_a_second, at(0)) == now);
    rate_permit late;
    REQUIRE(late.ask(one_a_second, at(0)) > now);
    late.refuse(at(0));
    CHECK(one_a_second->counts().refused == 1);
    rate_permit next;
    CHECK(next.ask(one_a_second, at(0)) == milliseconds(1000));
}

TEST_CASE("rate budget: other numbers hold from when somebody looks") {
    const auto changing = budget(1, 1);
    changing->change({.rate = 4, .burst = 2});
    CHECK(changing->rate() == 4);
    rate_permit first;
    rate_permit second;
    rate_permit third;
    CHECK(first.ask(changing, at(0)) == now);
    CHECK(second.ask(changing, at(0)) == now);
    CHECK(third.ask(changing, at(0)) == milliseconds(250));
    changing->change({.rate = 1, .burst = 1});
    CHECK(third.ask(changing, at(0)) == milliseconds(1000));
    CHECK(changing->rate() == 1);
}

TEST_CASE("rate budget: threads that give back what they have lose nothing") {
    constexpr int tokens = 50;
    const auto fixed = budget(1e-6, tokens);
    std::atomic<int> spent{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            for (int round = 0; round < 500; ++round) {
                rate_permit one;
                if (one.ask(fixed, at(0)) > now || round % 50 != 0) continue;
                one.spend();
                ++spent;
            }
        });
    for (std::thread& one : threads) one.join();

    int left = 0;
    for (;; ++left) {
        rate_permit one;
        if (one.ask(fixed, at(0)) > now) break;
        one.spend();
    }
    CHECK(spent + left == tokens);
    CHECK(fixed->counts().granted == tokens);
}

TEST_CASE("rate budget: a token that comes back counts for nothing, nor does the wait for it") {
    const auto one_a_second = budget(1, 1);
    {
        rate_permit first;
        rate_permit unused;
        REQUIRE(first.ask(one_a_second, at(0)) == now);
        REQUIRE(unused.ask(one_a_second, at(0)) == milliseconds(1000));
        REQUIRE(unused.ask(one_a_second, at(1000)) == now);
        CHECK(one_a_second->counts().waited == 1);
        rate_permit moved = std::move(unused);
        moved.give_up();
        moved.give_up();
        first.spend();
    }
    CHECK(one_a_second->counts().granted == 1);
    CHECK(one_a_second->counts().waited == 0);
    CHECK(one_a_second->counts().time_waited == now);
    rate_permit next;
    CHECK(next.ask(one_a_second, at(1000)) == now);
    rate_permit behind;
    CHECK(behind.ask(one_a_second, at(1000)) == milliseconds(1000));
    next.spend();
    CHECK(one_a_second->counts().granted == 2);
}
