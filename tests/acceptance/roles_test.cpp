// SPDX-License-Identifier: MIT
#include <awsxx/session.hpp>

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>

#include <string>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using test::cloud_scene;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string setting_in(const explanation& told, const std::string& name) {
    for (const auto& one : told.settings)
        if (one.name == name) return one.value;
    return "absent";
}

}  // namespace

TEST_CASE("acceptance 1: AWS_REGION alone is the region") {
    cloud_scene s;
    const auto session = s.with(s.choices({.environment = {{"AWS_REGION", "eu-central-1"}}}));

    REQUIRE(session.try_whoami());

    CHECK(s.cloud->log().back().region == "eu-central-1");
    CHECK(s.cloud->log().back().request.target.host == "sts.eu-central-1.amazonaws.com");
}

TEST_CASE("acceptance 1: without a region, the error names every place that could have one") {
    cloud_scene s;
    const auto failure = s.with(s.choices()).try_whoami();

    REQUIRE_FALSE(failure);
    CHECK(failure.error().kind == error_kind::configuration);
    CHECK(failure.error().code == "MissingRegion");
    for (const char* place :
         {"in code", "AWS_REGION", "AWS_DEFAULT_REGION", "default", "/home/.aws/config"})
        CHECK(has(failure.error().message, place));
    CHECK(s.cloud->log().empty());
}

TEST_CASE("acceptance 2: an assumed role's credentials work, are whole, and are renewed in time") {
    cloud_scene s;
    const auto hub = *s.base().try_assume_role({.role_arn = test::hub_arn});

    const auto keys = hub.try_fetch_credentials();

    REQUIRE(keys);
    CHECK((*keys)->access_key_id.starts_with("ASIA"));
    CHECK_FALSE((*keys)->secret_access_key.empty());
    CHECK_FALSE((*keys)->session_token.empty());
    CHECK((*keys)->expiration == s.time->now() + 1h);
    CHECK((*keys)->account_id == "111122223333");
    CHECK(hub.try_whoami());

    s.time->advance(61min);
    CHECK(hub.try_whoami());
    CHECK((*hub.try_fetch_credentials())->access_key_id != (*keys)->access_key_id);
    CHECK(s.cloud->calls("AssumeRole", test::hub_arn) == 2);
}

TEST_CASE("acceptance 3: a role that cannot be assumed leaves the session before as it was") {
    cloud_scene s;
    const auto hub = *s.base().try_assume_role({.role_arn = test::hub_arn});
    REQUIRE(hub.try_whoami());
    const std::string before = (*hub.try_fetch_credentials())->access_key_id;
    const auto nowhere = *hub.try_assume_role({.role_arn = test::closed_arn});

    CHECK_FALSE(nowhere.try_whoami());
    const std::size_t asked = s.cloud->log().size();
    const auto back = nowhere.parent();

    REQUIRE(back);
    CHECK((*back->try_fetch_credentials())->access_key_id == before);
    CHECK((*hub.try_fetch_credentials())->access_key_id == before);
    CHECK(s.cloud->log().size() == asked);
    CHECK(back->try_whoami());
}

TEST_CASE("acceptance 4: a role's session keeps region, endpoints, attempts and CA bundle") {
    cloud_scene s;
    settings chosen = s.choices({.files = {{"/home/.aws/config",
                                            "[default]\n"
                                            "region = eu-north-1\n"
                                            "max_attempts = 2\n"
                                            "ca_bundle = /etc/our-ca.pem\n"}}});
    chosen.endpoint_urls = {{"STS", "https://sts.inside.example"}};
    const auto hub = *s.with(chosen).try_assume_role({.role_arn = test::hub_arn});
    const auto spoke = *hub.try_assume_role({.role_arn = test::spoke_arn});

    REQUIRE(spoke.try_whoami());
    for (const auto& call : s.cloud->log()) {
        CHECK(call.request.target.host == "sts.inside.example");
        CHECK(call.region == "eu-north-1");
    }

    const std::size_t before = s.cloud->calls("GetCallerIdentity");
    s.cloud->fail_next(testing::fake_fault::server_error, 10, "GetCallerIdentity");
    const auto failure = spoke.try_whoami();
    REQUIRE_FALSE(failure);
    CHECK(failure.error().details->attempts == 2);
    CHECK(s.cloud->calls("GetCallerIdentity") == before + 2);
    CHECK(setting_in(spoke.explain(), "ca_bundle") == "/etc/our-ca.pem");
}

