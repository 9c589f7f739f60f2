// SPDX-License-Identifier: MIT
#include <awsxx/config/endpoint_settings.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace awsxx;

namespace {

struct scene {
    expected<config::endpoint_settings> read() {
        return config::read_endpoint_settings({&variables, &profile}, code, warnings);
    }
    void in_profile(const std::string& key, const std::string& value) {
        profile[key] = {value, std::make_shared<const std::string>("config"), 1};
    }

    test::fake_environment variables{};
    config::properties profile{};
    config::endpoint_wishes code{};
    std::vector<std::string> warnings{};
};

}  // namespace

TEST_CASE("endpoint settings: nothing set is the default of everything") {
    scene s;
    const auto all = s.read();
    REQUIRE(all);
    CHECK(all->account_endpoints == account_endpoints::preferred);
    CHECK_FALSE(all->disable_host_prefix);
    CHECK(all->s3.addressing == s3_addressing::automatic);
    CHECK_FALSE(all->s3.use_arn_region.has_value());
    CHECK_FALSE(all->s3.payload_signing.has_value());
}

TEST_CASE("endpoint settings: code goes before the environment, and that before the profile") {
    scene s;
    s.in_profile("account_id_endpoint_mode", "disabled");
    s.in_profile("s3",
                 "\naddressing_style = path\nuse_arn_region = true\npayload_signing_enabled=false");
    CHECK(s.read()->s3.payload_signing == false);
    CHECK(s.read()->account_endpoints == account_endpoints::disabled);
    CHECK(s.read()->s3.addressing == s3_addressing::path);
    CHECK(s.read()->s3.use_arn_region == true);
    s.variables.set("AWS_ACCOUNT_ID_ENDPOINT_MODE", "Required");
    s.variables.set("AWS_S3_USE_ARN_REGION", "false");
    CHECK(s.read()->account_endpoints == account_endpoints::required);
    CHECK(s.read()->s3.use_arn_region == false);
    s.code.account_endpoints = account_endpoints::preferred;
    s.code.s3.use_arn_region = true;
    CHECK(s.read()->account_endpoints == account_endpoints::preferred);
    CHECK(s.read()->s3.use_arn_region == true);
}

TEST_CASE("endpoint settings: whether services are asked where they are") {
    scene s;
    CHECK(s.read()->endpoint_discovery == endpoint_discovery::automatic);
    s.in_profile("endpoint_discovery_enabled", "True");
    CHECK(s.read()->endpoint_discovery == endpoint_discovery::enabled);
    s.variables.set("AWS_ENDPOINT_DISCOVERY_ENABLED", "auto");  // botocore's name
    CHECK(s.read()->endpoint_discovery == endpoint_discovery::automatic);
    s.variables.set("AWS_ENABLE_ENDPOINT_DISCOVERY", "false");
    CHECK(s.read()->endpoint_discovery == endpoint_discovery::disabled);
    s.code.endpoint_discovery = endpoint_discovery::automatic;
    CHECK(s.read()->endpoint_discovery == endpoint_discovery::automatic);
    REQUIRE(s.read()->told.size() == 1);
    CHECK(s.read()->told[0].name == "endpoint_discovery_enabled");
    CHECK(s.read()->told[0].value == "auto");
}

TEST_CASE("endpoint settings: schemes that are preferred, and regions to sign for") {
    scene s;
    CHECK(s.read()->auth_schemes.empty());
    s.in_profile("auth_scheme_preference", "sigv4");
    s.in_profile("sigv4a_signing_region_set", "us-east-1, eu-west-1");
    CHECK(s.read()->auth_schemes == "sigv4");
    CHECK(s.read()->sigv4a_regions == "us-east-1,eu-west-1");
    s.variables.set("AWS_AUTH_SCHEME_PREFERENCE", "sigv4a,sigv4");
    s.variables.set("AWS_SIGV4A_SIGNING_REGION_SET", "*");
    CHECK(s.read()->auth_schemes == "sigv4a,sigv4");
    CHECK(s.read()->sigv4a_regions == "*");
    s.code.auth_schemes = "noAuth";
    s.code.sigv4a_regions = "eu-west-1";
    CHECK(s.read()->auth_schemes == "noAuth");
    CHECK(s.read()->sigv4a_regions == "eu-west-1");
}

TEST_CASE("endpoint settings: S3's are found under all of their names") {
    scene s;
    s.in_profile("s3",
                 "\nuse_accelerate_endpoint = true\nuse_dualstack_endpoint = true\n"
                 "us_east_1_regional_endpoint = legacy");
    s.in_profile("s3_disable_multiregion_access_points", "true");
    s.variables.set("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "true");
    const auto all = s.read();
    REQUIRE(all);
    CHECK(all->s3.use_accelerate == true);
    CHECK(all->s3_dual_stack);
    CHECK(all->s3_global_host);
    CHECK(all->s3.disable_multi_region_access_points == true);
    CHECK(all->s3.disable_express_session_auth == true);
}

TEST_CASE("endpoint settings: a wrong word is an error in the environment, a warning in a file") {
    scene s;
    s.in_profile("s3", "\naddressing_style = sideways");
    REQUIRE(s.read());
    REQUIRE(s.warnings.size() == 1);
    CHECK(s.warnings.front().find("auto, virtual, path") != std::string::npos);
    s.variables.set("AWS_DISABLE_HOST_PREFIX_INJECTION", "perhaps");
    REQUIRE_FALSE(s.read());
    CHECK(s.read().error().message.find("AWS_DISABLE_HOST_PREFIX_INJECTION") != std::string::npos);
}
