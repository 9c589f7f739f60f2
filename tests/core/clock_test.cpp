// SPDX-License-Identifier: MIT
#include <awsxx/core/clock.hpp>
#include <awsxx/core/system_clock.hpp>

#include <support/catch.hpp>

#include <chrono>

using namespace awsxx;

TEST_CASE("system clock: it shows the time of day, and another one that only goes forward") {
    const system_clock here;
    const auto day = std::chrono::system_clock::now();

    const instant now = here.now();
    const steady_instant first = here.steady_now();
    const steady_instant second = here.steady_now();

    CHECK(now - day < seconds(60));
    CHECK(day - now < seconds(60));
    CHECK(second >= first);
}

TEST_CASE("system clock: a pause of nothing is over at once") {
    system_clock here;
    const steady_instant before = here.steady_now();

    here.sleep(milliseconds(0));
    here.sleep(milliseconds(-5));

    CHECK(here.steady_now() - before < seconds(60));
}
