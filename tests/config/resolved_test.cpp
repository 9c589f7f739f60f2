// SPDX-License-Identifier: MIT
#include <awsxx/config/resolved.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>

#include <memory>
#include <string>
#include <vector>

using awsxx::error_kind;
using awsxx::config::choices;
using awsxx::config::resolve;
using test::fake_environment;
using test::fake_files;

namespace {

const fake_files no_files;

auto resolved(fake_environment variables, const fake_files& files = no_files, choices code = {}) {
    variables.set("HOME", "/h");
    return resolve(std::move(code), std::make_shared<fake_environment>(std::move(variables)),
                   files);
}

fake_files config(std::string text) { return {{"/h/.aws/config", std::move(text)}}; }

}  // namespace

TEST_CASE("resolved: nothing set gives the defaults and no region") {
    const auto all = *resolved({});
    CHECK(all->profile_name.value == "default");
    CHECK(all->profile() == nullptr);
    CHECK_FALSE(all->fips.value);
    CHECK_FALSE(all->max_attempts.has_value());
    CHECK(all->correct_clock_skew.value);
    CHECK(all->retry_mode.value == "standard");
    CHECK(all->region().error().code == "MissingRegion");
    CHECK_FALSE(*all->endpoint_url("STS"));
    CHECK(all->warnings.empty());
}

TEST_CASE("resolved: settings of the selected profile, each with its place") {
    const auto all =
        *resolved({{"AWS_PROFILE", "dev"}}, config("[profile dev]\n"
                                                   "region = eu-west-1\n"
                                                   "max_attempts = 7\n"
                                                   "use_fips_endpoint = true\n"
                                                   "disable_clock_skew_correction=TRUE\n"
                                                   "sdk_ua_app_id = billing\n"
                                                   "ca_bundle = ~/ca.pem\n"
                                                   "endpoint_url = http://here\n"));
    CHECK(all->profile_name.source == "AWS_PROFILE");
    CHECK(all->region()->value == "eu-west-1");
    CHECK(all->region()->source == "/h/.aws/config:2");
    CHECK(all->max_attempts == 7);
    CHECK(all->fips.value);
    CHECK(all->fips.source == "/h/.aws/config:4");
    CHECK_FALSE(all->correct_clock_skew.value);
    CHECK(all->app_id.value == "billing");
    CHECK(all->ca_bundle.value == "/h/ca.pem");
    CHECK(all->endpoint_url("STS")->source == "/h/.aws/config:8");
}

TEST_CASE("resolved: AWS_PROFILE goes before AWS_DEFAULT_PROFILE, code before both") {
    const fake_files files = config("[profile a]\n[profile b]\n[profile c]\n");
    CHECK((*resolved({{"AWS_DEFAULT_PROFILE", "b"}}, files))->profile_name.value == "b");
    const fake_environment both{{"AWS_PROFILE", "a"}, {"AWS_DEFAULT_PROFILE", "b"}};
    CHECK((*resolved(both, files))->profile_name.value == "a");
    CHECK((*resolved(both, files, {.profile = "c"}))->profile_name.source == "code");
}

TEST_CASE("resolved: a profile that is asked for has to exist") {
    const auto missing = resolved({{"AWS_PROFILE", "dev"}}, config("[default]"));
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().kind == error_kind::configuration);
    CHECK(missing.error().code == "ProfileNotFound");
    CHECK(missing.error().message.find("dev (from AWS_PROFILE)") != std::string::npos);
    CHECK(missing.error().message.find("/h/.aws/config") != std::string::npos);
}

TEST_CASE("resolved: what cannot be is an error that says where it stands") {
    CHECK(resolved({{"AWS_MAX_ATTEMPTS", "0"}}).error().message.find("AWS_MAX_ATTEMPTS") !=
          std::string::npos);
    CHECK(resolved({}, no_files, {.max_attempts = -1}).error().message.find("code") !=
          std::string::npos);
    CHECK(resolved({{"AWS_RETRY_MODE", "eager"}}).error().code == "InvalidSetting");
    CHECK(resolved({{"AWS_USE_FIPS_ENDPOINT", "1"}}).error().code == "InvalidSetting");
    CHECK(resolved({{"AWS_REGION", "a.b"}}).error().code == "InvalidSetting");
    CHECK(resolved({}, config("[x]\nregion")).error().message.find("/h/.aws/config:2") == 0);
    CHECK((*resolved({}, config("[default]\nuse_fips_endpoint = 1")))->warnings.size() == 1);
}

TEST_CASE("resolved: a pseudo region turns FIPS hosts on") {
    const auto all = *resolved({{"AWS_REGION", "us-east-1-fips"}});
    CHECK(all->region()->value == "us-east-1");
    CHECK(all->fips.value);
    CHECK(all->fips.source == "AWS_REGION");
}