TEST_CASE("acceptance 6: roles and session names that read alike when joined are two sessions") {
    for (const auto mode : {credentials_files::use::none, credentials_files::use::read_write}) {
        cloud_scene s;
        s.cloud->add_role({.arn = std::string(test::hub_arn) + "-a", .trusts = {test::user_arn}});
        settings chosen = s.choices();
        chosen.region = "eu-west-1";
        chosen.credentials_cache.mode = mode;
        const auto base = s.with(chosen);
        const auto one =
            *base.try_assume_role({.role_arn = test::hub_arn, .role_session_name = "-a-b"});
        const auto other = *base.try_assume_role(
            {.role_arn = std::string(test::hub_arn) + "-a", .role_session_name = "-b"});

        const auto first = one.try_fetch_credentials();
        const auto second = other.try_fetch_credentials();

        REQUIRE(first);
        REQUIRE(second);
        CHECK((*first)->access_key_id != (*second)->access_key_id);
        CHECK(s.cloud->calls("AssumeRole") == 2);
    }
}

TEST_CASE("acceptance 7: the access key that is told is the one that signed, after a renewal too") {
    cloud_scene s;
    const auto hub = *s.base().try_assume_role({.role_arn = test::hub_arn});
    std::vector<std::string> signers;
    for (int hour = 0; hour < 3; ++hour, s.time->advance(1h)) {
        REQUIRE(hub.try_whoami());
        signers.push_back(s.cloud->log().back().access_key_id);

        CHECK((*hub.try_fetch_credentials())->access_key_id == signers.back());
        CHECK(hub.explain().identities.back().access_key_id == signers.back());
    }
    CHECK(signers[0] != signers[1]);
    CHECK(signers[1] != signers[2]);
}

TEST_CASE("acceptance 16: on a role's session, whoami and STS are the role's") {
    cloud_scene s;
    const auto base = s.base();
    const auto hub = *base.try_assume_role({.role_arn = test::hub_arn, .role_session_name = "me"});

    const auto who = hub.try_whoami();
    const auto made =
        hub.try_call(sts::assume_role{.role_arn = test::spoke_arn, .role_session_name = "by-hand"});

    REQUIRE(who);
    CHECK(who->arn == "arn:aws:sts::111122223333:assumed-role/hub/me");
    REQUIRE(made);
    CHECK(s.cloud->log().back().caller == "arn:aws:sts::111122223333:assumed-role/hub/me");
    CHECK(base.try_whoami()->arn == test::user_arn);
}

TEST_CASE("acceptance 17: settings and options stay what the caller made them") {
    cloud_scene s;
    settings chosen = s.choices({.environment = {{"AWS_MAX_ATTEMPTS", "4"}}});
    chosen.region = "eu-west-1";
    const settings before = chosen;
    assume_role_options role{.role_arn = test::hub_arn};
    const auto base = s.with(chosen);
    const auto hub = *base.try_assume_role(role);
    REQUIRE(hub.try_whoami());

    CHECK(chosen.region == before.region);
    CHECK_FALSE(chosen.profile);
    CHECK_FALSE(chosen.endpoint_url);
    CHECK(chosen.endpoint_urls.empty());
    CHECK_FALSE(chosen.max_attempts);
    CHECK_FALSE(chosen.ca_bundle);
    CHECK_FALSE(chosen.refresh.advisory);
    CHECK(chosen.credentials_cache.folder.empty());
    CHECK(chosen.outside.time == before.outside.time);
    CHECK(role.role_session_name.empty());
    CHECK_FALSE(role.region);
    CHECK_FALSE(role.duration_seconds);
    // A second session of the same settings shares nothing with the first.
    CHECK(s.with(chosen).try_whoami()->arn == test::user_arn);
}
