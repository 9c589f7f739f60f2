// SPDX-License-Identifier: MIT
#include <awsxx/credentials/dpop.hpp>

#include <awsxx/core/text.hpp>

#include <support/catch.hpp>
#include <support/ec_keys.hpp>

#include <string>
#include <string_view>

using namespace awsxx;

TEST_CASE("dpop: a proof is a token with the public key, the request and a signature") {
    const auto key = crypto::ec_key::from_pem(test::sec1_pem);
    REQUIRE(key);
    const auto proof = dpop_proof(*key, {.method = "POST",
                                         .url = "https://eu-west-1.signin.aws.amazon.com/v1/token",
                                         .issued_at = instant(milliseconds(1'767'225'600'999)),
                                         .id = "11111111-2222-4333-8444-555555555555"});
    REQUIRE(proof);

    const auto part = [rest = *proof](std::size_t index) {
        std::string_view left = rest;
        for (; index > 0; --index) text::take_until(left, '.');
        return *crypto::from_base64(text::take_until(left, '.'), crypto::base64_alphabet::url);
    };
    CHECK(part(0) == R"({"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC",)"
                     R"("x":"SlYv7673TZr_4SMHpHjIMFSi9yTjeTYKvms_oxHI5_s",)"
                     R"("y":"6pdxT4cbIUFWlQHXuBhQfmpaiLn5Z-pIZ-aBx_y2ChE","crv":"P-256"}})");
    CHECK(part(1) == R"({"jti":"11111111-2222-4333-8444-555555555555","htm":"POST",)"
                     R"("htu":"https://eu-west-1.signin.aws.amazon.com/v1/token",)"
                     R"("iat":1767225600})");
    CHECK(test::verifies(test::sec1_pem, proof->substr(0, proof->rfind('.')), part(2)));
}
