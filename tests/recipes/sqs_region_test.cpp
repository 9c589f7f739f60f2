// SPDX-License-Identifier: MIT
#include <awsxx/recipes/sqs_region.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <optional>
#include <string>
#include <string_view>

using awsxx::recipes::sqs::get_region_from_url;

namespace {

std::string at(std::string_view host) {
    const auto url = "https://" + std::string(host) + "/111122223333/orders";
    return get_region_from_url(url).value_or("-");
}

}  // namespace

TEST_CASE("sqs region: the hosts of today") {
    CHECK(at("sqs.eu-west-3.amazonaws.com") == "eu-west-3");
    CHECK(at("SQS.EU-WEST-3.amazonaws.com:443") == "eu-west-3");
    CHECK(at("sqs.us-gov-west-1.amazonaws.com") == "us-gov-west-1");
    CHECK(at("sqs.us-iso-east-1.c2s.ic.gov") == "us-iso-east-1");
    CHECK(at("sqs.eusc-de-east-1.amazonaws.eu") == "eusc-de-east-1");
    CHECK(at("sqs.nz-north-1.amazonaws.com") == "nz-north-1");
}

TEST_CASE("sqs region: the hosts of former times") {
    CHECK(at("eu-west-3.queue.amazonaws.com") == "eu-west-3");
    CHECK(at("cn-north-1.queue.amazonaws.com.cn") == "cn-north-1");
    CHECK(at("queue.amazonaws.com") == "us-east-1");
}

TEST_CASE("sqs region: FIPS, IPv6 and China") {
    CHECK(at("sqs-fips.us-east-1.amazonaws.com") == "us-east-1");
    CHECK(at("sqs.us-east-1.api.aws") == "us-east-1");
    CHECK(at("sqs-fips.us-east-1.api.aws") == "us-east-1");
    CHECK(at("sqs.cn-north-1.amazonaws.com.cn") == "cn-north-1");
    CHECK(at("sqs.cn-north-1.api.amazonwebservices.com.cn") == "cn-north-1");
}

TEST_CASE("sqs region: VPC endpoints, of a zone as well") {
    CHECK(at("vpce-0a1-b2c.sqs.us-east-1.vpce.amazonaws.com") == "us-east-1");
    CHECK(at("vpce-0a1-b2c-us-east-1a.sqs.us-east-1.vpce.amazonaws.com") == "us-east-1");
    CHECK(at("vpce-0a1-b2c.sqs.cn-north-1.vpce.amazonaws.com.cn") == "cn-north-1");
}

TEST_CASE("sqs region: other hosts tell nothing") {
    for (const std::string_view host :
         {"localhost:4566", "127.0.0.1:9324", "[::1]:9324", "sqs.eu-west-3.example.com",
          "amazonaws.com", "sqs.amazonaws.com", "sns.eu-west-3.amazonaws.com",
          "sqs.eu-west-3.evilamazonaws.com", "sqs.eu-west-3.amazonaws.com.evil.com",
          "sqs.cn-north-1.amazonaws.com", "sqs.eu-west-3.amazonaws.com.cn", "sqs.x.amazonaws.com",
          "sqs.eu-west.amazonaws.com", "sqs.eu-west-.amazonaws.com", "eu-west-3.queue.api.aws",
          "sqs-fips.queue.amazonaws.com", "a.b.sqs.eu-west-3.vpce.amazonaws.com",
          "a.sqs.eu-west-3.vpce.amazonaws.com", "vpce-0.sns.eu-west-3.vpce.amazonaws.com"})
        CHECK(at(host) == "-");
}

TEST_CASE("sqs region: what is no URL tells nothing") {
    CHECK_FALSE(get_region_from_url(""));
    CHECK_FALSE(get_region_from_url("orders"));
    CHECK_FALSE(get_region_from_url("sqs.eu-west-3.amazonaws.com/1/orders"));
    CHECK_FALSE(get_region_from_url("ftp://sqs.eu-west-3.amazonaws.com/1/orders"));
    CHECK_FALSE(get_region_from_url("https://sqs.eu-west-3.amazonaws.com:x/1/orders"));
    CHECK(get_region_from_url("http://sqs.eu-west-3.amazonaws.com") == "eu-west-3");
}
