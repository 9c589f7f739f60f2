// SPDX-License-Identifier: MIT
#include <awsxx/crypto/random_token.hpp>

#include <support/catch.hpp>

using namespace awsxx;

TEST_CASE("random token: 64 digits, others each time") {
    const auto one = crypto::random_token();
    const auto another = crypto::random_token();

    REQUIRE(one);
    REQUIRE(another);
    CHECK(one->expose().size() == 64);
    CHECK(crypto::from_hex(one->expose()));
    CHECK_FALSE(*one == *another);
}
