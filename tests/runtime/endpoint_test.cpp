// SPDX-License-Identifier: MIT
#include <awsxx/runtime/endpoint.hpp>

#include <awsxx/runtime/global_services.hpp>
#include <awsxx/services/organizations.hpp>
#include <awsxx/services/sso.hpp>
#include <awsxx/services/sts.hpp>

#include <support/catch.hpp>

#include <string>

using awsxx::error_kind;
using awsxx::runtime::endpoint_inputs;
using awsxx::runtime::resolve_endpoint;

namespace {

constexpr awsxx::model::service plain{.id = "Plain", .endpoint_prefix = "plain"};
constexpr const awsxx::model::service& sts = awsxx::sts::service_traits;
constexpr const awsxx::model::service& sso = awsxx::sso::service_traits;
constexpr const awsxx::model::service& organizations = awsxx::organizations::service_traits;

/// "URL for signing-name in signing-region", or the code of the error.
std::string found(const awsxx::model::service& service, const endpoint_inputs& from) {
    const auto at = resolve_endpoint(service, from);
    if (!at) return at.error().code;
    return to_string(at->base) + " for " + at->signing_name + " in " + at->signing_region;
}

}  // namespace

TEST_CASE("endpoint: a regional service has a host in each region") {
    CHECK(found(sts, {.region = "eu-west-1"}) ==
          "https://sts.eu-west-1.amazonaws.com/ for sts in eu-west-1");
    CHECK(found(sts, {.region = "cn-north-1"}) ==
          "https://sts.cn-north-1.amazonaws.com.cn/ for sts in cn-north-1");
    CHECK(found(sso, {.region = "us-gov-west-1"}) ==
          "https://portal.sso.us-gov-west-1.amazonaws.com/ for awsssoportal in us-gov-west-1");
}

TEST_CASE("endpoint: FIPS and dual-stack hosts are chosen by flags") {
    const auto host = [](const std::string& region, bool fips, bool dual) {
        return resolve_endpoint(sts, {.region = region, .fips = fips, .dual_stack = dual})
            ->base.host;
    };
    CHECK(host("us-east-2", true, false) == "sts-fips.us-east-2.amazonaws.com");
    CHECK(host("us-east-2", false, true) == "sts.us-east-2.api.aws");
    CHECK(host("us-east-2", true, true) == "sts-fips.us-east-2.api.aws");
    CHECK(host("us-gov-east-1", true, false) == "sts.us-gov-east-1.amazonaws.com");
    CHECK(host("us-gov-east-1", true, true) == "sts-fips.us-gov-east-1.api.aws");
    CHECK(host("cn-north-1", true, true) == "sts-fips.cn-north-1.api.amazonwebservices.com.cn");
}

TEST_CASE("endpoint: a service without regions has one host a partition") {
    CHECK(found(organizations, {.region = "eu-west-1"}) ==
          "https://organizations.us-east-1.amazonaws.com/ for organizations in us-east-1");
    CHECK(found(organizations, {.region = "cn-north-1"}) ==
          "https://organizations.cn-northwest-1.amazonaws.com.cn/ for organizations in "
          "cn-northwest-1");
    CHECK(found(organizations, {.region = "us-gov-east-1"}) ==
          "https://organizations.us-gov-west-1.amazonaws.com/ for organizations in us-gov-west-1");
    CHECK(found(organizations, {.region = "eu-west-1", .fips = true}) ==
          "https://organizations-fips.us-east-1.amazonaws.com/ for organizations in us-east-1");
}

TEST_CASE("endpoint: a pseudo region stands for the partition as a whole") {
    CHECK(found(sts, {.region = "aws-global"}) ==
          "https://sts.amazonaws.com/ for sts in us-east-1");
    CHECK(found(organizations, {.region = "aws-cn-global"}) ==
          "https://organizations.cn-northwest-1.amazonaws.com.cn/ for organizations in "
          "cn-northwest-1");
    CHECK(found(sts, {.region = "aws-global", .url = "http://localhost"}) ==
          "http://localhost/ for sts in us-east-1");
}

TEST_CASE("endpoint: a URL of one's own replaces the host and keeps its path") {
    CHECK(found(sts, {.region = "eu-west-1", .url = "http://127.0.0.1:7480"}) ==
          "http://127.0.0.1:7480/ for sts in eu-west-1");
    CHECK(found(sts, {.region = "eu-west-1", .url = "https://gate.example/aws/sts//"}) ==
          "https://gate.example/aws/sts for sts in eu-west-1");
    CHECK(resolve_endpoint(sts, {.region = "eu-west-1", .url = "http://localhost"})->custom);
}

TEST_CASE("endpoint: flags give way to a URL unless both are in the code") {
    endpoint_inputs from{.region = "eu-west-1", .fips = true, .url = "https://gate.example"};
    CHECK(found(sts, from) == "https://gate.example/ for sts in eu-west-1");
    from.flags_from_code = true;
    CHECK(found(sts, from) == "InvalidEndpoint");
}

TEST_CASE("endpoint: what cannot be an address says where it was set") {
    const auto failure = [](const std::string& url) {
        return resolve_endpoint(
                   sts, {.region = "eu-west-1", .url = url, .url_source = "AWS_ENDPOINT_URL"})
            .error();
    };
    CHECK(failure("localhost:8000").kind == error_kind::configuration);
    CHECK(failure("localhost:8000").message.find("AWS_ENDPOINT_URL") != std::string::npos);
    CHECK(failure("https://gate.example/?a=b").message.find("query") != std::string::npos);
    CHECK(failure("https://gate.example/?").message.find("query") != std::string::npos);
    CHECK(failure("https://user:word@gate.example").message.find("word@") == std::string::npos);
}

TEST_CASE("endpoint: a region that could change the host is refused, with its source") {
    for (const std::string region : {"us-east-1.evil.example", "a b", "-x", "x/", "x#", "é"}) {
        const auto refused =
            resolve_endpoint(sts, {.region = region, .region_source = "profile dev"});
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == "InvalidRegion");
        CHECK(refused.error().message.find("profile dev") != std::string::npos);
    }
    CHECK(found(sts, {}) == "MissingRegion");
}

TEST_CASE("endpoint: a service without rules has the standard ones") {
    CHECK(found(plain, {.region = "eu-west-1"}) ==
          "https://plain.eu-west-1.amazonaws.com/ for plain in eu-west-1");
    CHECK(found(plain, {.region = "eu-west-1", .fips = true, .dual_stack = true}) ==
          "https://plain-fips.eu-west-1.api.aws/ for plain in eu-west-1");
}

TEST_CASE("endpoint: a service that a partition has once is asked for by its name alone") {
    const auto host = [](std::string_view name, const std::string& region, bool fips = false) {
        const auto* const known = awsxx::runtime::find_global_service(name);
        REQUIRE(known != nullptr);
        const awsxx::model::service service{
            .id = name, .endpoint_prefix = name, .rules = {known->rules, name}};
        return found(service, {.region = region, .fips = fips});
    };
    CHECK(host("iam", "eu-west-1") == "https://iam.amazonaws.com/ for iam in us-east-1");
    CHECK(host("iam", "cn-north-1") ==
          "https://iam.cn-northwest-1.amazonaws.com.cn/ for iam in cn-northwest-1");
    CHECK(host("route53", "eu-west-1", true) ==
          "https://route53-fips.us-east-1.amazonaws.com/ for route53 in us-east-1");
    CHECK(host("shield", "eu-west-1") ==
          "https://shield.us-east-1.amazonaws.com/ for shield in us-east-1");
}
