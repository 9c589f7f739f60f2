// SPDX-License-Identifier: MIT
#include <awsxx/recipes/cloudfront_policy.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <string>

using namespace awsxx;
using recipes::cloudfront_policy;

namespace {

const instant end{seconds(1426500000)};

std::string code(const cloudfront_policy& what) {
    const auto text = recipes::policy_json(what);
    return text ? *text : text.error().code;
}

}  // namespace

TEST_CASE("cloudfront policy: without blanks, in the order that CloudFront expects") {
    cloudfront_policy what{
        .resource = "http://d111111abcdef8.cloudfront.net/horizon.jpg?size=large", .expires = end};
    CHECK(recipes::is_canned(what));
    CHECK(code(what) ==
          R"({"Statement":[{"Resource":"http://d111111abcdef8.cloudfront.net/horizon.jpg?)"
          R"(size=large","Condition":{"DateLessThan":{"AWS:EpochTime":1426500000}}}]})");
}

TEST_CASE("cloudfront policy: start and viewer come behind the end") {
    const cloudfront_policy what{.resource = "http*://d1.cloudfront.net/*",
                                 .expires = end + milliseconds(999),
                                 .starts = end - seconds(10),
                                 .source_ip = "192.0.2.0/24"};
    CHECK_FALSE(recipes::is_canned(what));
    CHECK(code(what) == R"({"Statement":[{"Resource":"http*://d1.cloudfront.net/*","Condition":{)"
                        R"("DateLessThan":{"AWS:EpochTime":1426500000},)"
                        R"("DateGreaterThan":{"AWS:EpochTime":1426499990},)"
                        R"("IpAddress":{"AWS:SourceIp":"192.0.2.0/24"}}}]})");
}

TEST_CASE("cloudfront policy: what lets nobody in is refused") {
    const std::string refused = "InvalidPolicy";
    CHECK(code({.expires = end}) == refused);
    CHECK(code({.resource = "http://a/b"}) == refused);
    CHECK(code({.resource = "http://a/b", .expires = end, .starts = end}) == refused);
    CHECK(code({.resource = "http://a/b", .expires = end, .source_ip = "1.2.3.4 "}) == refused);
    for (const char* resource : {"http://a/b c", "http://a/b#c", "http://a/\"", "http://a/\\"})
        CHECK(code({.resource = resource, .expires = end}) == refused);
}
