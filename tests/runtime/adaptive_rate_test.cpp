// SPDX-License-Identifier: MIT
#include <awsxx/runtime/adaptive_rate.hpp>

#include <awsxx/core/clock.hpp>

#include <support/catch.hpp>

#include <cmath>

namespace {

using awsxx::milliseconds;
using awsxx::steady_instant;
using namespace awsxx::runtime;

steady_instant at(long long when) { return steady_instant(milliseconds(when)); }

bool are_near(double a, double b, double tolerance = 1e-9) {
    return std::abs(a - b) <= tolerance * std::abs(b);
}

}  // namespace

TEST_CASE("There is no limit until a service throttles") {
    adaptive_rate rate(at(0));
    for (int i = 1; i <= 100; ++i) rate.heard(false, at(i * 10));
    CHECK_FALSE(rate.limited());
    rate.heard(true, at(1010));
    CHECK(rate.limited());
}

TEST_CASE("The first throttled answer takes a third off the rate that was measured") {
    adaptive_rate rate(at(0));
    for (int i = 1; i < 100; ++i) rate.heard(false, at(i * 10));
    const double before = rate.measured();
    REQUIRE(before > 60);
    rate.heard(true, at(995));
    CHECK(are_near(rate.get(), before * 0.7));
}

TEST_CASE("A rate comes back to where it was throttled, and goes on slowly") {
    cubic_rate curve(0, at(0));
    CHECK(are_near(curve.throttled(100, at(1000)), 70));
    double last = 70;
    for (int second = 2; second < 6; ++second) {
        const double now = curve.answered(at(second * 1000));
        CHECK(now > last);
        CHECK(now <= 101);
        last = now;
    }
    CHECK(are_near(curve.answered(at(1000)), 70));
}

TEST_CASE("A rate never gets above twice what is measured, nor below one in two seconds") {
    adaptive_rate rate(at(0));
    rate.heard(true, at(10));
    CHECK(rate.get() == 0.5);
    for (int i = 1; i <= 40; ++i) rate.heard(false, at(i * 1000));
    CHECK(are_near(rate.measured(), 1, 0.01));
    CHECK(are_near(rate.get(), 2 * rate.measured()));
}

TEST_CASE("What is measured forgets what was long ago") {
    measured_rate rate(at(0));
    for (int i = 0; i < 50; ++i) rate.heard(at(i));
    rate.heard(at(500));
    CHECK(are_near(rate.get(), 51 * 2 * 0.8));
    rate.heard(at(100000));
    CHECK(rate.get() < 51 * 2 * 0.8 * 0.21);
}
