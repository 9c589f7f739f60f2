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

TEST_CASE("ec key: a private number becomes the key with its point") {
    // the least of numbers: its point is the curve's generator
    const auto one = crypto::ec_key::from_scalar(secret(std::string(31, '\0') + '\1'));
    REQUIRE(one);
    CHECK(crypto::to_hex(one->x()) ==
          "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296");
    CHECK(crypto::to_hex(one->y()) ==
          "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
    const auto signature = one->sign_der("some bytes");
    REQUIRE(signature);
    CHECK(signature->size() <= 72);
    CHECK(test::verifies_der(one->x(), one->y(), "some bytes", *signature));
    CHECK_FALSE(test::verifies_der(one->x(), one->y(), "other bytes", *signature));
}

TEST_CASE("ec key: what is no private number of the curve is refused") {
    const std::string order =
        *crypto::from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    for (const std::string& number : {std::string(), std::string(31, '\1'), std::string(33, '\1'),
                                      std::string(32, '\0'), order, std::string(32, '\xff')}) {
        const auto key = crypto::ec_key::from_scalar(secret(number));
        REQUIRE_FALSE(key);
        CHECK(key.error().code == "InvalidKey");
    }
}
