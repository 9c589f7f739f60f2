// SPDX-License-Identifier: MIT
#include <awsxx/cognito/user.hpp>

#include <support/catch.hpp>
#include <support/cognito_scene.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace awsxx::cognito;
using namespace std::chrono_literals;
using test::bad;
using test::good;

user_options alice() { return {.user_name = "alice", .password = "Passw0rd!"}; }

}  // namespace

TEST_CASE("user: nothing is asked before tokens are, and then once") {
    const test::cognito_scene scene;
    const user who(scene.pool(), alice());
    CHECK(scene.service.calls.empty());

    const auto first = good(who.try_tokens());
    scene.let_pass(40min);

    CHECK(good(who.try_tokens()) == first);
    CHECK(scene.service.calls.size() == 2);
    CHECK(scene.service.is_live(std::string(first->access.expose())));
}

TEST_CASE("user: tokens are refreshed ahead of their end") {
    const test::cognito_scene scene;
    const user who(scene.pool(), alice());
    const auto first = good(who.try_tokens());
    scene.let_pass(59min + 55s);

    const auto second = good(who.try_tokens());

    CHECK(scene.count("GetTokensFromRefreshToken") == 1);
    CHECK_FALSE(second->access == first->access);
    CHECK(second->refresh == first->refresh);
    CHECK(second->user_name == "alice-id");
    CHECK(second->expiration == scene.service.time->now() + 1h);
}

TEST_CASE("user: a refresh token that is used once is followed by the next one") {
    test::cognito_scene scene;
    scene.service.rotates = true;
    const user who(scene.pool(), alice());
    for (int i = 0; i < 5; ++i) {
        CHECK(scene.service.is_live(std::string(good(who.try_tokens())->access.expose())));
        scene.let_pass(1h);
    }
    CHECK(scene.count("GetTokensFromRefreshToken") == 4);
    CHECK(scene.count("InitiateAuth USER_SRP_AUTH") == 1);
}

TEST_CASE("user: a service without the newer operation is asked by the older one") {
    test::cognito_scene scene;
    scene.service.has_get_tokens = false;
    const user who(scene.pool(), alice());
    good(who.try_tokens());
    scene.let_pass(1h);
    good(who.try_tokens());
    CHECK(scene.count("InitiateAuth REFRESH_TOKEN_AUTH") == 1);
    CHECK(scene.count("InitiateAuth USER_SRP_AUTH") == 1);
}

TEST_CASE("user: without a password the death of the refresh token is a failure that says so") {
    test::cognito_scene scene;
    const auto before = good(user(scene.pool(), alice()).try_tokens());
    user_options later{.user_name = "alice", .tokens = *before};
    const user who(scene.pool(), later);
    CHECK(good(who.try_tokens())->access == before->access);
    scene.let_pass(1h);
    CHECK_FALSE(good(who.try_tokens())->access == before->access);
    scene.service.refresh_tokens.clear();
    scene.let_pass(1h);

    const auto why = bad(who.try_tokens());

    CHECK(why.code == "NotSignedIn");
    CHECK(why.cause->message == "Refresh Token has expired");
    CHECK(to_string(why).find("refresh-") == std::string::npos);
    CHECK(bad(user(scene.pool(), {.user_name = "alice"}).try_tokens()).kind ==
          awsxx::error_kind::action_needed);
}

TEST_CASE("user: while the service is down, tokens that are good are used") {
    test::cognito_scene scene;
    const user who(scene.pool(), alice());
    const auto first = good(who.try_tokens());
    scene.let_pass(59min + 55s);
    scene.network->then(
        awsxx::http::response{.status = 400, .body = R"({"__type":"TooManyRequestsException"})"});
    for (int i = 0; i < 4; ++i)
        scene.network->then(awsxx::error{.kind = awsxx::error_kind::network, .code = "Down"});
    CHECK(good(who.try_tokens())->access == first->access);
}

