// SPDX-License-Identifier: MIT
#include <awsxx/crypto/pem.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <string>

namespace crypto = awsxx::crypto;

TEST_CASE("pem: blocks are found in order, with words between them") {
    const auto blocks = crypto::pem_blocks(
        "subject=me\n-----BEGIN A-----\nx\n-----END A-----\nmore\n-----BEGIN B C-----\n"
        "-----END B C-----\n");
    REQUIRE(blocks.size() == 2);
    CHECK(blocks[0].label == "A");
    CHECK(blocks[0].text == "-----BEGIN A-----\nx\n-----END A-----");
    CHECK(blocks[1].label == "B C");
    CHECK_FALSE(blocks[1].cut);
    CHECK(crypto::pem_contents(blocks) == "a A, a B C");
}

TEST_CASE("pem: a block without an end is told apart") {
    CHECK(crypto::pem_blocks("-----BEGIN A-----\nx\n-----END B-----")[0].cut);
    CHECK(crypto::pem_blocks("-----BEGIN A")[0].cut);
    CHECK(crypto::pem_blocks("-----BEGIN A").size() == 1);
    CHECK(crypto::pem_blocks("BEGIN A").empty());
    CHECK(crypto::pem_contents({}) == "no PEM block at all");
}
