// SPDX-License-Identifier: MIT
#include <awsxx/recipes/presigned_token.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <string>

using namespace awsxx;

TEST_CASE("presigned token: an address is made of a host alone") {
    const auto target = recipes::token_address("https", "DB.example.com", 5432, "a=1");
    REQUIRE(target);
    CHECK(to_string(*target) == "https://db.example.com:5432/?a=1");
    CHECK(to_string(*recipes::token_address("https", "a.b", 443, "")) == "https://a.b/");
    for (const char* host : {"", "a/b", "a?b", "a#b", "a@b", "a:80", "a b"})
        CHECK(recipes::token_address("https", host, 1, "").error().kind ==
              error_kind::invalid_argument);
}

TEST_CASE("presigned token: it says when it stops to work") {
    http::uri target;
    target.query = "a=1&X-Amz-Date=20161107T173933Z&X-Amz-Expires=900";
    CHECK(recipes::expiration_of(target, seconds(900)) == instant(seconds(1478540373 + 900)));
    target.query = "a=1";
    CHECK(recipes::expiration_of(target, seconds(900)) == instant{});
}
