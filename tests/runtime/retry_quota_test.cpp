// SPDX-License-Identifier: MIT
#include <awsxx/runtime/retry_quota.hpp>

#include <support/catch.hpp>

#include <atomic>
#include <thread>
#include <vector>

using awsxx::runtime::retry_quota;

TEST_CASE("retry quota: gives all or nothing") {
    retry_quota quota(500, 20);
    CHECK(quota.take(14));
    CHECK_FALSE(quota.take(14));
    CHECK(quota.left() == 6);
}

TEST_CASE("retry quota: never exceeds its capacity") {
    retry_quota quota(500, 495);
    quota.give_back(14);
    CHECK(quota.left() == 500);
    quota.give_back(1);
    CHECK(quota.left() == 500);
}

TEST_CASE("retry quota: threads take no more than there is") {
    retry_quota quota(500);
    std::atomic<int> taken{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int j = 0; j < 100; ++j)
                if (quota.take(5)) ++taken;
        });
    for (std::thread& one : threads) one.join();
    CHECK(taken == 100);
    CHECK(quota.left() == 0);
}
