// SPDX-License-Identifier: MIT
#include <awsxx/recipes/msk_token.hpp>  // first: it must compile on its own

#include <support/catch.hpp>
#include <support/token_keys.hpp>

using namespace awsxx;

TEST_CASE("msk token: it is the presigned address in base64, with who asks behind") {
    const auto token = recipes::msk_token("us-east-1", test::token_signer());
    REQUIRE(token);
    const auto text = crypto::from_base64(token->text.expose(), crypto::base64_alphabet::url);
    REQUIRE(text);
    CHECK(*text ==
          "https://kafka.us-east-1.amazonaws.com/?Action=kafka-cluster%3AConnect" +
              test::token_tail("kafka-cluster", "900",
                               "f96794207e6c5e753931e9221f7e81759d7d68192e8e9565a3efdeb2b54f541a") +
              "&User-Agent=awsxx%2F" AWSXX_VERSION_STRING);
    CHECK(token->expires == instant(seconds(1478540373 + 900)));
}

TEST_CASE("msk token: what cannot be a region is refused") {
    for (const char* region : {"", "a/b", "a b", "a#"})
        CHECK_FALSE(recipes::msk_token(region, test::token_signer()));
}
