// SPDX-License-Identifier: MIT
#include <awsxx/runtime/wait_until.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/runtime/wait_until_source.hpp>
#endif

#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <stop_token>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t longest = std::numeric_limits<std::uint64_t>::max();

/// The pauses of a wait in vain.
std::vector<milliseconds> pauses(const wait_options& options, std::uint64_t random) {
    testing::fake_clock time;
    test::fixed_random numbers(random);
    const auto done = runtime::wait_until([] { return false; }, options, time, numbers);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == "WaiterTimedOut");
    CHECK(done.error().kind == error_kind::timeout);
    return time.sleeps();
}

}  // namespace

TEST_CASE("wait loop: pauses double up to the longest, and the last look is at the end") {
    const std::vector<milliseconds> seen =
        pauses({.at_most = 60s, .min_delay = 2s, .max_delay = 10s}, longest);
    // The random part is just short of the whole.
    CHECK(seen == std::vector<milliseconds>{2000ms, 3999ms, 7999ms, 9999ms, 9999ms, 9999ms, 9999ms,
                                            6006ms});
}

TEST_CASE("wait loop: the shortest pauses are the first delay") {
    const std::vector<milliseconds> seen = pauses({.at_most = 7s, .min_delay = 2s}, 0);
    CHECK(seen == std::vector<milliseconds>{2s, 2s, 3s});
}

TEST_CASE("wait loop: without time there is one look") {
    CHECK(pauses({.at_most = 0s}, 0).empty());
    CHECK(pauses({.at_most = -1s}, 0).empty());
}

TEST_CASE("wait loop: odd delays are made possible ones") {
    CHECK(pauses({.at_most = 3ms, .min_delay = 0s}, 0) == std::vector<milliseconds>{1ms, 2ms});
    CHECK(pauses({.at_most = 9s, .min_delay = 4s, .max_delay = 1s}, longest) ==
          std::vector<milliseconds>{4s, 5s});
}

TEST_CASE("wait loop: what is so at once needs no pause") {
    testing::fake_clock time;
    test::fixed_random numbers;
    int looks = 0;
    CHECK(runtime::wait_until([&] { return ++looks == 1; }, {.at_most = 1h}, time, numbers));
    CHECK(time.sleeps().empty());
}

TEST_CASE("wait loop: the longest time there is does not overflow") {
    testing::fake_clock time;
    test::fixed_random numbers;
    int looks = 0;
    CHECK(runtime::wait_until([&] { return ++looks == 3; }, {.at_most = milliseconds::max()}, time,
                              numbers));
    CHECK(time.sleeps().size() == 2);
}

TEST_CASE("wait loop: an error of the look ends the wait") {
    testing::fake_clock time;
    test::fixed_random numbers;
    const auto look = []() -> expected<bool> { return error{.code = "Broken"}; };
    CHECK(runtime::wait_until(look, {.at_most = 1h}, time, numbers).error().code == "Broken");
}

TEST_CASE("wait loop: a stop ends a pause within a tenth of a second") {
    testing::fake_clock time;
    test::fixed_random numbers;
    std::stop_source stop;
    int looks = 0;
    const auto look = [&] {
        if (++looks == 2) stop.request_stop();
        return false;
    };
    const auto done =
        runtime::wait_until(look, {.at_most = 1h, .stop = stop.get_token()}, time, numbers);
    CHECK(done.error().code == "WaiterStopped");
    CHECK(done.error().kind == error_kind::cancelled);
    CHECK(looks == 2);
    CHECK(time.sleeps().size() == 20);
    CHECK(time.sleeps().front() == 100ms);
}
