// SPDX-License-Identifier: MIT
#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <vector>

using namespace std::chrono_literals;

TEST_CASE("fake clock: sleeping moves both clocks and is remembered") {
    awsxx::testing::fake_clock time;
    const auto wall = time.now();
    const auto steady = time.steady_now();

    time.sleep(30s);
    time.sleep(5ms);

    CHECK(time.now() - wall == 30005ms);
    CHECK(time.steady_now() - steady == 30005ms);
    CHECK(time.sleeps() == std::vector<awsxx::milliseconds>{30s, 5ms});
}

TEST_CASE("fake clock: setting the wall clock lets no time pass") {
    awsxx::testing::fake_clock time;
    const auto steady = time.steady_now();

    time.set(awsxx::instant(1h));
    time.advance(1min);

    CHECK(time.now() == awsxx::instant(61min));
    CHECK(time.steady_now() - steady == 1min);
}

TEST_CASE("fake clock: a sleep without an end leads to the last moment there is") {
    awsxx::testing::fake_clock time;

    time.sleep(awsxx::milliseconds::max());

    CHECK(time.now() == (awsxx::instant::max)());
    CHECK(time.steady_now() > awsxx::steady_instant(24h));
}
