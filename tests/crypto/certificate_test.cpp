// SPDX-License-Identifier: MIT
#include <awsxx/crypto/certificate.hpp>  // first: it must compile on its own

#include <awsxx/crypto/encode.hpp>

#include <support/catch.hpp>
#include <support/key_pairs.hpp>

#include <string>
#include <string_view>

#include <openssl/err.h>

namespace crypto = awsxx::crypto;

namespace {

/// What stands between the first pair of BEGIN and END lines.
std::string bytes_of(std::string pem) {
    pem = pem.substr(pem.find('\n') + 1);
    pem.erase(pem.find("-----"));
    std::erase(pem, '\n');
    return crypto::from_base64(pem).value();
}

std::string refusal(std::string_view pem) {
    const auto read = crypto::certificate::from_pem(pem);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == awsxx::error_kind::configuration);
    CHECK(read.error().code == "InvalidCertificate");
    return read.error().message;
}

}  // namespace

TEST_CASE("certificate: its bytes, its number in decimal, and those that vouch for it") {
    const auto& key = test::an_ec_key();
    const std::string own = key.certificate({.serial = "31415926535897932384626433832795028841"});
    const std::string middle = key.certificate({.subject = "middle"});
    const std::string upper = key.certificate({.subject = "upper"});

    const auto read = crypto::certificate::from_pem("words\n" + own + middle + "\n" + upper);

    REQUIRE(read);
    CHECK(read->der() == bytes_of(own));
    CHECK(read->serial_number() == "31415926535897932384626433832795028841");
    CHECK(read->chain() == std::vector<std::string>{bytes_of(middle), bytes_of(upper)});
}

TEST_CASE("certificate: a private key in the same text is passed over") {
    const auto& key = test::an_ec_key();
    const std::string own = key.certificate({.serial = "7"});
    for (const std::string& text : {key.pkcs8() + own, own + key.traditional("words")})
        CHECK(crypto::certificate::from_pem(text)->serial_number() == "7");
}

TEST_CASE("certificate: what is wrong with a text is said") {
    const auto& key = test::an_ec_key();
    const std::string own = key.certificate({});
    CHECK(refusal("") == "no certificate in PEM where one is expected, but no PEM block at all");
    CHECK(refusal(key.pkcs8()) == "no certificate in PEM where one is expected, but a PRIVATE KEY");
    CHECK(refusal(own + own.substr(0, 90)) == "certificate 2 of the PEM text has no END line");
    CHECK(refusal("-----BEGIN CERT") == "certificate 1 of the PEM text has no END line");
    std::string damaged = own;
    damaged.insert(own.find('\n') + 5, "!");
    CHECK(refusal(damaged) == "certificate 1 of the PEM text is damaged");
    CHECK(refusal("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n") ==
          "certificate 1 of the PEM text is damaged");
    CHECK(refusal(std::string(2 << 20, 'x')) == "the PEM text is larger than a megabyte");
}

TEST_CASE("certificate: errors of OpenSSL that others wait for stay in its queue") {
    ERR_clear_error();
    ERR_raise(ERR_LIB_USER, 42);
    refusal("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
    CHECK(ERR_GET_REASON(ERR_get_error()) == 42);
    CHECK(ERR_get_error() == 0);
}
