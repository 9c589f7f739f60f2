// SPDX-License-Identifier: MIT
#include <awsxx/runtime/explanation.hpp>

#include <support/catch.hpp>

#include <sstream>
#include <string>

using namespace awsxx;

namespace {

constexpr instant expiry{milliseconds{1'767'229'200'000}};

}  // namespace

TEST_CASE("explanation: settings are told with their sources") {
    const explanation what{.settings = {{"region", "eu-west-1", "AWS_REGION"},
                                        {"retry_mode", "standard", ""},
                                        {"region", "", "nowhere"}}};
    CHECK(to_string(what) ==
          "settings\n"
          "  region = eu-west-1  (AWS_REGION)\n"
          "  retry_mode = standard  (default)\n"
          "  region = -  (nowhere)\n"
          "credentials\n");
}

TEST_CASE("explanation: each identity is told with key, times and failures") {
    const explanation what{.identities = {{.access_key_id = "ASIA",
                                           .account_id = "111122223333",
                                           .source = "AssumeRole audit",
                                           .temporary = true,
                                           .expiration = expiry,
                                           .next_refresh = expiry,
                                           .left_alone_until = expiry,
                                           .last_failure = "STS AssumeRole: Throttling"}}};
    CHECK(to_string(what) ==
          "settings\n"
          "credentials\n"
          "  AssumeRole audit\n"
          "    access key ASIA, temporary, account 111122223333\n"
          "    expires 2026-01-01T01:00:00Z\n"
          "    renewed from 2026-01-01T01:00:00Z\n"
          "    source left alone until 2026-01-01T01:00:00Z\n"
          "    last failure: STS AssumeRole: Throttling\n");
}

TEST_CASE("explanation: what was not fetched yet, and what lasts for ever, is said so") {
    const explanation what{
        .identities = {
            {},
            {.source = "AssumeRole audit"},
            {.access_key_id = "AKID", .source = "environment", .next_refresh = instant::max()}}};
    CHECK(to_string(what) ==
          "settings\n"
          "credentials\n"
          "  no credentials fetched yet\n"
          "  AssumeRole audit\n"
          "    not fetched yet\n"
          "  environment\n"
          "    access key AKID, long-lived\n");
}

TEST_CASE("explanation: sources that are not used, warnings and problems are told") {
    const explanation what{
        .identities = {{.access_key_id = "AKID",
                        .source = "environment",
                        .others = {{"profile", "not asked, for environment has some"}}}},
        .warnings = {"AWS_REGION and AWS_DEFAULT_REGION differ"},
        .problem = "/h/.aws/config:2: no ="};
    CHECK(to_string(what) ==
          "settings\n"
          "  problem: /h/.aws/config:2: no =\n"
          "credentials\n"
          "  environment\n"
          "    access key AKID, long-lived\n"
          "    not from profile: not asked, for environment has some\n"
          "warning: AWS_REGION and AWS_DEFAULT_REGION differ\n");
}

TEST_CASE("explanation: can be written to a stream") {
    std::ostringstream out;
    out << explanation{};
    CHECK(out.str() == to_string(explanation{}));
}
