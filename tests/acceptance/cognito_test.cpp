// SPDX-License-Identifier: MIT
// Logins and AppSync: what earlier systems got wrong, numbered as in their list.
#include <awsxx/appsync/client.hpp>
#include <awsxx/cognito/user.hpp>

#include <support/catch.hpp>
#include <support/cognito_scene.hpp>
#include <support/echostream_scene.hpp>

#include <chrono>
#include <fstream>
#include <string>

namespace {

using namespace std::chrono_literals;
using test::bad;
using test::good;
using json = nlohmann::json;

/// How many of the vectors come out right with that generator and that multiplier's bytes.
int right_proofs(unsigned generator, bool signed_bytes) {
    namespace srp = awsxx::cognito::detail::srp;
    srp::group in{srp::number::prime_3072(), srp::number(generator), {}};
    in.k = signed_bytes ? srp::hashed(in.n.signed_bytes(), in.g.signed_bytes())
                        : srp::hashed(in.n.bytes(), in.g.bytes());
    std::ifstream file(AWSXX_TEST_DATA_DIR "/cognito_srp/edge.json");
    int right = 0;
    for (const auto& one : json::parse(file)) {
        const auto text = [&](const char* name) { return one.value(name, std::string()); };
        const std::string pool = text("user_pool_id");
        const bool device = pool.empty();
        const auto a = srp::number::from_hex(text("a"));
        const auto found = srp::compute(
            in, {srp::number::from_hex(text("a")), in.g.power_mod(a, in.n)},
            {.group = device ? text("device_group_key") : pool.substr(pool.find('_') + 1),
             .user = text(device ? "device_key" : "username"),
             .salt = text("salt"),
             .srp_b = text("srp_b")},
            text("password"));
        right += found && awsxx::crypto::to_hex(found->key.expose()) ==
                              one.at("expected").at("K").get<std::string>();
    }
    return right;
}

}  // namespace

TEST_CASE("acceptance 23: a refresh token that expired is followed by a login nobody notices") {
    test::echostream_scene here;
    const auto session =
        good(awsxx::appsync::try_api_session(here.options(), here.settings(), here.network));
    good(session.try_whoami());
    here.service.refresh_tokens.clear();
    here.let_pass(24h);

    good(session.try_whoami());

    CHECK(here.count("InitiateAuth USER_SRP_AUTH") == 2);
    CHECK(here.refused == 0);
}

TEST_CASE(
    "acceptance 24: a 401 of AppSync costs one refresh, errors in a 200 are typed, a hang ends") {
    test::echostream_scene here;
    const awsxx::cognito::user who(here.pool(), {.user_name = "alice", .password = "Passw0rd!"});
    const awsxx::appsync::client api("https://api.echo.example/graphql",
                                     awsxx::appsync::user_pool_token{who}, here.settings(),
                                     here.network);
    const awsxx::appsync::graphql_request query{
        .query = "query q($tenant: String!) { GetTenant(tenant: $tenant) { region } }",
        .variables = {{"tenant", "acme"}}};
    good(api.try_query(query));
    here.service.kill_access_tokens();

    good(api.try_query(query));
    CHECK(here.refused == 1);
    CHECK(here.count("GetTokensFromRefreshToken") == 1);

    here.instead.push_back(
        {.status = 200, .body = R"({"errors":[{"errorType":"Unauthorized","message":"no"}]})"});
    CHECK(bad(api.try_query(query)).kind == awsxx::error_kind::denied);

    for (int i = 0; i < 3; ++i)
        here.network->then(awsxx::error{
            .kind = awsxx::error_kind::timeout, .retryable = true, .code = "AnswerTimedOut"});
    CHECK(bad(api.try_query(query)).kind == awsxx::error_kind::timeout);
    CHECK(here.network->exchanges().back().limits.first_byte == 35s);
}

TEST_CASE("acceptance 25: every proof is right, and none with a wrong generator or multiplier") {
    CHECK(right_proofs(2, true) == 14);
    CHECK(right_proofs(5, true) == 0);
    CHECK(right_proofs(2, false) == 0);
}

TEST_CASE(
    "acceptance 26: after a login by alias, a client with a secret refreshes by the user's own "
    "name") {
    test::cognito_scene here;
    here.service.client_secret = "client secret";
    here.service.users["alice@example.com"] = {.password = "Passw0rd!", .id = "0d1e-internal"};
    for (const auto how :
         {awsxx::cognito::refresh_flow::initiate_auth, awsxx::cognito::refresh_flow::automatic}) {
        const awsxx::cognito::user who(
            here.pool(),
            {.user_name = "alice@example.com", .password = "Passw0rd!", .refresh = how});
        const auto first = good(who.try_tokens());
        CHECK(first->user_name == "0d1e-internal");
        here.let_pass(1h);
        CHECK_FALSE(good(who.try_tokens())->access == first->access);
    }
    CHECK(here.count("InitiateAuth REFRESH_TOKEN_AUTH") == 1);
    CHECK(here.count("GetTokensFromRefreshToken") == 1);
    CHECK(here.count("InitiateAuth USER_SRP_AUTH") == 2);
}
