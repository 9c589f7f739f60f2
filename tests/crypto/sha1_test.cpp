// SPDX-License-Identifier: MIT
#include <awsxx/crypto/sha1.hpp>

#include <awsxx/crypto/encode.hpp>

#include <support/catch.hpp>

using namespace awsxx;

TEST_CASE("sha1: names files as AWS's tools do") {
    CHECK(crypto::to_hex(crypto::as_text(crypto::sha1_of("corp"))) ==
          "ee0bfd2552fbd840c02cc48b6e823320543c450f");
    CHECK(crypto::to_hex(crypto::as_text(crypto::sha1_of(""))) ==
          "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}
