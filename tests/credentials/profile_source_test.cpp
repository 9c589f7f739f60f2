// SPDX-License-Identifier: MIT
#include <awsxx/credentials/profile_source.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>

#include <string>
#include <string_view>

using namespace awsxx;

namespace {

/// What the profile "default" of that config file gives: a key id, or an error.
std::string first_of(test::made_up_world&& world) {
    const config::resolved& all = **world.from->resolved();
    const auto plan = plan_profile(all.files.profiles, "default");
    if (!plan) return to_string(plan.error());
    const auto source = profile_source_credentials(*plan, world.from, all);
    if (!source) return to_string(source.error());
    return world.outcome(**source);
}
std::string first(const std::string& text) {
    return first_of(test::made_up_world(
        {.environment = {{"HOME", "/h"},
                         {"AWS_ACCESS_KEY_ID", "AKENV"},
                         {"AWS_SECRET_ACCESS_KEY", "planted-secret"}},
         .files = {{"/h/.aws/config", text}},
         .programs = [](const auto& command) -> expected<process_output> {
             return process_output{.out = R"({"Version":1,"AccessKeyId":")" + command.at(1) +
                                          R"(","SecretAccessKey":"planted-secret"})"};
         }}));
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("profile source: keys, a program and the environment give theirs") {
    CHECK(first("[default]\naws_access_key_id = AK\naws_secret_access_key = s") == "AK");
    CHECK(first("[default]\ncredential_process = give AKPROC") == "AKPROC");
    CHECK(first("[default]\ncredential_source = Environment") == "AKENV");
}

TEST_CASE("profile source: a part of the keys is an error that names the missing part") {
    const std::string why = first("[default]\naws_access_key_id = AK");
    CHECK(has(why, "PartialCredentials"));
    CHECK(has(why, "/h/.aws/config:2"));
    CHECK(has(why, "no aws_secret_access_key"));
    CHECK(has(first("[default]\naws_secret_access_key = s"), "no aws_access_key_id"));
    CHECK(has(first("[default]\naws_session_token = t"), "no aws_access_key_id"));
}

TEST_CASE("profile source: an SSO session has to be there, whole, and of one mind") {
    const std::string profile =
        "[default]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = r\n";
    CHECK(has(first(profile), "SsoSessionNotFound"));
    CHECK(has(first(profile + "[sso-session corp]\nsso_region = us-east-1"),
              "profile default: missing for SSO: sso_start_url"));
    CHECK(has(first("[default]\nsso_session = corp\nsso_role_name = r\n[sso-session corp]\n"),
              "missing for SSO: sso_start_url, sso_region, sso_account_id"));
    CHECK(has(first(profile + "sso_region = eu-west-1\n[sso-session corp]\n"
                              "sso_region = us-east-1\nsso_start_url = u"),
              "SsoSettingsDiffer"));
    CHECK(has(first(profile + "sso_registration_scopes = a\n[sso-session corp]\n"
                              "sso_registration_scopes = b\nsso_region = r\nsso_start_url = u"),
              "SsoSettingsDiffer"));
    const std::string equal = profile +
                              "sso_region = us-east-1\n[sso-session corp]\n"
                              "sso_region = us-east-1\nsso_start_url = u";
    CHECK(has(first(equal), "SsoTokenMissing"));
}

TEST_CASE("profile source: SSO without a session names what is missing") {
    const std::string why = first("[default]\nsso_start_url = u\nsso_region = us-east-1");
    CHECK(has(why, "sso_account_id, sso_role_name"));
    CHECK(has(why, "profile default"));
}

TEST_CASE("profile source: a web identity's role has to be one") {
    const std::string why = first("[default]\nrole_arn = audit\nweb_identity_token_file = /token");
    CHECK(has(why, "InvalidRoleArn"));
    CHECK(has(why, "/h/.aws/config:2"));
}
