// SPDX-License-Identifier: MIT
#include <awsxx/credentials/environment_web_identity.hpp>

#include <support/catch.hpp>
#include <support/provider_scene.hpp>
#include <support/sts_answers.hpp>

#include <string>

using namespace awsxx;
using test::provider_scene;

namespace {

test::variables variables(test::variables more = {}) {
    more.emplace("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
    more.emplace("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/audit");
    return more;
}

/// The key id, or the error's code.
std::string outcome(provider_scene&& s) {
    s.network.then(test::sts_answer("AssumeRoleWithWebIdentity", "AKROLE"));
    environment_web_identity provider(s.configuration);
    const auto keys = s.obtain(provider);
    return keys ? (*keys)->access_key_id : keys.error().code;
}
std::string with_config(const std::string& config, test::variables more = {}) {
    return outcome(provider_scene(test::files{{"/token", "e.y.J"}, {"/home/.aws/config", config}},
                                  variables(std::move(more))));
}

}  // namespace

TEST_CASE("web identity of the environment: role, token and name come from variables") {
    provider_scene s(test::files{{"/token", "e.y.J"}},
                     variables({{"AWS_ROLE_SESSION_NAME", "pod"}}));
    s.network.then(test::sts_answer("AssumeRoleWithWebIdentity", "AKROLE"));
    environment_web_identity provider(s.configuration);
    const auto keys = s.obtain(provider);
    REQUIRE(keys);
    CHECK((*keys)->via == (auth::feature::credentials_environment_web_identity |
                           auth::feature::credentials_web_identity));
    CHECK(s.sent().body.bytes().find("RoleSessionName=pod") != std::string_view::npos);
}

TEST_CASE("web identity of the environment: without a token file, nothing is set up") {
    CHECK(outcome(provider_scene({}, {{"AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/audit"}})) ==
          "NoWebIdentity");
    CHECK(outcome(provider_scene({}, {{"AWS_WEB_IDENTITY_TOKEN_FILE", " "}})) == "NoWebIdentity");
}

TEST_CASE("web identity of the environment: a token file without a role is an error") {
    CHECK(outcome(provider_scene({}, {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/token"}})) ==
          "MissingRoleArn");
    provider_scene s({}, {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/token"}, {"AWS_ROLE_ARN", "audit"}});
    environment_web_identity provider(s.configuration);
    const auto why = s.obtain(provider).error();
    CHECK(why.code == "InvalidRoleArn");
    CHECK(why.kind == error_kind::configuration);
}

TEST_CASE("web identity of the environment: goes before a default profile without a role") {
    CHECK(with_config("") == "AKROLE");
    CHECK(with_config("[default]\nregion = eu-west-1\n") == "AKROLE");
    CHECK(with_config("[default]\naws_access_key_id = k\naws_secret_access_key = s\n") == "AKROLE");
}

TEST_CASE("web identity of the environment: gives way to a role in the default profile") {
    CHECK(with_config("[default]\nrole_arn = r\ncredential_source = Environment\n") ==
          "NoWebIdentity");
}

TEST_CASE("web identity of the environment: gives way to a profile that somebody has selected") {
    const std::string config =
        "[profile dev]\naws_access_key_id = k\naws_secret_access_key = s\n"
        "[profile bare]\nregion = eu-west-1\n[profile broken]\nrole_arn = r\n";
    CHECK(with_config(config, {{"AWS_PROFILE", "dev"}}) == "NoWebIdentity");
    CHECK(with_config(config, {{"AWS_PROFILE", "broken"}}) == "NoWebIdentity");
    CHECK(with_config(config, {{"AWS_PROFILE", "bare"}}) == "AKROLE");
    CHECK(with_config(config, {{"AWS_PROFILE", "nobody"}}) == "ProfileNotFound");
}
