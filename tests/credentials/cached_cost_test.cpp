// SPDX-License-Identifier: MIT
#include <awsxx/credentials/cached.hpp>

#include <awsxx/testing/fake_clock.hpp>

#include <support/alloc_count.hpp>
#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/lock_count.hpp>
#include <support/providers.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <variant>

using namespace awsxx;

namespace {

struct spent {
    std::uint64_t allocations{};
    std::uint64_t locks{};
};

template <class Act>
spent spent_on(Act act) {
    const auto allocated = test::allocations_so_far();
    const std::uint64_t locked = test::locks_so_far();
    act();
    return {(test::allocations_so_far() - allocated).count, test::locks_so_far() - locked};
}

}  // namespace

// The counters are in front of the whole program's functions: this is its one file with them.
TEST_CASE("cached credentials: reading fresh ones takes no lock and no allocation") {
    const auto time = std::make_shared<testing::fake_clock>();
    const auto source = std::make_shared<test::scripted_provider>();
    source->then(test::keys("A", time->now() + std::chrono::hours(6)));
    const auto cache =
        std::make_shared<cached_credentials>(source, time, std::make_shared<test::fixed_random>());
    const instant now = time->now();
    REQUIRE(test::obtain(*cache, now));
    REQUIRE(test::obtain(*cache, now));  // what a thread does only the first time

    int given = 0;
    const spent reading = spent_on([&] {
        for (int i = 0; i < 1000; ++i)
            given += std::holds_alternative<credentials_snapshot>(cache->resolve(now));
    });

    CHECK(given == 1000);
    CHECK(reading.allocations == 0);
    CHECK(reading.locks == 0);
#if defined(__GLIBC__) && !AWSXX_TEST_SANITIZED
    const spent renewing = spent_on([&] {
        CHECK(cache->invalidate(test::keys("A"), now));
        static_cast<void>(test::obtain(*cache, now));
    });
    CHECK(renewing.allocations > 0);  // the counters count
    CHECK(renewing.locks > 0);
#endif
}
