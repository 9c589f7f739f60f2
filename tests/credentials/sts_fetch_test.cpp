// SPDX-License-Identifier: MIT
#include <awsxx/credentials/sts_fetch.hpp>

#include <awsxx/credentials/session_cache.hpp>
#include <awsxx/credentials/session_token.hpp>
#include <awsxx/credentials/static.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>
#include <support/providers.hpp>
#include <support/sts_answers.hpp>

#include <memory>
#include <string>
#include <utility>

using namespace awsxx;
using test::made_up_world;

namespace {

using plan = sts_fetch_plan<sts::assume_role>;

expected<credentials_snapshot> outcome(made_up_world& world, plan what = {}) {
    what.caller = std::make_shared<const runtime::identity>(
        world.from, std::make_shared<static_credentials>(test::keys("AKUSER")));
    what.request.role_arn = "arn:aws:iam::111122223333:role/audit";
    what.request.role_session_name = "me";
    what.source = "AssumeRole audit";
    what.failure = "RoleNotAssumed";
    what.subject = "audit";
    sts_fetch<sts::assume_role> fetch(std::move(what));
    return runtime::carry_out(fetch, *world.time, world.network);
}
expected<credentials_snapshot> outcome(http::response answer) {
    made_up_world world({}, {.region = "eu-west-1", .max_attempts = 1});
    world.network.then(std::move(answer));
    return outcome(world);
}
/// The answer of STS without one of its elements.
http::response without(const std::string& element) {
    http::response answer = test::sts_answer("AssumeRole", "AKROLE");
    const auto begin = answer.body.find("<" + element + ">");
    const std::string end = "</" + element + ">";
    answer.body.erase(begin, answer.body.find(end) + end.size() - begin);
    return answer;
}

}  // namespace

TEST_CASE("STS fetch: credentials come with expiration, account and source") {
    const auto keys = outcome(test::sts_answer("AssumeRole", "AKROLE"));
    REQUIRE(keys);
    CHECK((*keys)->access_key_id == "AKROLE");
    CHECK((*keys)->session_token == secret("planted-token"));
    CHECK((*keys)->account_id == "111122223333");
    CHECK((*keys)->source == "AssumeRole audit");
    CHECK((*keys)->expiration ==
          parse_date("2026-01-01T01:00:00Z", date_format::date_time)->to_instant());
}

TEST_CASE("STS fetch: a failure is told in the plan's words, with what STS says as its cause") {
    const auto why = outcome(test::sts_refusal(403, "AccessDenied")).error();
    CHECK(why.code == "RoleNotAssumed");
    CHECK(why.message == "audit");
    CHECK(why.kind == why.cause->kind);
    CHECK(why.cause->code == "AccessDenied");
}

TEST_CASE("STS fetch: an answer without token, expiration or credentials is malformed") {
    for (const char* element : {"SessionToken", "Expiration", "Credentials"}) {
        const auto keys = outcome(without(element));
        REQUIRE_FALSE(keys);
        CHECK(keys.error().kind == error_kind::malformed_answer);
        CHECK(to_string(keys.error()).find("planted") == std::string::npos);
    }
}

TEST_CASE("STS fetch: an answer that does not tell the account is good enough") {
    const auto keys = outcome(without("AssumedRoleUser"));
    REQUIRE(keys);
    CHECK((*keys)->account_id.empty());
}

TEST_CASE("STS fetch: what cannot be prepared is not sent") {
    made_up_world world({}, {.region = "eu-west-1"});
    plan what;
    what.prepare = [](sts::assume_role&) -> expected<void> { return error{.code = "NoToken"}; };
    const auto why = outcome(world, std::move(what)).error();
    CHECK(why.cause->code == "NoToken");
    CHECK(world.network.requests().empty());
}

TEST_CASE("STS fetch: a server that fails is asked again") {
    made_up_world world({}, {.region = "eu-west-1"});
    world.network.then(http::response{.status = 500});
    world.network.then(test::sts_answer("AssumeRole", "AKROLE"));
    CHECK(outcome(world));
}

TEST_CASE("STS fetch: some refusals are final, others pass") {
    for (const char* code : {"AccessDenied", "AccessDeniedException", "RegionDisabledException",
                             "InvalidIdentityToken", "MalformedPolicyDocument"})
        CHECK(is_final_for_sts({.code = code}));
    for (const char* code : {"", "ExpiredToken", "Throttling", "IDPCommunicationError"})
        CHECK_FALSE(is_final_for_sts({.code = code}));
    CHECK(is_final_for_sts(caused_by({.code = "RoleNotAssumed"}, {.code = "AccessDenied"})));
}

TEST_CASE("STS fetch: each attempt has an end, also where nobody has set a limit") {
    const auto total_with = [](settings choices) {
        choices.region = "eu-west-1";
        choices.max_attempts = 1;
        made_up_world world({}, std::move(choices));
        milliseconds total{-1};
        testing::scripted_transport network(testing::scripted_transport::reply(
            [&total](const http::request&, const http::exchange& how) {
                total = how.limits.total;
                return expected<http::response>(http::response{.status = 500});
            }));
        session_token_credentials provider(
            std::make_shared<const runtime::identity>(
                world.from, cached(test::answering(test::keys("AKUSER")), world.from)),
            {});
        CHECK_FALSE(runtime::obtain(provider, world.time->now(), *world.time, network).has_value());
        return total;
    };
    CHECK(total_with({}) == milliseconds(6200));
    CHECK(total_with({.limits = {.total = milliseconds(60'000)}}) == milliseconds(60'000));
    // What calls may take is not for renewals: where STS is slower than that, none would end.
    CHECK(total_with({.call_timeout = milliseconds(300)}) == milliseconds(6200));
}
