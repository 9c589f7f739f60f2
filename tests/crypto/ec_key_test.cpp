// SPDX-License-Identifier: MIT
#include <awsxx/crypto/ec_key.hpp>

#include <awsxx/crypto/encode.hpp>

#include <support/catch.hpp>
#include <support/ec_keys.hpp>

#include <string>

using namespace awsxx;

TEST_CASE("ec key: both spellings of PEM are read, with the point that belongs to them") {
    const auto sec1 = crypto::ec_key::from_pem(test::sec1_pem);
    const auto pkcs8 = crypto::ec_key::from_pem(test::pkcs8_pem);

    REQUIRE(sec1);
    REQUIRE(pkcs8);
    for (const auto* key : {&*sec1, &*pkcs8}) {
        CHECK(crypto::to_hex(key->x()) ==
              "4a562fefaef74d9affe12307a478c83054a2f724e379360abe6b3fa311c8e7fb");
        CHECK(crypto::to_hex(key->y()) ==
              "ea97714f871b2141569501d7b818507e6a5a88b9f967ea4867e681c7fcb60a11");
    }
}

TEST_CASE("ec key: a signature is r and s, and its public half accepts it") {
    const auto key = crypto::ec_key::from_pem(test::sec1_pem);
    REQUIRE(key);
    const auto signature = key->sign("some bytes");
    REQUIRE(signature);

    CHECK(signature->size() == 64);
    CHECK(test::verifies(test::sec1_pem, "some bytes", *signature));
    CHECK_FALSE(test::verifies(test::sec1_pem, "other bytes", *signature));
}

TEST_CASE("ec key: what is no such key is refused, and no text of it is repeated") {
    const auto broken = std::string(test::sec1_pem).replace(60, 4, "!!!!");
    for (const std::string& pem : {std::string(), std::string("-----BEGIN"), broken,
                                   std::string(test::p384_pem), std::string(test::encrypted_pem)}) {
        const auto key = crypto::ec_key::from_pem(pem);
        REQUIRE_FALSE(key);
        CHECK(key.error().kind == error_kind::invalid_argument);
        CHECK(key.error().code == "InvalidKey");
        CHECK(key.error().message.find("MHcC") == std::string::npos);
    }
}
