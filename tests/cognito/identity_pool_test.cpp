// SPDX-License-Identifier: MIT
#include <awsxx/cognito/identity_pool.hpp>

#include <support/catch.hpp>
#include <support/cognito_scene.hpp>

#include <memory>
#include <string>
#include <utility>

namespace {

using namespace awsxx::cognito;
using test::bad;
using test::good;
using json = nlohmann::json;

constexpr const char* role_xml =
    "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>"
    "<AccessKeyId>ASIABASIC</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
    "<SessionToken>t</SessionToken><Expiration>2026-01-01T01:00:00Z</Expiration>"
    "</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>";

/// An identity pool, and STS for the basic flow.
struct scene : test::cognito_scene {
    std::vector<std::string> asked{};
    std::vector<std::string> bodies{};
    std::string refusal{};
    std::string merged = "eu-west-1:id";
    std::string answer{};  ///< In place of keys.

    scene() {
        elsewhere = [this](const awsxx::http::request& to,
                           const awsxx::http::exchange&) -> transport::answer { return reply(to); };
    }
    std::string keys_json() const {
        return json{{"IdentityId", merged},
                    {"Credentials",
                     {{"AccessKeyId", "ASIAIDENTITY"},
                      {"SecretKey", "s3cret"},
                      {"SessionToken", "t0ken"},
                      {"Expiration", 1767229200}}}}
            .dump();
    }
    awsxx::http::response reply(const awsxx::http::request& to) {
        const std::string target(to.headers.find("X-Amz-Target").value_or(to.target.host));
        asked.push_back(target.substr(target.find('.') + 1));
        bodies.emplace_back(to.body.bytes());
        if (!refusal.empty() && asked.back() != "GetId")
            return {.status = 400, .body = json{{"__type", refusal}}.dump()};
        if (asked.back() == "GetId")
            return {.status = 200, .body = R"({"IdentityId":"eu-west-1:id"})"};
        if (asked.back() == "GetOpenIdToken")
            return {.status = 200, .body = json{{"IdentityId", merged}, {"Token", "open"}}.dump()};
        if (!answer.empty()) return {.status = 200, .body = answer};
        return {.status = 200,
                .body = asked.back() == "GetCredentialsForIdentity" ? keys_json() : role_xml};
    }
    awsxx::basic_session<transport> session(identity_pool_options from) const {
        if (from.identity_pool_id.empty()) from.identity_pool_id = "eu-west-1:pool";
        return awsxx::basic_session<transport>(
            std::make_shared<identity_pool_credentials>(std::move(from), settings(), network),
            settings(), network);
    }
};

}  // namespace

TEST_CASE("identity pool: a guest gets an identity and its keys, unsigned") {
    scene here;
    const auto session = here.session({});
    const auto keys = good(session.try_fetch_credentials());
    CHECK(keys->access_key_id == "ASIAIDENTITY");
    CHECK(keys->secret_access_key.expose() == "s3cret");
    CHECK(keys->expiration == here.service.time->now() + std::chrono::hours(1));
    CHECK(here.asked == std::vector<std::string>{"GetId", "GetCredentialsForIdentity"});
    good(session.try_fetch_credentials());
    CHECK(here.asked.size() == 2);
    for (const auto& sent : here.network->requests()) {
        CHECK(sent.target.host == "cognito-identity.eu-west-1.amazonaws.com");
        CHECK_FALSE(sent.headers.contains("Authorization"));
    }
}

TEST_CASE("identity pool: a user of a pool brings the ID token") {
    scene here;
    const user who(here.pool(), {.user_name = "alice", .password = "Passw0rd!"});
    const auto session =
        here.session({.logins = good(logins_of(who)), .custom_role_arn = "arn:aws:iam::1:role/r"});
    good(session.try_fetch_credentials());
    const json sent = json::parse(here.bodies.at(1));
    CHECK(sent.at("CustomRoleArn") == "arn:aws:iam::1:role/r");
    CHECK(sent.at("Logins").at("cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool1") ==
          std::string(good(who.try_tokens())->id.expose()));
}

