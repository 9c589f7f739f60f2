// SPDX-License-Identifier: MIT
#include <awsxx/cognito/sign_in.hpp>

#include <support/catch.hpp>
#include <support/cognito_scene.hpp>

#include <string>
#include <utility>
#include <variant>

namespace {

using namespace awsxx::cognito;
using test::bad;
using test::good;
using json = nlohmann::json;

sign_in begin(const test::cognito_scene& scene, sign_in_flow flow = {}) {
    return good(sign_in::try_begin(scene.pool(),
                                   {.user_name = "alice", .password = "Passw0rd!", .flow = flow}));
}

/// A pool that asks for one thing after the password.
void ask(test::cognito_scene& scene, json challenge) {
    scene.service.users["alice"].challenges.push_back(std::move(challenge));
}

}  // namespace

TEST_CASE("sign in: a password is proved and never sent") {
    const test::cognito_scene scene;
    const auto at = begin(scene);

    REQUIRE(at.done() != nullptr);
    CHECK(scene.service.is_live(std::string(at.done()->tokens.access.expose())));
    CHECK(at.done()->tokens.user_name == "alice-id");
    CHECK(at.done()->tokens.expiration == scene.service.time->now() + std::chrono::hours(1));
    CHECK_FALSE(at.done()->device);
    CHECK(at.challenge().empty());
    CHECK(scene.service.calls ==
          std::vector<std::string>{"InitiateAuth USER_SRP_AUTH",
                                   "RespondToAuthChallenge PASSWORD_VERIFIER"});
    for (const auto& sent : scene.network->requests()) {
        CHECK(sent.target.host == "cognito-idp.eu-west-1.amazonaws.com");
        CHECK_FALSE(sent.headers.contains("Authorization"));
        CHECK(sent.body.bytes().find("Passw0rd!") == std::string::npos);
    }
}

TEST_CASE("sign in: a password is sent where the flow says so") {
    const test::cognito_scene scene;
    CHECK(begin(scene, sign_in_flow::password).done() != nullptr);
    CHECK(scene.service.calls == std::vector<std::string>{"InitiateAuth USER_PASSWORD_AUTH"});
}

TEST_CASE("sign in: a wrong password, an unknown and a disabled user are told apart from nothing") {
    test::cognito_scene scene;
    for (const char* name : {"alice", "nobody"}) {
        const auto why =
            bad(sign_in::try_begin(scene.pool(), {.user_name = name, .password = "wrong words"}));
        CHECK(why.code == "NotAuthorizedException");
        CHECK(why.kind == awsxx::error_kind::not_authenticated);
        CHECK(to_string(why).find("wrong words") == std::string::npos);
    }
    scene.service.users["alice"].disabled = true;
    const auto why =
        bad(sign_in::try_begin(scene.pool(), {.user_name = "alice", .password = "Passw0rd!"}));
    CHECK(why.message == "User is disabled.");
}

TEST_CASE("sign in: a pool's id without underscore and an unknown client are errors") {
    test::cognito_scene scene;
    const user_pool odd({.user_pool_id = "Pool1", .client_id = "client"}, scene.settings(),
                        scene.network);
    CHECK(bad(sign_in::try_begin(odd, {.user_name = "alice"})).code == "InvalidUserPoolId");
    CHECK(scene.network->requests().empty());
    const user_pool other({.user_pool_id = "eu-west-1_Pool1", .client_id = "another"},
                          scene.settings(), scene.network);
    CHECK(bad(sign_in::try_begin(other, {.user_name = "alice"})).kind ==
          awsxx::error_kind::not_found);
}

TEST_CASE("sign in: a service that sends zero gets no proof") {
    test::cognito_scene scene;
    scene.service.srp_b = "0";
    const auto why =
        bad(sign_in::try_begin(scene.pool(), {.user_name = "alice", .password = "Passw0rd!"}));
    CHECK(why.code == "UnsafeSrpValue");
    CHECK(scene.service.calls.size() == 1);
}

TEST_CASE("sign in: a client's secret is proved with the name that counts in each step") {
    test::cognito_scene scene;
    scene.service.client_secret = "client secret";
    ask(scene, {{"name", "SMS_MFA"}, {"answers", {{"SMS_MFA_CODE", "1"}}}});
    auto at = begin(scene);
    good(at.try_answer(code{"1"}));
    CHECK(at.done() != nullptr);
    for (const auto& input : scene.service.inputs)
        CHECK(input.dump().find("client secret") == std::string::npos);
}

