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

TEST_CASE("moment after: it is so much later, or earlier") {
    CHECK(moment_after(instant(seconds(7)), seconds(3)) == instant(seconds(10)));
    CHECK(moment_after(instant(seconds(7)), seconds(-8)) == instant(seconds(-1)));
    CHECK(moment_after(instant(seconds(-7)), seconds(0)) == instant(seconds(-7)));
}

TEST_CASE("moment after: what would be beyond the last moment is the last, and so is the first") {
    const auto longest = (milliseconds::max)();
    const auto shortest = (milliseconds::min)();
    const steady_instant now(seconds(1000));
    CHECK(moment_after(now, longest) == (steady_instant::max)());
    CHECK(moment_after((steady_instant::max)(), milliseconds(1)) == (steady_instant::max)());
    CHECK(moment_after((steady_instant::max)(), milliseconds(-1)) < (steady_instant::max)());
    CHECK(moment_after(steady_instant(seconds(-1)), longest) < (steady_instant::max)());
    CHECK(moment_after(steady_instant(seconds(-1)), shortest) == (steady_instant::min)());
    CHECK(moment_after(now, shortest) > (steady_instant::min)());
}

TEST_CASE("moment after: a clock that counts nanoseconds has an end sooner") {
    using moment = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;
    CHECK(moment_after(moment(seconds(1)), (milliseconds::max)()) == (moment::max)());
    CHECK(moment_after(moment(seconds(-1)), (milliseconds::min)()) == (moment::min)());
    CHECK(moment_after(moment(seconds(1)), milliseconds(1)) == moment(milliseconds(1001)));
}
