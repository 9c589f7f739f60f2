// SPDX-License-Identifier: MIT
#include <awsxx/runtime/renewal_limits.hpp>

#include <support/catch.hpp>

using namespace awsxx;

TEST_CASE("renewal limits: an attempt takes twice as long as a connection at most") {
    CHECK(runtime::renewal_limits({}).total == milliseconds(6200));
    CHECK(runtime::renewal_limits({.connect = milliseconds(30)}).total == milliseconds(60));
    CHECK(runtime::renewal_limits({.connect = milliseconds(0)}).total == milliseconds(6200));
    CHECK(runtime::renewal_limits({.connect = milliseconds::max()}).total == milliseconds::max());
}

TEST_CASE("renewal limits: those of the user win") {
    CHECK(runtime::renewal_limits({.total = milliseconds(60'000)}).total == milliseconds(60'000));
    CHECK(runtime::renewal_limits({.first_byte = milliseconds(9'000)}).total == milliseconds(0));
}
