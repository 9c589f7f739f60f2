// SPDX-License-Identifier: MIT
// Logins, refreshes, AppSync and EchoStream's sessions against a pool that verifies proofs and tokens.
#include <awsxx/appsync/client.hpp>
#include <awsxx/appsync/echostream.hpp>
#include <awsxx/cognito/jwt_verifier.hpp>
#include <awsxx/cognito/refresh.hpp>
#include <awsxx/cognito/user.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace awsxx::cognito;
using namespace std::chrono_literals;
using json = nlohmann::json;

std::string variable(const char* name) {
    const char* const found = std::getenv(name);
    if (found == nullptr) FAIL(name << " is not set: run it by run_cognito.sh");
    return found;
}

template <class T>
T good(awsxx::expected<T> answer) {
    if (!answer) FAIL(to_string(answer.error()));
    return *std::move(answer);
}
void good(const awsxx::expected<void>& answer) {
    if (!answer) FAIL(to_string(answer.error()));
}
template <class T>
awsxx::error bad(const awsxx::expected<T>& answer) {
    REQUIRE_FALSE(answer);
    return answer.error();
}

awsxx::settings here() {
    awsxx::settings choices;
    choices.endpoint_urls["Cognito Identity Provider"] = variable("COGNITO_ENDPOINT");
    choices.outside = awsxx::testing::isolated_world(nullptr);
    return choices;
}
user_pool pool() {
    return user_pool(
        {.user_pool_id = variable("COGNITO_POOL"), .client_id = variable("COGNITO_CLIENT")},
        here());
}
user_pool pool_with_secret() {
    return user_pool({.user_pool_id = variable("COGNITO_POOL"),
                      .client_id = variable("COGNITO_SECRET_CLIENT"),
                      .client_secret = variable("COGNITO_CLIENT_SECRET")},
                     here());
}
user_options alice() {
    return {.user_name = variable("COGNITO_USER"), .password = variable("COGNITO_PASSWORD")};
}

/// What AWS's library for JavaScript said, line by line.
std::vector<json> by_javascript() {
    std::ifstream file(variable("COGNITO_BY_JAVASCRIPT"));
    std::vector<json> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(json::parse(line));
    return lines;
}

/// The same for a login of ours.
json told(const awsxx::expected<sign_in>& at, std::vector<std::string> challenges = {}) {
    json result{{"challenges", std::move(challenges)}};
    if (!at) {
        result["error"] = at.error().code;
        result["message"] = at.error().message;
        return result;
    }
    REQUIRE(at->done() != nullptr);
    const auto& tokens = at->done()->tokens;
    const auto claims = good(jwt::parse(tokens.access.expose())).claims();
    json shown;
    for (const char* name : {"sub", "username", "token_use", "client_id", "iss"})
        shown[name] = claims.at(name);
    shown["lifetime"] = claims.at("exp").get<int>() - claims.at("iat").get<int>();
    result["claims"] = shown;
    const auto later = good(try_refresh(pool(), tokens, refresh_flow::initiate_auth));
    result["refreshed"] = !(later.access == tokens.access);
    return result;
}

awsxx::appsync::client api_of(const awsxx::cognito::user& who) {
    return awsxx::appsync::client(variable("COGNITO_GRAPHQL"), awsxx::appsync::user_pool_token{who},
                                  here());
}

}  // namespace

TEST_CASE("cognito: logins go as those of AWS's JavaScript library", "[usual]") {
    const auto theirs = by_javascript();
    REQUIRE(theirs.size() == 3);
    const auto by = [](const char* name, const std::string& password) {
        return sign_in::try_begin(pool(), {.user_name = name, .password = password});
    };
    CHECK(told(by("alice", variable("COGNITO_PASSWORD"))) == theirs.at(0));
    CHECK(told(by("alice", "wrong")) == theirs.at(1));
    CHECK(told(by("nobody", "wrong")) == theirs.at(2));
    CHECK(theirs.at(1).at("error") == "NotAuthorizedException");
}

TEST_CASE("cognito: tokens pass the pool's own keys, and cut ones do not", "[usual]") {
    const user who(pool(), alice());
    const auto tokens = good(who.try_tokens());
    const jwt_verifier verifier(
        pool(), {.issuer = variable("COGNITO_ENDPOINT") + "/" + variable("COGNITO_POOL")});
    CHECK(good(verifier.try_verify(tokens->access, token_use::access)).text("username") == "alice");
    good(verifier.try_verify(tokens->id, token_use::id));
    std::string cut(tokens->access.expose());
    cut.resize(cut.size() - 4);
    bad(verifier.try_verify(cut, token_use::access));
    const jwt_verifier elsewhere(pool());
    CHECK(bad(elsewhere.try_verify(tokens->id, token_use::access)).code != "");
}

TEST_CASE("cognito: a client's secret is proved in every step and both refreshes", "[usual]") {
    for (const auto how : {refresh_flow::get_tokens, refresh_flow::initiate_auth}) {
        const auto at = good(sign_in::try_begin(
            pool_with_secret(), {.user_name = "alice", .password = variable("COGNITO_PASSWORD")}));
        good(try_refresh(pool_with_secret(), at.done()->tokens, how));
    }
    const user_pool forged({.user_pool_id = variable("COGNITO_POOL"),
                            .client_id = variable("COGNITO_SECRET_CLIENT"),
                            .client_secret = "another"},
                           here());
    CHECK(bad(sign_in::try_begin(forged, {.user_name = "alice", .password = "x"})).code ==
          "NotAuthorizedException");
}