TEST_CASE("identity pool: the basic flow assumes a role with the identity's token") {
    scene here;
    const auto session = here.session({.role_arn = "arn:aws:iam::111122223333:role/app"});
    CHECK(good(session.try_fetch_credentials())->access_key_id == "ASIABASIC");
    CHECK(here.asked.at(1) == "GetOpenIdToken");
    CHECK(here.bodies.at(2).find("WebIdentityToken=open") != std::string::npos);
}

TEST_CASE("identity pool: keys are renewed and the identity is kept") {
    scene here;
    const auto session = here.session({});
    good(session.try_fetch_credentials());
    here.let_pass(std::chrono::minutes(50));
    good(session.try_fetch_credentials());
    CHECK(here.asked == std::vector<std::string>{"GetId", "GetCredentialsForIdentity",
                                                 "GetCredentialsForIdentity"});
}

TEST_CASE("identity pool: an identity that was deleted is asked for again") {
    scene here;
    identity_pool_options from{.identity_pool_id = "eu-west-1:pool"};
    const auto provider =
        std::make_shared<identity_pool_credentials>(from, here.settings(), here.network);
    const awsxx::basic_session<test::cognito_scene::transport> session(provider, here.settings(),
                                                                       here.network);
    here.refusal = "ResourceNotFoundException";
    const auto why = bad(session.try_fetch_credentials());
    CHECK(why.code == "NoIdentityCredentials");
    CHECK(provider->identity_id().empty());
    here.refusal.clear();
    good(session.try_fetch_credentials());
    CHECK(provider->identity_id() == "eu-west-1:id");
}

TEST_CASE("identity pool: keys at hand outlive answers and logins that fail for a while") {
    scene here;
    std::string problem;
    const login_token login = [&]() -> awsxx::expected<awsxx::secret> {
        if (problem.empty()) return awsxx::secret("token");
        return awsxx::error{.kind = awsxx::error_kind::network, .code = problem};
    };
    const auto session = here.session({.logins = {{"x", login}}});
    good(session.try_fetch_credentials());
    here.let_pass(std::chrono::minutes(50));

    SECTION("an answer without keys") { here.answer = "{}"; }
    SECTION("an answer that nobody can read") { here.answer = "{"; }
    SECTION("a login that fails") { problem = "NoRoute"; }

    CHECK(good(session.try_fetch_credentials())->access_key_id == "ASIAIDENTITY");
}

TEST_CASE("identity pool: an identity that was merged into another is asked for by that one") {
    const std::string role = GENERATE("", "arn:aws:iam::111122223333:role/app");
    scene here;
    here.merged = "eu-west-1:merged";
    const auto session = here.session({.role_arn = role});
    good(session.try_fetch_credentials());
    here.let_pass(std::chrono::minutes(50));
    here.bodies.clear();
    good(session.try_fetch_credentials());
    CHECK(json::parse(here.bodies.at(0)).at("IdentityId") == "eu-west-1:merged");
}

TEST_CASE("identity pool: odd ids, refusals and logins that fail are told") {
    scene here;
    CHECK(bad(here.session({.identity_pool_id = "pool"}).try_fetch_credentials()).code ==
          "InvalidIdentityPoolId");
    here.refusal = "NotAuthorizedException";
    CHECK(bad(here.session({}).try_fetch_credentials()).cause->code == "NotAuthorizedException");
    const login_token failing = []() -> awsxx::expected<awsxx::secret> {
        return awsxx::error{.kind = awsxx::error_kind::action_needed, .code = "LoginNeeded"};
    };
    const auto why = bad(here.session({.logins = {{"x", failing}}}).try_fetch_credentials());
    CHECK(why.kind == awsxx::error_kind::action_needed);
    CHECK(why.cause->code == "LoginNeeded");
}
