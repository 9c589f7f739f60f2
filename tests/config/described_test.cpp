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

std::vector<described_setting> described(fake_environment variables, const std::string& config = "",
                                         config::choices code = {}) {
    variables.set("HOME", "/h");
    const test::fake_files files{{"/h/.aws/config", config}};
    return config::describe(**config::resolve(
        std::move(code), std::make_shared<fake_environment>(std::move(variables)), files));
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
                               "", {.endpoint_url = "https://127.0.0.1:9000"});
    CHECK(find(all, "https proxy").value == "http://[redacted]@proxy:3128");
    CHECK(find(all, "http proxy").value == "[redacted]@proxy");
    CHECK(find(all, "no proxy").value == "localhost");
    CHECK(find(all, "endpoint_url").value == "https://127.0.0.1:9000");
    for (const auto& one : all) CHECK(one.value.find("planted") == std::string::npos);
}
