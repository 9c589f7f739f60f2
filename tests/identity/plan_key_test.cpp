// SPDX-License-Identifier: MIT
#include <awsxx/identity/plan_key.hpp>

#include <support/catch.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

std::string key_of(const settings& chosen) {
    return plan_keys({.settings = chosen, .keys = {}, .provider = {}, .roles = {}})->back();
}
std::string key_of(const assume_role_options& role, std::optional<std::string> region = {}) {
    session_plan plan;
    plan.settings.region = std::move(region);
    plan.roles = {role};
    return plan_keys(plan)->back();
}
std::string key_of(const credentials& keys) {
    return plan_keys({.settings = {}, .keys = keys, .provider = {}, .roles = {}})->back();
}

constexpr const char* role_a = "arn:aws:iam::111122223333:role/a";

}  // namespace

TEST_CASE("plan key: each role adds to the key of those before it") {
    session_plan plan;
    plan.roles = {{.role_arn = role_a}, {.role_arn = role_a}};
    const auto keys = *plan_keys(plan);

    REQUIRE(keys.size() == 3);
    CHECK(keys[1].starts_with(keys[0]));
    CHECK(keys[2].starts_with(keys[1]));
    plan.roles.pop_back();
    CHECK(plan_keys(plan)->back() == keys[1]);
}

TEST_CASE("plan key: no secret is in it, but different secrets are different keys") {
    const credentials keys{.access_key_id = "AKID",
                           .secret_access_key = "planted-secret-1",
                           .session_token = "planted-secret-2"};
    credentials other = keys;
    other.secret_access_key = "planted-secret-3";
    session_plan plan{.settings = {}, .keys = keys, .provider = {}, .roles = {}};
    plan.settings.proxies = http::proxy_settings{.https = "http://me:planted-secret-4@proxy:1"};
    plan.settings.endpoint_url = "https://me:planted-secret-5@host";
    plan.roles = {{.role_arn = role_a, .token_code = "planted-secret-6"}};
    plan.roles.back().provided_contexts = {
        {.provider_arn = "arn:aws:iam::aws:contextProvider/IdentityCenter",
         .context_assertion = "planted-secret-7"}};

    CHECK(plan_keys(plan)->back().find("planted") == std::string::npos);
    CHECK(key_of(keys) == key_of(credentials(keys)));
    CHECK(key_of(keys) != key_of(other));
}

TEST_CASE("plan key: what means the same is the same") {
    using role = assume_role_options;
    CHECK(key_of(settings{.endpoint_url = "HTTPS://Sts.Example:443"}) ==
          key_of(settings{.endpoint_url = "https://sts.example/"}));
    CHECK(key_of(settings{.ca_bundle = "./etc//ca.pem"}) ==
          key_of(settings{.ca_bundle = "etc/ca.pem"}));
    CHECK(key_of(settings{.call_timeout = -1s}) == key_of(settings{}));
    CHECK(key_of(settings{.refresh = {.advisory = -1s, .mandatory = {}}}) ==
          key_of(settings{.refresh = {.advisory = 0s, .mandatory = {}}}));
    const auto read = credentials_files::use::read;
    CHECK(key_of(settings{.credentials_cache = {.mode = read}}) ==
          key_of(settings{.credentials_cache = {.mode = read, .folder = "~/.aws/cli/cache/"}}));
    CHECK(key_of(settings{.credentials_cache = {.folder = "/unused"}}) == key_of(settings{}));
    CHECK(key_of(role{.role_arn = role_a}) ==
          key_of(role{.role_arn = role_a, .duration_seconds = 3600}));
    CHECK(key_of(role{.role_arn = role_a, .place = "a.cpp:1"}) == key_of(role{.role_arn = role_a}));
    CHECK(key_of(role{.role_arn = role_a}, "eu-west-1") ==
          key_of(role{.role_arn = role_a, .region = "eu-west-1"}, "eu-west-1"));
    CHECK(key_of(role{.role_arn = role_a, .policy = R"({"b": [1, 2], "a":"A"})"}) ==
          key_of(role{.role_arn = role_a, .policy = R"({"a":"\u0041","b":[1,2]})"}));
    CHECK(key_of(role{.role_arn = role_a, .tags = {{.key = "a", .value = "1"}, {.key = "b"}}}) ==
          key_of(role{.role_arn = role_a, .tags = {{.key = "b"}, {.key = "a", .value = "1"}}}));
    CHECK(key_of(role{.role_arn = role_a, .transitive_tag_keys = {"a", "b"}}) ==
          key_of(role{.role_arn = role_a, .transitive_tag_keys = {"b", "a"}}));
}

TEST_CASE("plan key: an empty profile or URL chooses nothing") {
    CHECK(key_of(settings{.profile = ""}) == key_of(settings{}));
    CHECK(key_of(settings{.endpoint_url = ""}) == key_of(settings{}));
    CHECK(key_of(settings{.endpoint_urls = {{"S3", ""}}}) == key_of(settings{}));
    CHECK(key_of(settings{.endpoint_urls = {{"S3", ""}, {"STS", "https://h"}}}) ==
          key_of(settings{.endpoint_urls = {{"STS", "https://h"}}}));
    CHECK(key_of(settings{.region = "", .auth_schemes = ""}) == key_of(settings{}));
}

TEST_CASE("plan key: what does not is not") {
    using role = assume_role_options;
    CHECK(key_of(settings{.region = "a"}) != key_of(settings{.profile = "a"}));
    CHECK(key_of(settings{.use_fips = false}) != key_of(settings{}));
    CHECK(key_of(settings{.s3 = {.payload_signing = false}}) != key_of(settings{}));
    CHECK(key_of(settings{.endpoint_url = "http://h:443"}) !=
          key_of(settings{.endpoint_url = "https://h:443"}));
    CHECK(key_of(settings{.ca_bundle = "/ca.pem"}) != key_of(settings{.ca_bundle = "ca.pem"}));
    CHECK(key_of(role{.role_arn = role_a, .role_session_name = "bc"}) !=
          key_of(role{.role_arn = std::string(role_a) + "b", .role_session_name = "c"}));
    CHECK(key_of(role{.role_arn = role_a, .policy = R"({"a":1,"a":2})"}) !=
          key_of(role{.role_arn = role_a, .policy = R"({"a":2})"}));
    CHECK(key_of(role{.role_arn = role_a, .tags = {{.key = "a", .value = "b"}}}) !=
          key_of(role{.role_arn = role_a, .tags = {{.key = "b", .value = "a"}}}));
    CHECK(key_of(role{.role_arn = role_a, .region = "eu-west-1"}, "eu-west-2") !=
          key_of(role{.role_arn = role_a}, "eu-west-2"));
}

TEST_CASE("plan key: functions cannot be compared, and keys come from one place") {
    session_plan plan;
    plan.settings.mfa = [](const mfa_request&) { return expected<secret>(secret("123456")); };
    CHECK(plan_keys(plan).error().code == "NotComparable");
    plan.settings.mfa = {};
    plan.settings.observer.note = [](channel, std::string_view) {};
    CHECK(plan_keys(plan).error().code == "NotComparable");
}
