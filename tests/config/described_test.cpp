// SPDX-License-Identifier: MIT
#include <awsxx/config/described.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

using namespace awsxx;
using config::described_setting;
using test::fake_environment;

namespace {

config::description examined(fake_environment variables, const std::string& config = "",
                             config::choices code = {}) {
    variables.set("HOME", "/h");
    const test::fake_files files{{"/h/.aws/config", config}};
    return config::describe(*config::examine(
        std::move(code), std::make_shared<fake_environment>(std::move(variables)), files));
}
std::vector<described_setting> described(fake_environment variables, const std::string& config = "",
                                         config::choices code = {}) {
    return examined(std::move(variables), config, std::move(code)).settings;
}

described_setting find(const std::vector<described_setting>& all, std::string_view name) {
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
    return at == all.end() ? described_setting{"none", "", ""} : *at;
}

}  // namespace

TEST_CASE("described settings: each has its value and the place it comes from") {
    const auto all =
        described({{"AWS_USE_FIPS_ENDPOINT", "true"}},
                  "[default]\nregion = eu-west-1\nmax_attempts = 5\n", {.app_id = "shop"});
    CHECK(find(all, "region").value == "eu-west-1");
    CHECK(find(all, "region").source == "/h/.aws/config:2");
    CHECK(find(all, "max_attempts").source == "/h/.aws/config:3");
    CHECK(find(all, "use_fips_endpoint").value == "true");
    CHECK(find(all, "use_fips_endpoint").source == "AWS_USE_FIPS_ENDPOINT");
    CHECK(find(all, "sdk_ua_app_id").source == "code");
    CHECK(find(all, "config file").value == "/h/.aws/config");
}

TEST_CASE("described settings: defaults have no source, and what is not set may be left out") {
    const auto all = described({});
    CHECK(find(all, "profile").value == "default");
    CHECK(find(all, "profile").source.empty());
    CHECK(find(all, "retry_mode").value == "standard");
    CHECK(find(all, "clock skew correction").value == "true");
    CHECK(find(all, "max_attempts").name == "none");
    CHECK(find(all, "endpoint_url").name == "none");
}

TEST_CASE("described settings: what somebody has chosen for hosts is told, the rest is not") {
    const auto all = described(
        {{"AWS_S3_USE_ARN_REGION", "true"}, {"AWS_ACCOUNT_ID_ENDPOINT_MODE", "required"}},
        "[default]\ns3 =\n  addressing_style = path\n", {.hosts = {.disable_host_prefix = true}});
    CHECK(find(all, "s3_use_arn_region").value == "true");
    CHECK(find(all, "s3_use_arn_region").source == "AWS_S3_USE_ARN_REGION");
    CHECK(find(all, "account_id_endpoint_mode").value == "required");
    CHECK(find(all, "s3.addressing_style").value == "path");
    CHECK(find(all, "s3.addressing_style").source == "/h/.aws/config:2");
    CHECK(find(all, "disable_host_prefix_injection").source == "code");
    CHECK(find(all, "s3_use_accelerate_endpoint").name == "none");
}

TEST_CASE("described settings: a missing region tells where it was looked for") {
    const auto region = find(described({}), "region");
    CHECK(region.value.empty());
    CHECK(region.source.find("AWS_REGION") != std::string::npos);
}

TEST_CASE("described settings: queries of URLs are left out") {
    const auto all = described({}, "", {.endpoint_url = "http://127.0.0.1/x?t=planted"});
    CHECK(find(all, "endpoint_url").value == "http://127.0.0.1/x?[redacted]");
}