TEST_CASE("resolved: endpoint URLs from code beat all, and only they cannot be ignored") {
    const fake_environment here{{"AWS_ENDPOINT_URL", "http://env"}};
    const choices code{.endpoint_url = "http://code", .endpoint_urls = {{"S3", "http://s3"}}};
    const auto chosen = *resolved(here, no_files, code);
    CHECK(chosen->endpoint_url("S3")->value == "http://s3");
    CHECK(chosen->endpoint_url("STS")->value == "http://code");
    for (const char* key : {"CloudWatch Logs", "cloudwatch logs", "cloudwatch_logs"})
        CHECK((*resolved(here, no_files, {.endpoint_urls = {{key, "http://logs"}}}))
                  ->endpoint_url("CloudWatch Logs")
                  ->value == "http://logs");
    CHECK((*resolved(here))->endpoint_url("STS")->source == "AWS_ENDPOINT_URL");

    fake_environment ignoring = here;
    ignoring.set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    CHECK_FALSE(*(*resolved(ignoring))->endpoint_url("STS"));
    CHECK((*resolved(ignoring, no_files, code))->endpoint_url("STS")->value == "http://code");
}

TEST_CASE("resolved: proxies come from the usual variables, but not from a stranger") {
    const fake_environment here{{"HTTP_PROXY", "http://h"},
                                {"HTTPS_PROXY", "http://upper"},
                                {"https_proxy", "http://lower"},
                                {"NO_PROXY", "x"}};
    CHECK((*resolved(here))->proxies.http == "http://h");
    CHECK((*resolved(here))->proxies.https == "http://lower");
    CHECK((*resolved(here))->proxies.none == "x");

    fake_environment cgi = here;
    cgi.set("REQUEST_METHOD", "GET");
    CHECK((*resolved(cgi))->proxies.http.empty());

    awsxx::http::proxy_settings direct;
    CHECK((*resolved(here, no_files, {.proxies = direct}))->proxies.https.empty());
}

TEST_CASE("resolved: each file is read once") {
    const fake_files files = config("[default]\nregion = eu-west-1");
    const auto all = *resolved({}, files);
    CHECK(all->region().has_value());
    CHECK(all->endpoint_url("STS").has_value());
    CHECK(files.reads == 2);
}

TEST_CASE("resolved: defaults modes are known by name, others refused") {
    CHECK((*resolved({}))->defaults_mode.value == "standard");
    CHECK((*resolved({{"AWS_DEFAULTS_MODE", "In-Region"}}))->defaults_mode.value == "in-region");
    const auto odd = resolved({}, config("[default]\ndefaults_mode = fast\n"));
    REQUIRE_FALSE(odd);
    CHECK(odd.error().message.find("config:2") != std::string::npos);
}

TEST_CASE("resolved: the retry mode comes from code, environment or profile") {
    const fake_files files = config("[default]\nretry_mode = Adaptive\n");
    CHECK((*resolved({}, files))->retry_mode.value == "adaptive");
    CHECK((*resolved({}, files))->warnings.empty());
    CHECK((*resolved({{"AWS_RETRY_MODE", "STANDARD"}}, files))->retry_mode.value == "standard");
    const auto chosen = *resolved({{"AWS_RETRY_MODE", "standard"}}, files,
                                  {.retry_mode = awsxx::retry_mode::adaptive});
    CHECK(chosen->retry_mode.value == "adaptive");
    CHECK(chosen->retry_mode.source == "code");
}

TEST_CASE("resolved: the retry mode of old is said to be treated as standard") {
    const auto all = *resolved({{"AWS_RETRY_MODE", "legacy"}});
    CHECK(all->warnings == std::vector<std::string>{
                               "retry mode legacy (from AWS_RETRY_MODE) is treated as standard"});
}

TEST_CASE("resolved: spaces around keys in the environment are told of, not the keys") {
    const auto all = *resolved({{"AWS_ACCESS_KEY_ID", "AKID"},
                                {"AWS_SECRET_ACCESS_KEY", "planted\n"},
                                {"AWS_SESSION_TOKEN", " "}});
    CHECK(all->warnings == std::vector<std::string>{"the spaces or line ends around "
                                                    "AWS_SECRET_ACCESS_KEY are left out"});
}

TEST_CASE("resolved: two variables that name different profiles are worth a warning") {
    const fake_files files = config("[profile a]\n[profile b]\n");
    const fake_environment both{{"AWS_PROFILE", "a"}, {"AWS_DEFAULT_PROFILE", "b"}};
    CHECK(
        (*resolved(both, files))->warnings ==
        std::vector<std::string>{"AWS_PROFILE and AWS_DEFAULT_PROFILE differ; the first is used"});
    CHECK((*resolved(both, files, {.profile = "a"}))->warnings.empty());
    const fake_environment same{{"AWS_PROFILE", "a"}, {"AWS_DEFAULT_PROFILE", "a"}};
    CHECK((*resolved(same, files))->warnings.empty());
}