TEST_CASE("user: a rejected access token is followed by another") {
    const test::cognito_scene scene;
    const user who(scene.pool(), alice());
    const auto first = good(who.try_tokens());
    who.reject(first->access);
    const auto second = good(who.try_tokens());
    CHECK_FALSE(second->access == first->access);
    who.reject(first->access);  // which is not the one at hand any more
    CHECK(good(who.try_tokens())->access == second->access);
}

TEST_CASE("user: what the pool asks is answered by a function, or told") {
    test::cognito_scene scene;
    scene.service.users["alice"].challenges.push_back(
        {{"name", "SMS_MFA"}, {"answers", {{"SMS_MFA_CODE", "1"}}}});
    const auto why = bad(user(scene.pool(), alice()).try_tokens());
    CHECK(why.kind == awsxx::error_kind::action_needed);
    CHECK(why.cause->code == "ChallengeUnanswered");
    CHECK(why.cause->message == "the user pool asks for SMS_MFA");
    auto answering = alice();
    answering.answer = [](sign_in& at) { return at.try_answer(code{"1"}); };
    good(user(scene.pool(), answering).try_tokens());
#if defined(__cpp_exceptions)
    answering.answer = [](sign_in&) -> awsxx::expected<void> { throw 1; };
    CHECK(bad(user(scene.pool(), answering).try_tokens()).cause->code == "AnswerThrew");
#endif
}

TEST_CASE("user: devices are kept, sent with refreshes, and forgotten when the pool forgets") {
    test::cognito_scene scene;
    scene.service.tracks_devices = true;
    auto with_devices = alice();
    with_devices.devices = std::make_shared<device_memory>();
    const auto first = good(user(scene.pool(), with_devices).try_tokens());
    CHECK(scene.service.devices.count(first->device_key) == 1);

    const user again(scene.pool(), with_devices);
    CHECK(good(again.try_tokens())->device_key == first->device_key);
    CHECK(scene.count("RespondToAuthChallenge DEVICE_PASSWORD_VERIFIER") == 1);
    scene.let_pass(1h);
    good(again.try_tokens());
    CHECK(scene.service.inputs.back().at("DeviceKey") == first->device_key);

    scene.service.devices.clear();
    const auto other = good(user(scene.pool(), with_devices).try_tokens());
    CHECK(other->device_key != first->device_key);
    CHECK(scene.service.devices.count(other->device_key) == 1);
}

TEST_CASE("user: signing out revokes, and the next token is of a new login") {
    const test::cognito_scene scene;
    const user who(scene.pool(), alice());
    good(who.try_tokens());
    good(who.try_sign_out());
    CHECK(scene.service.refresh_tokens.empty());
    good(who.try_tokens());
    CHECK(scene.count("InitiateAuth USER_SRP_AUTH") == 2);
}

TEST_CASE("user: who is signed out while a login is under way stays signed out") {
    const test::cognito_scene scene;
    std::optional<user> who;
    int signed_out = 0;
    auto options = alice();
    options.ask_password = [&]() -> awsxx::expected<awsxx::secret> {
        if (signed_out++ < 2) good(who->try_sign_out());
        return awsxx::secret("Passw0rd!");
    };
    who.emplace(scene.pool(), options);

    CHECK(bad(who->try_tokens()).code == "SignedOut");
    CHECK(scene.service.refresh_tokens.empty());
    CHECK(bad(who->try_tokens()).code == "SignedOut");
    good(who->try_tokens());
    CHECK(scene.service.refresh_tokens.size() == 1);
}

TEST_CASE("user: of many threads one logs in") {
    const test::cognito_scene scene;
    const user who(scene.pool(), alice());
    std::atomic<int> got{};
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) threads.emplace_back([&] { got += who.try_tokens().has_value(); });
    for (auto& one : threads) one.join();
    CHECK(got == 8);
    CHECK(scene.service.calls.size() == 2);
}
