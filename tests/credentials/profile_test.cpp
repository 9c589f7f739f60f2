// SPDX-License-Identifier: MIT
#include <awsxx/credentials/profile.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>
#include <support/sts_answers.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace awsxx;
using test::made_up_world;

namespace {

const std::string base = "[profile base]\naws_access_key_id = AKBASE\naws_secret_access_key = s\n";
const std::string role =
    "[default]\nregion = eu-west-1\nrole_arn = arn:aws:iam::111122223333:role/audit\n";

made_up_world world_with(const std::string& config, settings choices = {}) {
    return made_up_world({.environment = {{"HOME", "/h"}}, .files = {{"/h/.aws/config", config}}},
                         std::move(choices));
}

std::string body(const made_up_world& world, std::size_t index) {
    return std::string(world.network.requests().at(index).body.bytes());
}
bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("profile credentials: keys are given with the place where they stand") {
    auto world = world_with(base);
    profile_credentials provider(world.from, "base");
    const auto keys = world.obtain(provider);
    REQUIRE(keys);
    CHECK((*keys)->access_key_id == "AKBASE");
    CHECK((*keys)->source == "profile base (/h/.aws/config:2)");
    CHECK((*keys)->via == auth::feature::credentials_profile);
    CHECK_FALSE(provider.invalidate(**keys, {}));
}

TEST_CASE("profile credentials: a role is assumed with all that its profile says") {
    auto world = world_with(role +
                            "source_profile = base\nexternal_id = x7\nduration_seconds = 1800\n"
                            "role_session_name = me\n" +
                            base);
    world.network.then(test::sts_answer("AssumeRole", "AKROLE"));
    profile_credentials provider(world.from);
    CHECK(world.outcome(provider) == "AKROLE");
    for (const char* part : {"ExternalId=x7", "DurationSeconds=1800", "RoleSessionName=me"})
        CHECK(has(body(world, 0), part));
    CHECK(world.network.requests().at(0).target.host == "sts.eu-west-1.amazonaws.com");
}

TEST_CASE("profile credentials: which way they came goes with them, and into the user agent") {
    using auth::feature;
    auto world = world_with(role + "source_profile = base\n" + base);
    world.network.then(test::sts_answer("AssumeRole", "AKROLE"));
    profile_credentials provider(world.from);
    const auto keys = world.obtain(provider);
    REQUIRE(keys);
    CHECK((*keys)->via == (feature::credentials_assume_role | feature::credentials_profile |
                           feature::credentials_source_profile));
    const auto sent = world.network.requests().at(0);
    CHECK(has(std::string(sent.headers.find("User-Agent").value_or("")), " m/E,n,o cfg/"));
}

TEST_CASE("profile credentials: each way is counted as what it is") {
    using auth::feature;
    const auto way = [](const std::string& config) {
        const auto world = world_with(config);
        const auto known = world.from->resolved();
        const auto plan = plan_profile((*known)->files.profiles, "default");
        REQUIRE(plan);
        return detail::profile::way_of(*plan);
    };
    CHECK(way("[default]\naws_access_key_id = A\naws_secret_access_key = s\n").empty());
    CHECK(way("[default]\ncredential_process = /opt/tool\n") ==
          feature::credentials_profile_process);
    CHECK(way("[default]\nsso_session = corp\n") == feature::credentials_profile_sso);
    CHECK(way("[default]\nsso_start_url = https://x\n") == feature::credentials_profile_sso_legacy);
    CHECK(way("[default]\nlogin_session = me\n") == feature::credentials_profile_login);
    CHECK(way(role + "web_identity_token_file = /token\n") ==
          feature::credentials_profile_web_identity);
    CHECK(way(role + "credential_source = Environment\n") == feature::credentials_named);
}

TEST_CASE("profile credentials: a chain of roles is climbed hop by hop, each hop once") {
    auto world = world_with(role +
                            "source_profile = middle\n[profile middle]\nsource_profile = base\n"
                            "role_arn = arn:aws:iam::111122223333:role/middle\n" +
                            base);
    world.network.then(test::sts_answer("AssumeRole", "AKMIDDLE"));
    world.network.then(test::sts_answer("AssumeRole", "AKROLE"));
    profile_credentials provider(world.from);
    CHECK(world.outcome(provider) == "AKROLE");
    CHECK(has(body(world, 0), "role%2Fmiddle"));
    CHECK(has(body(world, 1), "role%2Faudit"));

    world.network.then(test::sts_answer("AssumeRole", "AKROLE2"));
    CHECK(world.outcome(provider) == "AKROLE2");
    CHECK(world.network.requests().size() == 3);
}

TEST_CASE("profile credentials: what is wrong with a role is told with its place") {
    auto short_lived = world_with(role + "source_profile = base\nduration_seconds = 60\n" + base);
    profile_credentials too_short(short_lived.from);
    const std::string why = short_lived.outcome(too_short);
    CHECK(has(why, "/h/.aws/config:5"));

    auto wrong = world_with("[default]\nrole_arn = audit\nsource_profile = base\n" + base);
    profile_credentials no_arn(wrong.from);
    const auto failure = wrong.obtain(no_arn).error();
    CHECK(failure.kind == error_kind::configuration);
    CHECK(has(to_string(failure), "/h/.aws/config:2"));
    CHECK(wrong.network.requests().empty());
}

TEST_CASE("profile credentials: a role behind a role that is to last longer is warned of") {
    std::vector<std::string> notes;
    settings chosen;
    chosen.observer.note = [&](channel on, std::string_view line) {
        if (on == channel::configuration) notes.emplace_back(line);
    };
    auto world = world_with(role +
                                "source_profile = middle\nduration_seconds = 7200\n"
                                "[profile middle]\nsource_profile = base\n"
                                "role_arn = arn:aws:iam::111122223333:role/m\n" +
                                base,
                            chosen);
    world.network.then(test::sts_answer("AssumeRole", "AKMIDDLE"));
    world.network.then(test::sts_refusal(400, "ValidationError"));
    profile_credentials provider(world.from);
    CHECK(has(world.outcome(provider), "ValidationError"));
    CHECK(has(body(world, 1), "DurationSeconds=7200"));
    REQUIRE(notes.size() == 1);
    CHECK(has(notes[0], "role/audit: duration_seconds is 7200"));
}

TEST_CASE("profile credentials: a code that nobody can be asked for is told before all else") {
    auto world = world_with(role + "source_profile = base\nmfa_serial = device\n[profile base]\n" +
                            "credential_process = /opt/tool\n");
    profile_credentials provider(world.from);
    const auto failure = world.obtain(provider).error();
    CHECK(failure.kind == error_kind::action_needed);
    CHECK(has(to_string(failure), "MfaCodeNeeded"));
    CHECK(has(to_string(failure), "/h/.aws/config:3"));
    CHECK_FALSE(has(to_string(failure), "/opt/tool"));
}

TEST_CASE("profile credentials: a source that is named must not be without credentials") {
    auto world = world_with(role + "credential_source = Environment\n");
    profile_credentials provider(world.from);
    const auto failure = world.obtain(provider).error();
    CHECK(failure.kind != error_kind::not_configured);
    CHECK(has(to_string(failure), "AWS_ACCESS_KEY_ID is not set"));
    CHECK(has(to_string(failure), "/h/.aws/config:4"));
}

TEST_CASE("profile credentials: a profile without credentials is not configured") {
    auto world = world_with("[default]\nregion = eu-west-1\n");
    profile_credentials provider(world.from);
    CHECK(world.obtain(provider).error().kind == error_kind::not_configured);
    CHECK(provider.invalidate({}, {}));
}

TEST_CASE("profile credentials: a broken file is an error with its line, and may be mended") {
    auto world = world_with("[default]\nnonsense\n");
    profile_credentials provider(world.from);
    CHECK(has(world.outcome(provider), "/h/.aws/config:2"));
    REQUIRE(world.from->outside().files->write("/h/.aws/config",
                                               "[default]\naws_access_key_id = AK\n"
                                               "aws_secret_access_key = s\n"));
    CHECK(world.outcome(provider) == "AK");
}
