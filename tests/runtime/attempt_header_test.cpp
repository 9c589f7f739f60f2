// SPDX-License-Identifier: MIT
#include <awsxx/runtime/attempt_header.hpp>

#include <support/catch.hpp>

#include <limits>

using namespace awsxx;
using runtime::attempt_header;

TEST_CASE("attempt header: tells the attempt and how many there may be") {
    CHECK(attempt_header(1, 3, {}).text() == "attempt=1; max=3");
}

TEST_CASE("attempt header: tells until when somebody waits, where that is known") {
    CHECK(attempt_header(2, 3, instant(milliseconds(1'767'225'600'000))).text() ==
          "ttl=20260101T000000Z; attempt=2; max=3");
}

TEST_CASE("attempt header: has room for the largest numbers") {
    constexpr int most = std::numeric_limits<int>::max();
    CHECK(attempt_header(most, most, instant(milliseconds(1'767'225'600'000))).text() ==
          "ttl=20260101T000000Z; attempt=2147483647; max=2147483647");
}