TEST_CASE("described settings: passwords in URLs are left out") {
    const auto all = described({{"HTTPS_PROXY", "http://me:planted@proxy:3128"},
                                {"http_proxy", "me:planted@proxy"},
                                {"NO_PROXY", "localhost"}},
                               "", {.endpoint_url = "https://127.0.0.1:9000?key=planted"});
    CHECK(find(all, "https proxy").value == "http://[redacted]@proxy:3128");
    CHECK(find(all, "http proxy").value == "[redacted]@proxy");
    CHECK(find(all, "no proxy").value == "localhost");
    CHECK(find(all, "endpoint_url").value == "https://127.0.0.1:9000?[redacted]");
    for (const auto& one : all) CHECK(one.value.find("planted") == std::string::npos);
}

TEST_CASE("described settings: URLs of single services are told with the places they come from") {
    const auto all =
        described({{"AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1"}, {"AWS_ENDPOINT_URL_EMPTY", " "}},
                  "[default]\nendpoint_url = http://127.0.0.1:2\nservices = mine\n"
                  "[services mine]\nsts =\n  endpoint_url = http://127.0.0.1:3\n"
                  "dynamodb_streams =\n  endpoint_url = http://127.0.0.1:4\n",
                  {.endpoint_urls = {{"Elastic Beanstalk", "http://127.0.0.1:5"}}});
    CHECK(find(all, "services").value == "mine");
    CHECK(find(all, "services").source == "/h/.aws/config:3");
    CHECK(find(all, "endpoint_url").value == "http://127.0.0.1:2");
    CHECK(find(all, "endpoint_url of sts").value == "http://127.0.0.1:1");
    CHECK(find(all, "endpoint_url of sts").source == "AWS_ENDPOINT_URL_STS");
    CHECK(find(all, "endpoint_url of dynamodb_streams").source == "/h/.aws/config:7");
    CHECK(find(all, "endpoint_url of elastic_beanstalk").source == "code");
    CHECK(find(all, "endpoint_url of empty").name == "none");
}

TEST_CASE("described settings: URLs that are not followed are not told, but why") {
    const std::string config =
        "[default]\nservices = mine\n[services mine]\nsts =\n  endpoint_url = http://127.0.0.1:3\n";
    const auto ignored = described({{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"}}, config);
    CHECK(find(ignored, "ignore_configured_endpoint_urls").value == "true");
    CHECK(find(ignored, "ignore_configured_endpoint_urls").source ==
          "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
    CHECK(find(ignored, "endpoint_url of sts").name == "none");

    const auto outdone = described({{"AWS_ENDPOINT_URL", "http://127.0.0.1:1"}}, config);
    CHECK(find(outdone, "endpoint_url").source == "AWS_ENDPOINT_URL");
    CHECK(find(outdone, "endpoint_url of sts").name == "none");
}

TEST_CASE("described settings: what is wrong is told, and hides nothing else") {
    const auto all = examined({{"AWS_USE_FIPS_ENDPOINT", "maybe"},
                               {"AWS_RETRY_MODE", "often"},
                               {"AWS_MAX_ATTEMPTS", "none"}},
                              "[default]\nregion = eu-west-1\nservices = gone\n"
                              "endpoint_url = http://127.0.0.1:2\n");
    REQUIRE(all.problems.size() == 4);
    CHECK(all.problems[0].message.find("AWS_USE_FIPS_ENDPOINT") != std::string::npos);
    CHECK(all.problems[3].message.find("/h/.aws/config:3") != std::string::npos);
    CHECK(find(all.settings, "region").value == "eu-west-1");
    CHECK(find(all.settings, "endpoint_url").value == "http://127.0.0.1:2");
    CHECK(find(all.settings, "max_attempts").name == "none");
}

TEST_CASE("described settings: without the profile that is asked for, the rest is told") {
    const auto all = examined({{"AWS_PROFILE", "gone"}, {"AWS_REGION", "eu-west-1"}});
    REQUIRE(all.problems.size() == 1);
    CHECK(all.problems[0].code == "ProfileNotFound");
    CHECK(find(all.settings, "region").source == "AWS_REGION");
    CHECK(find(all.settings, "profile").value == "gone");
}
