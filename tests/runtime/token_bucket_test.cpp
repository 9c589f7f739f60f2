// SPDX-License-Identifier: MIT
#include <awsxx/runtime/token_bucket.hpp>

#include <awsxx/core/clock.hpp>

#include <support/catch.hpp>

namespace {

using awsxx::milliseconds;
using awsxx::steady_instant;
using awsxx::runtime::token_bucket;

steady_instant at(long long when) { return steady_instant(milliseconds(when)); }

}  // namespace

TEST_CASE("token bucket: a full one gives its burst at once") {
    token_bucket bucket(2, 3, at(0));
    for (int i = 0; i < 3; ++i) CHECK(bucket.take(at(0)));
    CHECK_FALSE(bucket.take(at(0)));
    CHECK(bucket.pause(at(0)) == milliseconds(500));
    CHECK_FALSE(bucket.take(at(499)));
    CHECK(bucket.take(at(500)));
}

TEST_CASE("token bucket: those who come behind others wait for their tokens, too") {
    token_bucket bucket(10, 2, at(0));
    CHECK(bucket.pause(at(0), 1) == milliseconds(0));
    CHECK(bucket.pause(at(0), 2) == milliseconds(100));
    CHECK(bucket.pause(at(0), 4) == milliseconds(300));
}

TEST_CASE("token bucket: a token that is not used is there for others") {
    token_bucket bucket(10, 1, at(0));
    CHECK(bucket.take(at(0)));
    bucket.give_back();
    bucket.give_back();  // never more than the burst
    CHECK(bucket.take(at(0)));
    CHECK_FALSE(bucket.take(at(0)));
}

TEST_CASE("token bucket: it fills up to its burst, and no further") {
    token_bucket bucket(1, 2, at(0));
    CHECK(bucket.take(at(0)));
    CHECK(bucket.take(at(0)));
    CHECK(bucket.take(at(1000000)));
    CHECK(bucket.take(at(1000000)));
    CHECK(bucket.pause(at(1000000)) == milliseconds(1000));
}

TEST_CASE("token bucket: what others have not fetched yet needs no room") {
    token_bucket bucket(10, 1, at(0));
    CHECK(bucket.take(at(0)));
    bucket.fill(at(1000), 2);
    for (int i = 0; i < 3; ++i) CHECK(bucket.take(at(1000)));
    CHECK_FALSE(bucket.take(at(1000)));
}

TEST_CASE("token bucket: it fills by parts of tokens") {
    token_bucket bucket(0.5, 1, at(0));
    CHECK(bucket.take(at(0)));
    CHECK(bucket.pause(at(500)) == milliseconds(1500));
    CHECK(bucket.pause(at(1999)) == milliseconds(1));
    CHECK(bucket.pause(at(2000)) == milliseconds(0));
}

TEST_CASE("token bucket: a clock that stands still or goes back fills nothing") {
    token_bucket bucket(1, 1, at(5000));
    CHECK(bucket.take(at(5000)));
    CHECK(bucket.pause(at(4000)) == milliseconds(1000));
    CHECK(bucket.pause(at(5000)) == milliseconds(1000));
}

TEST_CASE("token bucket: another rate holds from now on") {
    token_bucket bucket(1, 4, at(0));
    CHECK(bucket.take(at(0)));
    bucket.change(10, 2, at(0));  // three are left, and room for two
    CHECK(bucket.take(at(0)));
    CHECK(bucket.take(at(0)));
    CHECK(bucket.pause(at(0)) == milliseconds(100));
    CHECK(bucket.rate() == 10);
    CHECK(bucket.burst() == 2);
}

TEST_CASE("token bucket: one that is as good as never filled has an end all the same") {
    token_bucket bucket(1e-300, 1, at(0));
    bucket.drain();
    CHECK(bucket.pause(at(0)) == milliseconds(1'000'000'000'000));
}
