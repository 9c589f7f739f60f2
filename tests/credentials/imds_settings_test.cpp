// SPDX-License-Identifier: MIT
#include <awsxx/credentials/imds_settings.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>

#include <string>

using namespace awsxx;

namespace {

using variables = testing::made_up_environment::variables;

expected<imds_settings> settings_for(variables set, std::string profile = {},
                                     const imds_options& code = {}) {
    set["AWS_CONFIG_FILE"] = "/config";
    const test::made_up_world world(
        {.environment = std::move(set), .files = {{"/config", "[default]\n" + profile}}});
    const auto known = world.from->resolved();
    REQUIRE(known);
    return find_imds_settings(code, (*known)->looked_at());
}

std::string token_uri(variables set, std::string profile = {}, const imds_options& code = {}) {
    const auto found = settings_for(std::move(set), std::move(profile), code);
    return found ? to_string(imds_token_uri(*found)) : to_string(found.error());
}

}  // namespace

TEST_CASE("imds settings: the endpoint is the link's own, by version 4 or 6") {
    CHECK(token_uri({}) == "http://169.254.169.254/latest/api/token");
    CHECK(token_uri({{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ipV4"}}) ==
          "http://169.254.169.254/latest/api/token");
    CHECK(token_uri({{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ipV6"}}) ==
          "http://[fd00:ec2::254]/latest/api/token");
    CHECK(token_uri({}, "ec2_metadata_service_endpoint_mode = IPv6") ==
          "http://[fd00:ec2::254]/latest/api/token");
}

TEST_CASE("imds settings: code goes before environment, and that before the profile") {
    const std::string profile = "ec2_metadata_service_endpoint = http://profile";
    const variables set{{"AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://variable:456/"}};

    CHECK(token_uri({}, profile) == "http://profile/latest/api/token");
    CHECK(token_uri(set, profile) == "http://variable:456/latest/api/token");
    CHECK(token_uri(set, profile, {.endpoint = "https://code/x"}) ==
          "https://code/x/latest/api/token");
    CHECK(token_uri(set, {}, {.endpoint_mode = "IPv6"}) == "http://variable:456/latest/api/token");
    CHECK(token_uri({{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv4"}}, {},
                    {.endpoint_mode = "IPv6"}) == "http://[fd00:ec2::254]/latest/api/token");
}

TEST_CASE("imds settings: what cannot be understood is told with its place") {
    CHECK(token_uri({{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5"}}) ==
          "InvalidSetting: \"IPv5\" (from AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE) is not IPv4 or "
          "IPv6");
    CHECK(token_uri({}, "ec2_metadata_service_endpoint = here") ==
          "InvalidSetting: \"here\" (from /config:2) is not the metadata service's URL <- "
          "InvalidUri: the URI does not begin with https://");
    CHECK(token_uri({}, {}, {.endpoint = "http://h/?a"}).find("a URL without a query") !=
          std::string::npos);
    CHECK(token_uri({{"AWS_EC2_METADATA_DISABLED", "perhaps"}}).find("InvalidSetting") == 0);
    CHECK(token_uri({{"AWS_METADATA_SERVICE_TIMEOUT", "0"}}).find("InvalidSetting") == 0);
    CHECK(token_uri({{"AWS_METADATA_SERVICE_NUM_ATTEMPTS", "x"}}).find("InvalidSetting") == 0);
}

TEST_CASE("imds settings: nothing secret in a URL is told") {
    for (const char* url : {"http://u:planted@h", "http://h/?token=planted",
                            "//x:planted@h?planted", "planted@h", "http://u:pl?anted@h/#planted"}) {
        INFO(url);
        const std::string said = token_uri({{"AWS_EC2_METADATA_SERVICE_ENDPOINT", url}});
        CHECK(said.find("InvalidSetting") == 0);
        CHECK(said.find("planted") == std::string::npos);
        CHECK(said.find("anted") == std::string::npos);
    }
    CHECK(token_uri({{"AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://h/?token=planted"}})
              .find("\"http://h/?[redacted]\"") != std::string::npos);
}

TEST_CASE("imds settings: a switch in a file that is no switch is a warning") {
    const auto found = settings_for({}, "ec2_metadata_v1_disabled = yes");
    REQUIRE(found);
    REQUIRE(found->warnings.size() == 1);
    CHECK(found->warnings[0].find("/config:2") != std::string::npos);
}

TEST_CASE("imds settings: the service can be switched off") {
    CHECK_FALSE(settings_for({})->disabled.value);
    CHECK(settings_for({{"AWS_EC2_METADATA_DISABLED", "TRUE"}})->disabled.value);
    CHECK_FALSE(settings_for({{"AWS_EC2_METADATA_DISABLED", "false"}})->disabled.value);
}

TEST_CASE("imds settings: where the service is switched off, no other setting is looked at") {
    for (const char* wrong :
         {"AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
          "AWS_EC2_METADATA_V1_DISABLED", "AWS_METADATA_SERVICE_TIMEOUT",
          "AWS_METADATA_SERVICE_NUM_ATTEMPTS"}) {
        CAPTURE(wrong);
        const auto off = settings_for({{"AWS_EC2_METADATA_DISABLED", "true"}, {wrong, "wrong"}});
        REQUIRE(off);
        CHECK(off->disabled.value);
        CHECK_FALSE(settings_for({{wrong, "wrong"}}));
    }
}

TEST_CASE("imds settings: the old version is only used if code asks and nothing forbids it") {
    const imds_options code{.allow_v1 = true};
    CHECK_FALSE(settings_for({})->allow_v1);
    CHECK(settings_for({}, {}, code)->allow_v1);
    CHECK_FALSE(settings_for({{"AWS_EC2_METADATA_V1_DISABLED", "true"}}, {}, code)->allow_v1);
    CHECK_FALSE(settings_for({}, "ec2_metadata_v1_disabled = true", code)->allow_v1);
}

TEST_CASE("imds settings: limits come from code, environment and profile") {
    CHECK(settings_for({})->limits.connect == milliseconds(1000));
    CHECK(settings_for({})->limits.first_byte == milliseconds(1000));
    CHECK(settings_for({})->limits.attempts == 4);
    const variables set{{"AWS_METADATA_SERVICE_TIMEOUT", "5"},
                        {"AWS_METADATA_SERVICE_NUM_ATTEMPTS", "2"}};
    CHECK(settings_for(set)->limits.connect == milliseconds(5000));
    CHECK(settings_for(set)->limits.attempts == 2);
    const imds_options code{.timeout = milliseconds(10), .attempts = 1};
    CHECK(settings_for(set, {}, code)->limits.connect == milliseconds(10));
    CHECK(settings_for(set, {}, code)->limits.attempts == 1);
    CHECK(settings_for({}, "metadata_service_timeout = 7")->limits.connect == milliseconds(7000));
    const imds_options patient{.timeout = milliseconds::max()};
    CHECK(settings_for({}, {}, patient)->limits.total > milliseconds::max() / 2);
}

TEST_CASE("imds settings: an instance profile may be named in code, environment and profile") {
    const auto name = [](const variables& set, const std::string& profile, imds_options code = {}) {
        variables all = set;
        all["AWS_CONFIG_FILE"] = "/config";
        const test::made_up_world world(
            {.environment = std::move(all), .files = {{"/config", "[default]\n" + profile}}});
        const auto known = world.from->resolved();
        REQUIRE(known);
        const auto found = find_instance_profile(code, (*known)->looked_at());
        return found ? found->value + "|" + found->source : to_string(found.error());
    };
    const std::string profile = "ec2_instance_profile_name = c\n";
    const variables set{{"AWS_EC2_INSTANCE_PROFILE_NAME", "b"}};
    CHECK(name({}, "") == "|");
    CHECK(name({}, profile) == "c|/config:2");
    CHECK(name(set, profile) == "b|AWS_EC2_INSTANCE_PROFILE_NAME");
    CHECK(name(set, profile, {.profile_name = "a"}) == "a|code");
    CHECK(name({}, "ec2_instance_profile_name = a/b\n") ==
          "InvalidSetting: \"a/b\" (from /config:2) is not the name of an instance profile");
}
