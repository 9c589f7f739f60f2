// SPDX-License-Identifier: MIT
#include <awsxx/runtime/rate_line.hpp>

#include <awsxx/core/clock.hpp>

#include <support/catch.hpp>

namespace {

using awsxx::milliseconds;
using awsxx::steady_instant;
using awsxx::runtime::rate_line;

constexpr milliseconds now{0};

steady_instant at(long long when) { return steady_instant(milliseconds(when)); }

/// Ten answers a second for two seconds, beginning then.
void hear_for_two_seconds(rate_line& line, long long from) {
    for (int i = 0; i < 20; ++i) line.heard(false, at(from + i * 100));
}

}  // namespace

TEST_CASE("rate line: whoever comes first is served first, one after the other") {
    rate_line line({.rate = 10, .burst = 1}, at(0));
    const auto first = line.join(at(0));
    const auto second = line.join(at(0));
    const auto third = line.join(at(0));
    CHECK(line.pause(first, at(0)) == now);
    CHECK(line.pause(second, at(0)) == milliseconds(100));
    CHECK(line.pause(third, at(0)) == milliseconds(200));
    CHECK(line.pause(third, at(150)) == milliseconds(50));
    CHECK(line.pause(third, at(200)) == now);  // the second has its token, though it did not ask
    CHECK(line.pause(second, at(200)) == now);
}

TEST_CASE("rate line: a newcomer takes no token that somebody waits for") {
    rate_line line({.rate = 10, .burst = 5}, at(0));
    for (int i = 0; i < 5; ++i) line.join(at(0));
    const auto waiting = line.join(at(0));
    const auto newcomer = line.join(at(100));
    CHECK(line.pause(newcomer, at(100)) == milliseconds(100));
    CHECK(line.pause(waiting, at(100)) == now);
}

TEST_CASE("rate line: who is behind somebody that leaves moves up, and nobody before does") {
    rate_line line({.rate = 10, .burst = 1}, at(0));
    line.join(at(0));
    const auto first = line.join(at(0));
    const auto leaving = line.join(at(0));
    const auto last = line.join(at(0));
    line.leave(leaving);
    CHECK(line.pause(first, at(0)) == milliseconds(100));
    CHECK(line.pause(last, at(0)) == milliseconds(200));
    CHECK(line.pause(last, at(200)) == now);
    CHECK(line.pause(line.join(at(200)), at(200)) == milliseconds(100));
}

TEST_CASE("rate line: who comes and leaves behind somebody that waits leaves no trace") {
    rate_line line({.rate = 10, .burst = 1}, at(0));
    line.join(at(0));
    const auto waiting = line.join(at(0));
    for (int i = 0; i < 1000; ++i) {
        const auto own = line.join(at(0));
        CHECK(own == waiting + 1);
        line.leave(own);
    }
    const auto last = line.join(at(0));
    CHECK(line.pause(waiting, at(0)) == milliseconds(100));
    CHECK(line.pause(last, at(0)) == milliseconds(200));
}

TEST_CASE("rate line: those who left behind each other are forgotten with the last of them") {
    rate_line line({.rate = 10, .burst = 1}, at(0));
    line.join(at(0));
    const auto waiting = line.join(at(0));
    const auto first = line.join(at(0));
    const auto second = line.join(at(0));
    line.leave(first);
    line.leave(second);
    CHECK(line.join(at(0)) == first);
    CHECK(line.pause(first, at(0)) == milliseconds(200));
    CHECK(line.pause(waiting, at(0)) == milliseconds(100));
}

TEST_CASE("rate line: a place of another line changes nothing") {
    rate_line line({.rate = 10, .burst = 1}, at(0));
    line.leave(7);
    CHECK(line.pause(line.join(at(0)), at(0)) == now);
    CHECK(line.pause(line.join(at(0)), at(0)) == milliseconds(100));
}

TEST_CASE("rate line: a token that is given back is the next one's") {
    rate_line line({.rate = 10, .burst = 1}, at(0));
    const auto owner = line.join(at(0));
    const auto next = line.join(at(0));
    line.leave(owner);
    CHECK(line.pause(next, at(0)) == now);
    CHECK(line.pause(line.join(at(0)), at(0)) == milliseconds(100));
}

TEST_CASE("rate line: other numbers hold for those who wait, too") {
    rate_line line({.rate = 1, .burst = 1}, at(0));
    line.join(at(0));
    const auto waiting = line.join(at(0));
    line.change({.rate = 100, .burst = 1}, at(0));
    CHECK(line.pause(waiting, at(0)) == milliseconds(10));
    line.change({.rate = 0.5, .burst = 1}, at(5));
    CHECK(line.pause(waiting, at(5)) == milliseconds(1000));
}

TEST_CASE("rate line: without a rate everybody goes, until a service throttles") {
    rate_line line({.adapts = true}, at(0));
    for (int i = 0; i < 100; ++i) CHECK(line.pause(line.join(at(0)), at(0)) == now);
    CHECK(line.rate() == 0);
    hear_for_two_seconds(line, 1000);
    CHECK(line.rate() == 0);

    line.heard(true, at(3000));

    CHECK(line.rate() > 5);
    CHECK(line.rate() < 10);
    CHECK(line.pause(line.join(at(3000)), at(3000)) > now);  // nothing is saved up
}

TEST_CASE("rate line: a rate that a service does not bear is lowered, and comes back") {
    rate_line line({.rate = 8, .burst = 4, .adapts = true}, at(0));
    CHECK(line.rate() == 8);
    hear_for_two_seconds(line, 1000);
    line.heard(true, at(3000));
    CHECK(line.rate() < 8);
    CHECK(line.rate() > 4);
    for (int i = 0; i < 5; ++i) hear_for_two_seconds(line, 3100 + i * 2000);
    CHECK(line.rate() == 8);
    for (int i = 0; i < 4; ++i) CHECK(line.pause(line.join(at(99000)), at(99000)) == now);
    CHECK(line.pause(line.join(at(99000)), at(99000)) == milliseconds(125));
}

TEST_CASE("rate line: one that does not adapt hears nothing") {
    rate_line line({.rate = 8, .burst = 4}, at(0));
    hear_for_two_seconds(line, 1000);
    line.heard(true, at(3000));
    CHECK(line.rate() == 8);
}

TEST_CASE("rate line: it is idle when all tokens are there and nobody waits") {
    rate_line line({.rate = 1, .burst = 2}, at(0));
    CHECK(line.is_idle(at(0)));
    line.join(at(0));
    CHECK_FALSE(line.is_idle(at(0)));
    CHECK(line.is_idle(at(1000)));
}
