// SPDX-License-Identifier: MIT
#include <awsxx/crypto/private_key.hpp>  // first: it must compile on its own

#include <support/catch.hpp>
#include <support/key_pairs.hpp>

#include <string>
#include <string_view>

#include <openssl/err.h>

namespace crypto = awsxx::crypto;

namespace {

crypto::passphrase_source saying(const char* words) {
    return [words]() -> awsxx::expected<awsxx::secret> { return awsxx::secret(words); };
}

awsxx::error refusal(std::string_view pem, const crypto::passphrase_source& passphrase = {}) {
    const auto read = crypto::private_key::from_pem(pem, passphrase);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == awsxx::error_kind::configuration);
    return read.error();
}

void check_signs(const crypto::private_key& key, const test::key_pair& pair) {
    const auto signature = key.sign_sha256("what is signed");
    REQUIRE(signature);
    CHECK(pair.verifies("what is signed", *signature));
    CHECK_FALSE(pair.verifies("something else", *signature));
}

}  // namespace

TEST_CASE("private key: RSA and EC keys are read in every spelling and sign") {
    const test::key_pair pairs[] = {test::an_rsa_key(), test::an_ec_key(),
                                    test::key_pair::ec("P-384")};
    for (const test::key_pair& pair : pairs) {
        for (const std::string& text : {pair.pkcs8(), pair.traditional(), pair.pkcs8("the words"),
                                        pair.traditional("the words")}) {
            INFO(text.substr(0, 60));
            const auto key = crypto::private_key::from_pem(text, saying("the words"));
            REQUIRE(key);
            check_signs(*key, pair);
        }
    }
    CHECK(crypto::private_key::from_pem(pairs[0].pkcs8())->algorithm() ==
          crypto::key_algorithm::rsa);
    CHECK(crypto::private_key::from_pem(pairs[1].pkcs8())->algorithm() ==
          crypto::key_algorithm::ec);
}

TEST_CASE("private key: certificates and EC parameters before it are passed over") {
    const auto& pair = test::an_ec_key();
    const std::string text = pair.certificate({}) +
                             "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n"
                             "-----END EC PARAMETERS-----\n" +
                             pair.traditional();
    check_signs(*crypto::private_key::from_pem(text), pair);
}

TEST_CASE("private key: the passphrase is asked for once, and only where there is need") {
    const auto& pair = test::an_ec_key();
    int asked = 0;
    const crypto::passphrase_source source = [&]() -> awsxx::expected<awsxx::secret> {
        ++asked;
        return awsxx::secret("the words");
    };
    CHECK(crypto::private_key::from_pem(pair.pkcs8(), source));
    CHECK(asked == 0);
    CHECK(crypto::private_key::from_pem(pair.pkcs8("the words"), source));
    CHECK(asked == 1);
}

TEST_CASE("private key: what is wrong with a text is said, without anything of it") {
    const auto& pair = test::an_ec_key();
    CHECK(refusal("").message ==
          "no private key in PEM where one is expected, but no PEM block at all");
    CHECK(refusal(pair.certificate({})).message ==
          "no private key in PEM where one is expected, but a CERTIFICATE");
    CHECK(refusal(pair.pkcs8().substr(0, 80)).message == "the block PRIVATE KEY has no END line");
    std::string damaged = pair.pkcs8();
    damaged.insert(60, "!");
    CHECK(refusal(damaged).message == "the block PRIVATE KEY is damaged, or no key we know");
    CHECK(refusal(test::key_pair::ed25519().pkcs8()).message ==
          "the private key is neither an RSA nor an EC key");
    CHECK(refusal(damaged).code == "InvalidPrivateKey");
}

TEST_CASE("private key: a missing, wrong or refused passphrase has its own error") {
    const auto& pair = test::an_rsa_key();
    for (const std::string& text : {pair.pkcs8("right words"), pair.traditional("right words")}) {
        CHECK(refusal(text).code == "PassphraseNeeded");
        const awsxx::error wrong = refusal(text, saying("wrong words"));
        CHECK(wrong.code == "WrongPassphrase");
        CHECK(to_string(wrong).find("wrong words") == std::string::npos);
        CHECK(refusal(text, saying("")).code == "WrongPassphrase");
        CHECK(refusal(text, saying(std::string(5000, 'x').c_str())).code == "WrongPassphrase");
        const auto given_up =
            crypto::private_key::from_pem(text, []() -> awsxx::expected<awsxx::secret> {
                return awsxx::error{.kind = awsxx::error_kind::cancelled, .code = "GivenUp"};
            });
        CHECK(given_up.error().code == "GivenUp");
    }
}

TEST_CASE("private key: it knows its own certificate") {
    const auto& pair = test::an_ec_key();
    const auto key = crypto::private_key::from_pem(pair.pkcs8());
    const auto own = crypto::certificate::from_pem(pair.certificate({.serial = "12345"}));
    const auto other =
        crypto::certificate::from_pem(test::an_rsa_key().certificate({.serial = "54321"}));
    CHECK(crypto::check_pair(*own, *key));
    const auto mismatch = crypto::check_pair(*other, *key);
    REQUIRE_FALSE(mismatch);
    CHECK(mismatch.error().code == "KeyMismatch");
    CHECK(mismatch.error().message ==
          "the private key does not belong to the certificate with serial number 54321");
}

TEST_CASE("private key: it can be written without a passphrase") {
    const auto& pair = test::an_rsa_key();
    const auto key = crypto::private_key::from_pem(pair.traditional("w0rds"), saying("w0rds"));
    CHECK(key->to_pem()->expose() == pair.pkcs8());
}

TEST_CASE("private key: errors of OpenSSL that others wait for stay in its queue") {
    ERR_clear_error();
    ERR_raise(ERR_LIB_USER, 42);
    refusal(test::an_ec_key().pkcs8("right"), saying("wrong"));
    check_signs(*crypto::private_key::from_pem(test::an_ec_key().pkcs8()), test::an_ec_key());
    CHECK(ERR_GET_REASON(ERR_get_error()) == 42);
    CHECK(ERR_get_error() == 0);
}

TEST_CASE("private key: SHA-1 is there for services that want it") {
    const auto& pair = test::an_rsa_key();
    const auto key = crypto::private_key::from_pem(pair.pkcs8());
    REQUIRE(key);
    const auto signature = key->sign_sha1("a message");
    REQUIRE(signature);
    CHECK(pair.verifies("a message", *signature, EVP_sha1()));
    CHECK_FALSE(pair.verifies("a message", *signature));
}
