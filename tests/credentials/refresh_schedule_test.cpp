// SPDX-License-Identifier: MIT
#include <awsxx/credentials/refresh_schedule.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>

#include <chrono>
#include <cstdint>

using namespace awsxx;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

constexpr instant now{milliseconds{1'767'225'600'000}};

/// Minutes before the expiration at which the first one renews.
double advisory(milliseconds lifetime, const refresh_windows& wanted = {}) {
    const auto plan = schedule_refresh(now, now + lifetime, wanted);
    return std::chrono::duration<double, std::ratio<60>>(plan.expiration - plan.advisory).count();
}
double mandatory(milliseconds lifetime, const refresh_windows& wanted = {}) {
    const auto plan = schedule_refresh(now, now + lifetime, wanted);
    return std::chrono::duration<double, std::ratio<60>>(plan.expiration - plan.mandatory).count();
}

}  // namespace

TEST_CASE("refresh schedule: credentials that never expire are never renewed") {
    const auto plan = schedule_refresh(now, {}, {.advisory = minutes(5)});
    CHECK(plan.advisory == instant::max());
    CHECK(plan.mandatory == instant::max());
    CHECK(plan.expiration == instant::max());
}

TEST_CASE("refresh schedule: the advisory window grows with the lifetime") {
    CHECK(advisory(minutes(10)) == 5);
    CHECK(advisory(minutes(20)) == 5);
    CHECK(advisory(minutes(20) + milliseconds(1)) == 15);
    CHECK(advisory(minutes(90) - milliseconds(1)) == 15);
    CHECK(advisory(minutes(90)) == 60);
    CHECK(advisory(hours(12)) == 60);
}

TEST_CASE("refresh schedule: everybody waits in the last minute") {
    CHECK(mandatory(minutes(15)) == 1);
    CHECK(mandatory(hours(12)) == 1);
}

TEST_CASE("refresh schedule: windows shrink with lifetimes below ten minutes") {
    CHECK(advisory(minutes(8)) == 4);
    CHECK(mandatory(minutes(5)) == 0.5);
    CHECK(advisory(milliseconds(0)) == 0);
}

TEST_CASE("refresh schedule: a window of the user's is never changed") {
    CHECK(advisory(minutes(15), {.advisory = minutes(30)}) == 30);
    CHECK(advisory(minutes(4), {.advisory = minutes(3)}) == 3);
    CHECK(mandatory(hours(1), {.mandatory = minutes(10)}) == 10);
    CHECK(mandatory(hours(1), {.mandatory = minutes(20)}) == 20);
    CHECK(mandatory(minutes(4), {.mandatory = minutes(3)}) == 3);
}

TEST_CASE("refresh schedule: a mandatory window alone leaves time to renew before it") {
    CHECK(advisory(hours(1), {.mandatory = minutes(10)}) == 15);
    CHECK(advisory(hours(1), {.mandatory = minutes(12)}) == 16);
    CHECK(advisory(hours(1), {.mandatory = minutes(20)}) == 25);
    CHECK(advisory(minutes(4), {.mandatory = minutes(3)}) == 4);
    CHECK(advisory(hours(1), {.mandatory = -minutes(1)}) == 15);
}

TEST_CASE("refresh schedule: nobody waits before somebody renews") {
    CHECK(mandatory(hours(1), {.advisory = minutes(2), .mandatory = minutes(10)}) == 2);
}

TEST_CASE("refresh schedule: a failed source is left alone for five to ten minutes") {
    test::fixed_random least(0);
    test::fixed_random most(UINT64_MAX);
    CHECK(refresh_backoff(least) == minutes(5));
    CHECK(refresh_backoff(most) > minutes(9));
    CHECK(refresh_backoff(most) <= minutes(10));
}

TEST_CASE("refresh schedule: a failure that a person mends is kept for one to five seconds") {
    test::fixed_random least(0);
    test::fixed_random most(UINT64_MAX);
    CHECK(final_failure_memory(least) == milliseconds(1000));
    CHECK(final_failure_memory(most) <= milliseconds(5000));
}

TEST_CASE("refresh schedule: a negative window is none") {
    CHECK(advisory(hours(1), {.advisory = -minutes(10)}) == 0);
    CHECK(mandatory(hours(1), {.advisory = -minutes(10)}) == 0);
    CHECK(mandatory(hours(1), {.mandatory = -minutes(10)}) == 0);
}
