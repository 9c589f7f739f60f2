// SPDX-License-Identifier: MIT
#include <awsxx/auth/sigv4a_key.hpp>  // first: it must compile on its own

#include <awsxx/crypto/encode.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;

TEST_CASE("sigv4a key: the published access key has the published key pair") {
    const auto key =
        auth::derive_sigv4a_key("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    REQUIRE(key);
    CHECK(crypto::to_hex(key->x()) ==
          "b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1");
    CHECK(crypto::to_hex(key->y()) ==
          "865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518");
}

TEST_CASE("sigv4a key: numbers beyond the curve are passed over") {
    namespace own = auth::detail::sigv4a_key;
    crypto::sha256_digest number = own::largest;
    CHECK_FALSE(own::exceeds_largest(number));
    own::increment(number);
    CHECK(own::exceeds_largest(number));
    number.fill(0xff);
    CHECK(own::exceeds_largest(number));
    number = own::largest;
    number[4] = 1;  // larger, though smaller bytes follow
    number[31] = 0;
    CHECK(own::exceeds_largest(number));
    number = own::largest;
    number[0] = 0;  // smaller, though larger bytes follow
    number[31] = 0xff;
    CHECK_FALSE(own::exceeds_largest(number));
}

TEST_CASE("sigv4a key: adding one carries") {
    crypto::sha256_digest number{};
    number[30] = 1;
    number[31] = 0xff;
    auth::detail::sigv4a_key::increment(number);
    CHECK(number[30] == 2);
    CHECK(number[31] == 0);
}

TEST_CASE("sigv4a key: keys are remembered for access key and secret") {
    auth::sigv4a_keys known;
    const auto x = [&](const char* id, const char* secret_key) {
        const auto key = known.find(id, secret_key);
        REQUIRE(key);
        return key->x();
    };
    const std::string first = x("AKID", "one");
    CHECK(x("AKID", "two") != first);
    CHECK(x("AKIE", "one") != first);
    for (const char* other : {"a", "b", "c", "d", "e"}) x(other, "one");
    CHECK(x("AKID", "one") == first);
    CHECK(x("AKID", "one") == first);
}

TEST_CASE("sigv4a key: a secret that is none is refused and not repeated") {
    for (const char* wrong : {"", "line\nbreak"}) {
        const auto key = auth::derive_sigv4a_key("AKID", wrong);
        REQUIRE_FALSE(key);
        CHECK(key.error().code == "CannotSign");
        CHECK(key.error().message.find("break\n") == std::string::npos);
    }
}
