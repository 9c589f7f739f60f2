// SPDX-License-Identifier: MIT
#include <awsxx/credentials/bearer_token.hpp>

#include <support/catch.hpp>
#include <support/provider_scene.hpp>

#include <string>

using namespace awsxx;
using test::provider_scene;

namespace {

const sso_options corp{.region = "us-east-2", .session_name = "corp", .profile = "dev"};
const std::string corp_file = "/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
constexpr const char* login =
    R"({"accessToken":"foobarbaz","expiresAt":"2080-10-16T03:56:45Z","startUrl":"u"})";

}  // namespace

TEST_CASE("bearer token: a service's variable goes before the SSO login") {
    provider_scene s(test::files{{corp_file, login}},
                     test::variables{{"AWS_BEARER_TOKEN_BEDROCK_AGENT", "from-variable"}});
    bearer_token_provider provider(s.configuration, {.signing_name = "bedrock-agent", .sso = corp});
    const auto got = s.obtain(provider);

    REQUIRE(got);
    CHECK((*got)->session_token == secret("from-variable"));
    CHECK((*got)->source == "AWS_BEARER_TOKEN_BEDROCK_AGENT");
    CHECK((*got)->via == auth::feature::bearer_environment);
    CHECK_FALSE((*got)->expiration);
}

TEST_CASE("bearer token: an SSO login is one, until it expires") {
    provider_scene s(test::files{{corp_file, login}});
    bearer_token_provider provider(s.configuration, {.signing_name = "bedrock", .sso = corp});
    const auto got = s.obtain(provider);

    REQUIRE(got);
    CHECK((*got)->access_key_id.empty());
    CHECK((*got)->session_token == secret("foobarbaz"));
    CHECK((*got)->expiration ==
          parse_date("2080-10-16T03:56:45Z", date_format::date_time)->to_instant());
    CHECK((*got)->source == "SSO login corp");
    CHECK(s.network.requests().empty());
}

TEST_CASE("bearer token: without a login a person has to act, without a source nothing is set up") {
    provider_scene s;
    bearer_token_provider without_login(s.configuration, {.sso = corp});
    const auto missing = s.obtain(without_login);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == "SsoTokenMissing");
    CHECK(without_login.is_final(missing.error()));

    bearer_token_provider without_source(s.configuration, {.signing_name = "bedrock"});
    const auto nothing = s.obtain(without_source);
    REQUIRE_FALSE(nothing);
    CHECK(nothing.error().kind == error_kind::not_configured);
    CHECK(nothing.error().message ==
          "AWS_BEARER_TOKEN_BEDROCK is not set, and the profile has no SSO login");

    bearer_token_provider incomplete(s.configuration, {.sso = sso_options{.session_name = "x"}});
    CHECK(s.obtain(incomplete).error().kind == error_kind::configuration);
}
