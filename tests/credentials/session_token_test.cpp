// SPDX-License-Identifier: MIT
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

std::shared_ptr<const runtime::identity> user(const made_up_world& world) {
    return std::make_shared<const runtime::identity>(
        world.from, std::make_shared<static_credentials>(test::keys("AKUSER")));
}

mfa_prompt showing(const char* code) {
    return [code](const mfa_request&) -> expected<secret> { return secret(code); };
}

}  // namespace

TEST_CASE("session token: long-lived keys are traded for temporary ones") {
    made_up_world world({}, {.region = "eu-west-1"});
    world.network.then(test::sts_answer("GetSessionToken", "ASIA"));
    session_token_credentials provider(user(world), {.duration_seconds = 900});
    const auto keys = world.obtain(provider);

    REQUIRE(keys);
    CHECK((*keys)->access_key_id == "ASIA");
    CHECK((*keys)->source == "GetSessionToken");
    const std::string body(world.network.requests().at(0).body.bytes());
    CHECK(body.find("DurationSeconds=900") != std::string::npos);
    CHECK(body.find("TokenCode") == std::string::npos);
}

TEST_CASE("session token: the code of a device is asked for at each fetch") {
    made_up_world world({}, {.region = "eu-west-1", .mfa = showing("123456")});
    world.network.then(test::sts_answer("GetSessionToken", "ASIA"));
    session_token_credentials provider(user(world), {.serial_number = "GAHT00000001"});
    REQUIRE(world.obtain(provider));
    const std::string body(world.network.requests().at(0).body.bytes());
    CHECK(body.find("SerialNumber=GAHT00000001") != std::string::npos);
    CHECK(body.find("TokenCode=123456") != std::string::npos);

    CHECK(world.outcome(provider).find("MfaCodeRepeated") != std::string::npos);
    CHECK(world.network.requests().size() == 1);
}

TEST_CASE("session token: without a prompt nothing is sent") {
    made_up_world world({}, {.region = "eu-west-1"});
    session_token_credentials provider(user(world), {.serial_number = "GAHT00000001"});
    const auto why = world.obtain(provider).error();
    CHECK(why.code == "NoSessionToken");
    CHECK(why.kind == error_kind::action_needed);
    CHECK(world.network.requests().empty());
}

TEST_CASE("session token: a code that AWS does not accept is final and not shown") {
    made_up_world world({}, {.region = "eu-west-1", .mfa = showing("123456")});
    world.network.then(test::sts_refusal(403, "AccessDenied"));
    session_token_credentials provider(user(world), {.serial_number = "GAHT00000001"});
    const auto why = world.obtain(provider).error();
    CHECK(provider.is_final(why));
    CHECK(to_string(why).find("123456") == std::string::npos);
}
