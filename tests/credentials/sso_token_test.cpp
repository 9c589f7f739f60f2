// SPDX-License-Identifier: MIT
#include <awsxx/credentials/sso_token.hpp>

#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;

namespace {

const sso_options corp{.session_name = "corp", .profile = "dev"};

expected<sso_token> read(const std::string& text) {
    const testing::made_up_files files(testing::made_up_files::contents{{"/token", text}});
    return read_sso_token(corp, files, "/token");
}

}  // namespace

TEST_CASE("sso token: its file is named after the session, or after the start URL") {
    const testing::made_up_environment home(
        testing::made_up_environment::variables{{"HOME", "/home"}});

    CHECK(sso_token_path(corp, home) ==
          "/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json");
    CHECK(sso_token_path({.start_url = "https://ex.awsapps.com/start"}, home) ==
          "/home/.aws/sso/cache/af8d9af2adeeaf1941027e8a576bd1370260e2f9.json");
    CHECK(sso_token_path({.start_url = "https://corp.awsapps.com/start"}, home) ==
          "/home/.aws/sso/cache/a51746d4aa793ae07b25e90c3a5db96fc7832bd7.json");
    CHECK(sso_token_path(corp, testing::made_up_environment()).empty());
}

TEST_CASE("sso token: the expiry is read in every spelling there is") {
    const auto* spelling =
        GENERATE("2026-01-01T00:00:00Z", "2026-01-01T00:00:00UTC", "2026-01-01T00:00:00+00:00",
                 "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00.000Z");
    INFO(spelling);
    const auto found = read(std::string(R"({"accessToken":"t","expiresAt":")") + spelling + "\"}");

    REQUIRE(found);
    CHECK(found->expires_at == instant(milliseconds(1'767'225'600'000)));
}

TEST_CASE("sso token: members are found in any case") {
    const auto found = read(R"({"AccessToken":"t","expiresat":"2026-01-01T00:00:00Z",)"
                            R"("clientid":"c","CLIENTSECRET":"s","refreshtoken":"r",)"
                            R"("registrationexpiresat":"2026-02-01T00:00:00Z"})");
    REQUIRE(found);

    CHECK(found->access_token == secret("t"));
    CHECK(found->client_id == "c");
    CHECK(found->client_secret == secret("s"));
    CHECK(found->refresh_token == secret("r"));
    CHECK(found->registration_expires_at);
}

TEST_CASE("sso token: a file that is no login says what is wrong and what to do") {
    struct {
        const char* text;
        const char* problem;
    } const cases[] = {
        {"", "no JSON object"},
        {"[1]", "no JSON object"},
        {R"({"accessToken":"planted","expiresAt":)", "no JSON object"},
        {R"({"clientId":"c","clientSecret":"planted","expiresAt":"2026-01-01T00:00:00Z"})",
         "no accessToken"},
        {R"({"accessToken":7,"expiresAt":"2026-01-01T00:00:00Z"})", "no accessToken"},
        {R"({"accessToken":"planted"})", "expiresAt is missing or no date"},
        {R"({"accessToken":"planted","expiresAt":"tomorrow"})", "expiresAt is missing or no date"},
    };
    for (const auto& one : cases) {
        INFO(one.text);
        const auto found = read(one.text);
        REQUIRE_FALSE(found);
        const std::string said = to_string(found.error());
        CHECK(found.error().kind == error_kind::action_needed);
        CHECK(found.error().code == "SsoTokenUnreadable");
        CHECK(said.find(one.problem) != std::string::npos);
        CHECK(said.find("run aws sso login --profile dev") != std::string::npos);
        CHECK(said.find("planted") == std::string::npos);
    }
}

TEST_CASE("sso token: what is written keeps what nobody knows") {
    testing::made_up_files files(testing::made_up_files::contents{
        {"/token", R"({"startUrl":"u","region":"r","accessToken":"a",)"
                   R"("expiresAt":"2025-01-01T00:00:00Z","refreshToken":"b",)"
                   R"("future":{"x":[1]}})"}});
    auto login = read_sso_token(corp, files, "/token");
    REQUIRE(login);
    login->access_token = "a2";
    login->refresh_token = "b2";
    login->expires_at = instant(milliseconds(1'767'225'600'000));
    REQUIRE(write_sso_token(*login, files, "/token"));

    CHECK(*files.read("/token", 1000) ==
          R"({"startUrl":"u","region":"r","accessToken":"a2",)"
          R"("expiresAt":"2026-01-01T00:00:00Z","refreshToken":"b2","future":{"x":[1]}})");
}