TEST_CASE("sign in: codes are asked for as what they are, and may be wrong once") {
    struct one {
        const char* name;
        const char* response;
        std::size_t step;
    };
    for (const one& kind : {one{"SMS_MFA", "SMS_MFA_CODE", 2}, one{"SMS_OTP", "SMS_OTP_CODE", 3},
                            one{"EMAIL_OTP", "EMAIL_OTP_CODE", 4},
                            one{"SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA_CODE", 5}}) {
        INFO(kind.name);
        test::cognito_scene scene;
        ask(scene, {{"name", kind.name},
                    {"session", "session 1"},
                    {"parameters", {{"CODE_DELIVERY_DESTINATION", "+***1"}}},
                    {"answers", {{kind.response, "123456"}}}});
        auto at = begin(scene);
        CHECK(at.step().index() == kind.step);
        CHECK(at.challenge() == kind.name);
        CHECK(bad(at.try_answer(new_password{"x"})).code == "NotThatChallenge");
        CHECK(bad(at.try_answer(code{"000000"})).code == "CodeMismatchException");
        CHECK(at.step().index() == kind.step);
        good(at.try_answer(code{"123456"}));
        CHECK(at.done() != nullptr);
        CHECK(bad(at.try_answer(any_answer{})).code == "NotThatChallenge");
    }
}

TEST_CASE("sign in: a new password comes with the attributes that are missing") {
    test::cognito_scene scene;
    ask(scene, {{"name", "NEW_PASSWORD_REQUIRED"},
                {"parameters",
                 {{"requiredAttributes", R"(["userAttributes.email"])"},
                  {"userAttributes", R"({"name":"Alice"})"}}},
                {"answers", {{"NEW_PASSWORD", "N3w!"}, {"userAttributes.email", "a@b.c"}}}});
    auto at = begin(scene);
    const auto* wanted = std::get_if<new_password_required>(&at.step());
    REQUIRE(wanted != nullptr);
    CHECK(wanted->required_attributes == std::vector<std::string>{"email"});
    CHECK(wanted->attributes.at("name") == "Alice");
    good(at.try_answer(new_password{"N3w!", {{"email", "a@b.c"}}}));
    CHECK(at.done() != nullptr);
    CHECK(scene.service.users["alice"].password == "N3w!");
}

TEST_CASE("sign in: factors can be chosen and set up") {
    test::cognito_scene scene;
    ask(scene, {{"name", "SELECT_MFA_TYPE"},
                {"parameters", {{"MFAS_CAN_CHOOSE", R"(["SMS_MFA","EMAIL_OTP"])"}}},
                {"answers", {{"ANSWER", "EMAIL_OTP"}}}});
    ask(scene, {{"name", "MFA_SETUP"},
                {"session", "verified"},
                {"parameters", {{"MFAS_CAN_SETUP", R"(["SOFTWARE_TOKEN_MFA"])"}}},
                {"answers", json::object()}});
    auto at = begin(scene);
    CHECK(std::get<select_mfa_type>(at.step()).choices.at(1) == "EMAIL_OTP");
    CHECK(bad(at.try_set_up_software_token()).code == "NotThatChallenge");
    good(at.try_answer(choice{"EMAIL_OTP"}));
    CHECK(std::get<mfa_setup>(at.step()).choices.at(0) == "SOFTWARE_TOKEN_MFA");
    CHECK(good(at.try_set_up_software_token()).expose() == "JBSWY3DPEHPK3PXP");
    CHECK(bad(at.try_confirm_software_token(code{"0"})).code == "CodeNotAccepted");
    good(at.try_confirm_software_token(code{"123456"}, "phone"));
    CHECK(at.done() != nullptr);
}

