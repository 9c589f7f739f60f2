// SPDX-License-Identifier: MIT
#include <awsxx/codec/jmespath_order.hpp>

#include <support/catch.hpp>

#include <limits>

namespace path = awsxx::codec::jmespath;

namespace {

path::functions::ranked number(double value) { return {.key = path::value::of(value)}; }

}  // namespace

TEST_CASE("jmespath order: what is not a number comes behind all that are") {
    using path::functions::comes_before;
    const auto none = number(std::numeric_limits<double>::quiet_NaN());
    for (const double one : {-1.0, 0.0, 5.0, std::numeric_limits<double>::infinity()}) {
        CHECK(comes_before(number(one), none));
        CHECK_FALSE(comes_before(none, number(one)));
    }
    CHECK_FALSE(comes_before(none, none));
    CHECK(comes_before(number(1), number(2)));
}
