// SPDX-License-Identifier: MIT
#include <awsxx/credentials/profile_plan.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;

namespace {

config::sections profiles(const std::string& text) {
    return config::parse_profile_file(text, "", {"config", "credentials"})->profiles;
}

/// The source of profile "a", its profile, and the roles on top of it; or the error's code.
std::string plan(const std::string& text) {
    const auto all = profiles(text);
    const auto found = plan_profile(all, "a");
    if (!found) return found.error().code;
    static constexpr const char* names[] = {"keys",         "environment", "container", "imds",
                                            "web identity", "sso",         "login",     "process"};
    std::string told = names[static_cast<int>(found->source)];
    told += " of " + found->from.name;
    for (const named_profile& role : found->roles) told += " > " + role.name;
    return told;
}

std::string message(const std::string& text) {
    const auto all = profiles(text);
    return plan_profile(all, "a").error().message;
}

const std::string keys = "aws_access_key_id = k\naws_secret_access_key = s\n";

}  // namespace

TEST_CASE("profile plan: each kind of source is recognised") {
    CHECK(plan("[profile a]\n" + keys) == "keys of a");
    CHECK(plan("[profile a]\ncredential_process = x") == "process of a");
    CHECK(plan("[profile a]\nlogin_session = x") == "login of a");
    CHECK(plan("[profile a]\nsso_session = x") == "sso of a");
    CHECK(plan("[profile a]\nsso_start_url = x") == "sso of a");
    CHECK(plan("[profile a]\ncredential_source = EcsContainer") == "container of a");
    CHECK(plan("[profile a]\nrole_arn = r\nweb_identity_token_file = t") == "web identity of a");
}

TEST_CASE("profile plan: what is newer than keys goes before keys") {
    CHECK(plan("[profile a]\ncredential_process = x\n" + keys) == "process of a");
    CHECK(plan("[profile a]\nlogin_session = x\ncredential_process = x") == "login of a");
    CHECK(plan("[profile a]\nsso_session = x\nlogin_session = x") == "sso of a");
}

TEST_CASE("profile plan: without credentials, or without the profile, nothing is set up") {
    CHECK(plan("[profile a]\nregion = eu-west-1") == "NoProfileCredentials");
    CHECK(plan("[profile b]\n" + keys) == "NoProfileCredentials");
    CHECK(plan("[profile a]\naws_access_key_id =\naws_secret_access_key =") ==
          "NoProfileCredentials");
    const auto all = profiles("");
    CHECK(plan_profile(all, "a").error().kind == error_kind::not_configured);
}

TEST_CASE("profile plan: roles are assumed from the source outward") {
    CHECK(plan("[profile a]\nrole_arn = ra\nsource_profile = b\n[profile b]\nrole_arn = rb\n"
               "source_profile = c\n[profile c]\n" +
               keys) == "keys of c > b > a");
    CHECK(plan("[profile a]\nrole_arn = ra\nsource_profile = b\n[profile b]\n"
               "sso_session = s") == "sso of b > a");
    CHECK(plan("[profile a]\nrole_arn = ra\nsource_profile = b\n[profile b]\nrole_arn = rb\n"
               "web_identity_token_file = t") == "web identity of b > a");
    CHECK(plan("[profile a]\nrole_arn = ra\nsource_profile = b\n[profile b]\nrole_arn = rb\n"
               "credential_source = Environment") == "environment of b > b > a");
}

TEST_CASE("profile plan: a source profile's keys go before its role") {
    CHECK(plan("[profile a]\nrole_arn = ra\nsource_profile = b\n[profile b]\nrole_arn = rb\n"
               "source_profile = c\n" +
               keys) == "keys of b > a");
}

TEST_CASE("profile plan: a profile may be its own source") {
    CHECK(plan("[profile a]\nrole_arn = ra\nsource_profile = a\n" + keys) == "keys of a > a");
    CHECK(plan("[profile a]\nrole_arn = ra\nsource_profile = a") == "SourceProfileEmpty");
    CHECK(plan("[profile a]\nrole_arn = ra\nsource_profile = b\n[profile b]\nrole_arn = rb\n"
               "source_profile = b\ncredential_process = x") == "process of b > b > a");
}

TEST_CASE("profile plan: a circle is an error that shows it") {
    const std::string text = "[profile a]\nrole_arn = ra\nsource_profile = b\n" + keys +
                             "[profile b]\nrole_arn = rb\nsource_profile = c\n"
                             "[profile c]\nrole_arn = rc\nsource_profile = b\n";
    CHECK(plan(text) == "ProfileCycle");
    CHECK(message(text).find("a -> b -> c -> b") != std::string::npos);
}

TEST_CASE("profile plan: a role needs one source of credentials, and only one") {
    CHECK(plan("[profile a]\nrole_arn = ra\n" + keys) == "NoCredentialSource");
    const std::string both =
        "[profile a]\nrole_arn = ra\nsource_profile = b\ncredential_source = Environment\n";
    CHECK(plan(both + "[profile b]\n" + keys) == "TwoCredentialSources");
    CHECK(message(both).find("config:2") != std::string::npos);
}

TEST_CASE("profile plan: the names of credential sources are spelled as AWS spells them") {
    const std::string role = "[profile a]\nrole_arn = ra\ncredential_source = ";
    CHECK(plan(role + "Environment") == "environment of a > a");
    CHECK(plan(role + "EcsContainer") == "container of a > a");
    CHECK(plan(role + "Ec2InstanceMetadata") == "imds of a > a");
    CHECK(plan(role + "environment") == "InvalidCredentialSource");
    CHECK(message(role + "ecsContainer").find("\"ecsContainer\"") != std::string::npos);
}

TEST_CASE("profile plan: a source profile has to be there and to have something") {
    const std::string role = "[profile a]\nrole_arn = ra\nsource_profile = b\n";
    CHECK(plan(role) == "SourceProfileNotFound");
    CHECK(message(role).find("config:3") != std::string::npos);
    CHECK(plan(role + "[profile b]\nregion = eu-west-1") == "SourceProfileEmpty");
}

TEST_CASE("profile plan: a token file needs a role") {
    CHECK(plan("[profile a]\nweb_identity_token_file = t") == "MissingRoleArn");
}

TEST_CASE("profile plan: a source_profile without a role changes nothing") {
    CHECK(plan("[profile a]\nsource_profile = b\ncredential_process = x\n[profile b]\n" + keys) ==
          "process of a");
}