TEST_CASE("sign in: custom challenges, passkeys and those nobody knows are surfaced") {
    test::cognito_scene scene;
    ask(scene, {{"name", "CUSTOM_CHALLENGE"},
                {"parameters", {{"question", "colour?"}}},
                {"answers", {{"ANSWER", "blue"}}}});
    ask(scene, {{"name", "WEB_AUTHN"},
                {"parameters", {{"CREDENTIAL_REQUEST_OPTIONS", "{}"}}},
                {"answers", {{"CREDENTIAL", R"({"id":1})"}}}});
    ask(scene, {{"name", "IRIS_SCAN"},
                {"parameters", {{"eye", "left"}}},
                {"answers", {{"IRIS", "seen"}}}});
    auto at = begin(scene, sign_in_flow::custom);
    CHECK(scene.service.inputs.at(0).at("AuthParameters").at("CHALLENGE_NAME") == "SRP_A");
    CHECK(std::get<custom_challenge>(at.step()).parameters.at("question") == "colour?");
    good(at.try_answer(custom_answer{"blue"}));
    CHECK(std::get<web_authn>(at.step()).options == "{}");
    good(at.try_answer(passkey_answer{R"({"id":1})"}));
    CHECK(std::get<other_challenge>(at.step()).name == "IRIS_SCAN");
    CHECK(std::get<other_challenge>(at.step()).parameters.at("eye") == "left");
    good(at.try_answer(any_answer{{{"IRIS", "seen"}}}));
    CHECK(at.done() != nullptr);
}

TEST_CASE("sign in: of the challenges that a pool offers, one is chosen") {
    test::cognito_scene scene;
    ask(scene, {{"name", "SELECT_CHALLENGE"},
                {"available", {"PASSWORD", "EMAIL_OTP"}},
                {"answers", {{"ANSWER", "PASSWORD"}, {"PASSWORD", "Passw0rd!"}}}});
    auto at = begin(scene, sign_in_flow::choice);
    CHECK(std::get<select_challenge>(at.step()).choices.size() == 2);
    scene.service.users["alice"].id = "alice";  // no challenge has told the pool's name yet
    good(at.try_answer(choice{"PASSWORD"}));
    CHECK(at.done() != nullptr);
}

TEST_CASE("sign in: a device is confirmed, remembered, and proves itself from then on") {
    test::cognito_scene scene;
    scene.service.tracks_devices = true;
    const auto first = begin(scene);
    REQUIRE(first.done()->device);
    const auto kept = good(
        try_confirm_device(scene.pool(), first.done()->tokens, *first.done()->device, "laptop"));
    CHECK(scene.service.devices.at(kept.key).remembered);

    const auto again = good(sign_in::try_begin(
        scene.pool(), {.user_name = "alice", .password = "Passw0rd!", .device = kept}));

    REQUIRE(again.done() != nullptr);
    CHECK(again.done()->tokens.device_key == kept.key);
    CHECK_FALSE(again.done()->device);
    CHECK(scene.count("RespondToAuthChallenge DEVICE_SRP_AUTH") == 1);
    CHECK(scene.count("RespondToAuthChallenge DEVICE_PASSWORD_VERIFIER") == 1);
    auto other = kept;
    other.password = "another";
    CHECK(bad(sign_in::try_begin(scene.pool(),
                                 {.user_name = "alice", .password = "Passw0rd!", .device = other}))
              .code == "NotAuthorizedException");
}

TEST_CASE("sign in: a session that has expired is an error, and the step stays") {
    test::cognito_scene scene;
    ask(scene, {{"name", "SMS_MFA"}, {"session", "another"}, {"answers", json::object()}});
    auto at = begin(scene);
    const auto why = bad(at.try_answer(code{"1"}));
    CHECK(why.code == "NotAuthorizedException");
    CHECK(why.message == "Invalid session for the user.");
    CHECK(std::holds_alternative<sms_mfa>(at.step()));
}

TEST_CASE("sign in: proofs have the service's time, however wrong the clock here is") {
    for (const auto ahead : {std::chrono::hours(-30), std::chrono::hours(7)}) {
        test::cognito_scene scene;
        scene.service.ahead = ahead;
        const auto at = begin(scene);
        REQUIRE(at.done() != nullptr);
        CHECK(at.done()->tokens.expiration ==
              scene.service.time->now() + std::chrono::hours(1));  // by the clock here
    }
}

TEST_CASE("sign in: nothing of it is in what the program can listen to") {
    test::cognito_scene scene;
    begin(scene, sign_in_flow::password);
    CHECK_FALSE(scene.notes->empty());
    for (const char* word : {"Passw0rd!", "refresh-", "eyJ"})
        CHECK(scene.notes->find(word) == std::string::npos);
}
