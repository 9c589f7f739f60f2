// SPDX-License-Identifier: MIT
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/recipes/eks_token.hpp>  // first: it must compile on its own

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>
#include <support/token_keys.hpp>

#include <string>
#include <string_view>

using namespace awsxx;

namespace {

std::string address_in(const expected<recipes::presigned_token>& token) {
    constexpr std::string_view prefix = "k8s-aws-v1.";
    REQUIRE(token);
    REQUIRE(token->text.expose().starts_with(prefix));
    return *crypto::from_base64(token->text.expose().substr(prefix.size()),
                                crypto::base64_alphabet::url);
}

}  // namespace

TEST_CASE("eks token: it asks STS who signed it, for one cluster") {
    auto keys = test::token_keys();
    keys.session_token = "tok";
    const auto token = recipes::eks_token("my-cluster", "us-east-1", test::token_signer(keys));
    const std::string address = address_in(token);
    CHECK(
        address.starts_with("https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&"
                            "Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&"));
    CHECK(address.find("&X-Amz-Expires=60&") != std::string::npos);
    CHECK(address.find("&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id&") != std::string::npos);
    // botocore's
    CHECK(address.ends_with("=1cd2227889ebe4d5f545f5a4bdcdf55790962c5fad656f051119cec3a40cfcdc"));
    CHECK(token->expires == instant(seconds(1478540373 + 14 * 60)));
}

TEST_CASE("eks token: other partitions have other hosts") {
    CHECK(address_in(recipes::eks_token("c", "cn-north-1", test::token_signer()))
              .starts_with("https://sts.cn-north-1.amazonaws.com.cn/?"));
}

TEST_CASE("eks token: STS believes a session's token") {
    const test::cloud_scene scene;
    const std::string address = address_in(recipes::eks_token("production", "", scene.base()));
    CHECK(address.starts_with("https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity"));
    http::request asked;
    asked.target = *http::parse_uri(address);
    asked.headers.add("x-k8s-aws-id", "production");
    const auto answer = scene.cloud->send(asked, {});
    REQUIRE(answer);
    CHECK(answer->body.find(test::user_arn) != std::string::npos);
}

TEST_CASE("eks token: a cluster without name and a region that is none are refused") {
    CHECK_FALSE(recipes::eks_token("", "us-east-1", test::token_signer()));
    CHECK_FALSE(recipes::eks_token("a\r\nb", "us-east-1", test::token_signer()));
    CHECK_FALSE(recipes::eks_token("c", "us east 1", test::token_signer()));
    CHECK_FALSE(recipes::eks_token("c", "", test::token_signer()));
}
