// SPDX-License-Identifier: MIT
#include <awsxx/runtime/configuration.hpp>

#include <awsxx/services/sts.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>

#include <string>
#include <utility>

using namespace awsxx;

namespace {

/// The host that STS has in a world with a URL for all services.
std::string sts_host(settings choices) {
    choices.region = "eu-west-1";
    const test::made_up_world world({.environment = {{"AWS_ENDPOINT_URL", "http://outside"}}},
                                    std::move(choices));
    const auto found = world.from->endpoint_of(sts::service_traits, {});
    return found ? found->base.host : to_string(found.error());
}

}  // namespace

TEST_CASE("configuration: a URL in code goes before one in the environment") {
    CHECK(sts_host({}) == "outside");
    CHECK(sts_host({.endpoint_url = "http://all"}) == "all");
    CHECK(sts_host({.endpoint_url = "http://all", .endpoint_urls = {{"STS", "http://own"}}}) ==
          "own");
}

TEST_CASE("configuration: an empty URL in code hides none") {
    CHECK(sts_host({.endpoint_url = ""}) == "outside");
    CHECK(sts_host({.endpoint_urls = {{"STS", ""}}}) == "outside");
    CHECK(sts_host({.endpoint_url = "http://all", .endpoint_urls = {{"STS", ""}}}) == "all");
}

TEST_CASE("configuration: an empty name of a profile is none") {
    const test::made_up_world world({}, {.profile = ""});
    CHECK_FALSE(world.from->choices().profile.has_value());
}
