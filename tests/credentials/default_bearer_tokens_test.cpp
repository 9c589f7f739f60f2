// SPDX-License-Identifier: MIT
#include <awsxx/credentials/default_bearer_tokens.hpp>

#include <support/catch.hpp>
#include <support/provider_scene.hpp>

#include <string>
#include <utility>

using namespace awsxx;
using test::provider_scene;

namespace {

const std::string config =
    "[profile dev]\nsso_session = corp\n[sso-session corp]\nsso_region = us-east-2\n"
    "sso_start_url = https://corp.awsapps.com/start\n"
    "[profile lost]\nsso_session = nowhere\n[profile bare]\nregion = eu-west-1\n";

/// The token, or the error's code.
std::string outcome(test::variables set, const std::string& signing_name = "bedrock") {
    provider_scene s(
        test::files{{"/home/.aws/config", config},
                    {"/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
                     R"({"accessToken":"of-login","expiresAt":"2080-10-16T03:56:45Z"})"}},
        std::move(set));
    default_bearer_tokens provider(s.configuration, signing_name);
    const auto token = s.obtain(provider);
    return token ? std::string((*token)->session_token.expose()) : token.error().code;
}

}  // namespace

TEST_CASE("default bearer tokens: the selected profile's login is one") {
    CHECK(outcome({{"AWS_PROFILE", "dev"}}) == "of-login");
}

TEST_CASE("default bearer tokens: the service's variable goes before it") {
    const test::variables both{{"AWS_PROFILE", "dev"}, {"AWS_BEARER_TOKEN_BEDROCK", "of-variable"}};
    CHECK(outcome(both) == "of-variable");
    CHECK(outcome(both, "codecatalyst") == "of-login");
    CHECK(outcome(both, "") == "of-login");
}

TEST_CASE("default bearer tokens: without a login nothing is set up") {
    CHECK(outcome({}) == "NoBearerToken");
    CHECK(outcome({{"AWS_PROFILE", "bare"}}) == "NoBearerToken");
}

TEST_CASE("default bearer tokens: a profile that cannot be right is an error") {
    CHECK(outcome({{"AWS_PROFILE", "lost"}}) == "SsoSessionNotFound");
    CHECK(outcome({{"AWS_PROFILE", "nobody"}}) == "ProfileNotFound");
}
