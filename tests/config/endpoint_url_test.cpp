// SPDX-License-Identifier: MIT
#include <awsxx/config/endpoint_url.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>

#include <string>

using awsxx::config::find_endpoint_url;
using awsxx::config::parse_profile_file;
using test::fake_environment;

namespace {

constexpr std::string_view config =
    "[default]\n"
    "services = local\n"
    "endpoint_url = http://profile\n"
    "[services local]\n"
    "sts =\n"
    "  endpoint_url = http://section\n"
    "dynamodb_streams =\n"
    "  endpoint_url = http://streams\n";

std::string url(std::string_view text, std::string_view service, const fake_environment& from) {
    const auto all = parse_profile_file(text, {}, {"/c", "/k"});
    REQUIRE(all.has_value());
    const auto& profile = all->profiles.at("default");
    const auto found = find_endpoint_url({&from, &profile}, all->services, service);
    return found ? found->value : found.error().code;
}

}  // namespace

TEST_CASE("endpoint URL: the service's variable, the general one, the section, the profile") {
    CHECK(url(config, "STS", {{"AWS_ENDPOINT_URL_STS", "http://one"}, {"AWS_ENDPOINT_URL", "x"}}) ==
          "http://one");
    CHECK(url(config, "STS", {{"AWS_ENDPOINT_URL_STS", ""}, {"AWS_ENDPOINT_URL", "http://all"}}) ==
          "http://all");
    CHECK(url(config, "STS", {}) == "http://section");
    CHECK(url(config, "S3", {}) == "http://profile");
    CHECK(url("[default]", "S3", {}) == "");
}

TEST_CASE("endpoint URL: a service's id is spelled with underscores") {
    CHECK(url(config, "DynamoDB Streams", {}) == "http://streams");
    CHECK(url(config, "DynamoDB Streams", {{"AWS_ENDPOINT_URL_DYNAMODB_STREAMS", "http://one"}}) ==
          "http://one");
}

TEST_CASE("endpoint URL: a services section that is not there is an error") {
    CHECK(url("[default]\nservices = none", "STS", {}) == "InvalidSetting");
}
