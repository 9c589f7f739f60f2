// SPDX-License-Identifier: MIT
#include <awsxx/runtime/hedge_budget.hpp>

#include <support/catch.hpp>

#include <atomic>
#include <limits>
#include <thread>
#include <vector>

using awsxx::runtime::hedge_budget;

namespace {

int drain(hedge_budget& from) {
    int taken = 0;
    while (from.take()) ++taken;
    return taken;
}

}  // namespace

TEST_CASE("hedge budget: the first is free, then each has to be earned") {
    hedge_budget budget;
    CHECK(drain(budget) == 1);
    for (int i = 0; i < 19; ++i) budget.earn(0.05);
    CHECK_FALSE(budget.take());
    budget.earn(0.05);
    CHECK(drain(budget) == 1);
}

TEST_CASE("hedge budget: a share that is no number earns nothing") {
    hedge_budget budget;
    CHECK(drain(budget) == 1);
    for (int i = 0; i < 100; ++i) budget.earn(std::numeric_limits<double>::quiet_NaN());
    for (int i = 0; i < 100; ++i) budget.earn(-1);
    CHECK_FALSE(budget.take());
}

TEST_CASE("hedge budget: ten at most are saved up") {
    hedge_budget budget;
    for (int i = 0; i < 100; ++i) budget.earn(1);
    CHECK(drain(budget) == 10);
}

TEST_CASE("hedge budget: shares that make no sense are the nearest that do") {
    hedge_budget budget;
    CHECK(drain(budget) == 1);
    budget.earn(-3);
    CHECK(drain(budget) == 0);
    budget.earn(7);
    CHECK(drain(budget) == 1);
}

TEST_CASE("hedge budget: threads take each once") {
    hedge_budget budget;
    std::atomic<int> taken{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 1000; ++n) {
                budget.earn(0.5);
                taken += drain(budget);
            }
        });
    for (std::thread& one : threads) one.join();
    CHECK(taken <= 4001);
    CHECK(taken > 3000);
}