TEST_CASE("cognito: passwords are not sent where the client does not allow that", "[usual]") {
    const auto why = bad(sign_in::try_begin(
        pool(), {.user_name = "alice", .password = "x", .flow = sign_in_flow::password}));
    CHECK(why.code == "InvalidParameterException");
}

TEST_CASE("cognito: a new password is asked for, may be too short once, and counts", "[usual]") {
    const auto with = [](std::string password) {
        return sign_in::try_begin(
            pool(), {.user_name = variable("COGNITO_NEW_USER"), .password = std::move(password)});
    };
    auto at = good(with(variable("COGNITO_NEW_PASSWORD")));
    REQUIRE(std::holds_alternative<new_password_required>(at.step()));
    CHECK(bad(at.try_answer(new_password{"short"})).code == "InvalidPasswordException");
    good(at.try_answer(new_password{"An0ther!pass"}));
    CHECK(at.done() != nullptr);
    bad(with(variable("COGNITO_NEW_PASSWORD")));
}

TEST_CASE("cognito: the new password is that of both libraries", "[changed]") {
    CHECK(told(sign_in::try_begin(pool(), {.user_name = variable("COGNITO_NEW_USER"),
                                           .password = "An0ther!pass"})) == by_javascript().at(0));
}

TEST_CASE("cognito: a token that was revoked is followed by a login", "[usual]") {
    const user who(pool(), alice());
    const auto first = good(who.try_tokens());
    good(try_revoke(pool(), *first));
    who.reject(first->access);
    CHECK_FALSE(good(who.try_tokens())->refresh == first->refresh);
}

TEST_CASE("appsync: a live token is let in, another is not", "[usual]") {
    const user who(pool(), alice());
    const auto data = good(
        api_of(who).try_query({.query = "query q($n: Int) { whoami }", .variables = {{"n", 7}}}));
    CHECK(data.at("whoami") == "alice");
    CHECK(data.at("variables").at("n") == 7);
    const awsxx::appsync::client other(
        variable("COGNITO_GRAPHQL"),
        awsxx::appsync::token{.get = []() -> awsxx::expected<awsxx::secret> { return "a.b.c"; }},
        here());
    const auto why = bad(other.try_query({.query = "{ whoami }"}));
    CHECK(why.code == "UnauthorizedException");
    CHECK(why.kind == awsxx::error_kind::not_authenticated);
}

TEST_CASE("cognito: a challenge is answered alike by AWS's JavaScript library", "[short]") {
    const auto theirs = by_javascript().at(0);
    CHECK(theirs.at("challenges") == json{"NEW_PASSWORD_REQUIRED"});
    const auto again = told(sign_in::try_begin(
        pool(), {.user_name = variable("COGNITO_NEW_USER"), .password = "An0ther!pass"}));
    CHECK(again.at("claims") == theirs.at("claims"));
}

TEST_CASE("cognito: tokens that live for 3 s are followed by others, by rotation", "[short]") {
    const user who(pool(), alice());
    const auto api = api_of(who);
    std::set<std::string> refreshes;
    for (int i = 0; i < 4; ++i) {
        good(api.try_query({.query = "{ whoami }"}));
        refreshes.insert(std::string(good(who.try_tokens())->refresh.expose()));
        std::this_thread::sleep_for(3100ms);
    }
    CHECK(refreshes.size() == 4);
}

TEST_CASE("appsync: a token that ends unnoticed costs one refresh", "[short]") {
    const user who(pool(), alice());
    auto early = *good(who.try_tokens());
    early.expiration += 1h;  // so that only the API knows that it is over
    auto again = alice();
    again.tokens = early;
    const user late(pool(), again);
    std::this_thread::sleep_for(3100ms);
    CHECK(good(api_of(late).try_query({.query = "{ whoami }"})).at("whoami") == "alice");
    CHECK_FALSE(good(late.try_tokens())->access == early.access);
}

TEST_CASE("echostream: an app's session lives through ten ends of tokens and of keys", "[short]") {
    auto choices = here();
    choices.endpoint_urls["STS"] = variable("ECHO_API");
    const auto session =
        good(awsxx::appsync::try_app_session({.appsync_endpoint = variable("ECHO_API") + "/graphql",
                                              .app = "mine",
                                              .client_id = variable("COGNITO_CLIENT"),
                                              .password = variable("COGNITO_PASSWORD"),
                                              .tenant = "acme",
                                              .user_pool_id = variable("COGNITO_POOL"),
                                              .user_name = variable("COGNITO_USER")},
                                             choices));
    const auto counts = [&] {
        const auto answer = good(session.try_send(
            {.target = good(awsxx::http::parse_uri(variable("ECHO_API") + "/counts"))},
            {.service = "counts", .is_unsigned = true}));
        return json::parse(answer.body);
    };
    std::set<std::string> keys;
    const auto deadline = std::chrono::steady_clock::now() + 90s;
    for (json so_far{{"tokens", 0}}; keys.size() <= 10 || so_far.at("tokens") <= 10;) {
        REQUIRE(std::chrono::steady_clock::now() < deadline);
        const std::string arn = good(session.try_whoami()).arn;
        CHECK(arn.starts_with("eu-central-1:ASIA"));
        keys.insert(arn);
        std::this_thread::sleep_for(200ms);
        so_far = counts();
    }
}
