// SPDX-License-Identifier: MIT
#include <awsxx/credentials/login.hpp>

#include <support/catch.hpp>
#include <support/ec_keys.hpp>
#include <support/provider_scene.hpp>

#include <string>
#include <string_view>

using namespace awsxx;
using test::provider_scene;

namespace {

const login_options admin{.login_session = "arn:aws:sts::012345678910:assumed-role/Admin/admin",
                          .profile = "signin"};
const std::string name = "4b0ba8f99f075c0633e122fd73346ce203a3faf18ea0310eb2d29df1bab2e255.json";
const std::string path = "/home/.aws/login/cache/" + name;

std::string login(const std::string& until) {
    codec::json::members all = *codec::json::members::parse(
        R"({"accessToken":{"accessKeyId":"OLD","secretAccessKey":"planted-secret",)"
        R"("sessionToken":"planted-token","accountId":"012345678901","expiresAt":")" +
        until + R"(","more":1},"tokenType":"aws_sigv4",)" +
        R"("clientId":"arn:aws:signin:::devtools/same-device","refreshToken":"planted-refresh",)" +
        R"("idToken":"planted-id","future":[]})");
    all.set_string("dpopKey", test::sec1_pem);
    return all.text();
}
std::string login_without(std::string_view member) {
    std::string text = login("2026-01-01T01:00:00Z");
    text.replace(text.find(member), 1, "_");
    return text;
}
const std::string new_keys =
    R"({"accessToken":{"accessKeyId":"NEW","secretAccessKey":"planted-new",)"
    R"("sessionToken":"planted-newer"},"tokenType":"aws_sigv4","expiresIn":900,)"
    R"("refreshToken":"planted-next"})";

std::string decoded(std::string_view token, int index) {
    for (; index > 0; --index) text::take_until(token, '.');
    return *crypto::from_base64(text::take_until(token, '.'), crypto::base64_alphabet::url);
}

void check_failure(const expected<credentials_snapshot>& got, const char* code) {
    REQUIRE_FALSE(got);
    CHECK(got.error().kind == error_kind::action_needed);
    CHECK(got.error().code == code);
    CHECK(to_string(got.error()).find("planted") == std::string::npos);
}

}  // namespace

TEST_CASE("login: keys with time left are used as they are") {
    provider_scene s(test::files{{path, login("2026-01-01T00:05:00Z")}});
    login_credentials provider(s.configuration, admin);
    const auto got = s.obtain(provider);

    REQUIRE(got);
    CHECK((*got)->access_key_id == "OLD");
    CHECK((*got)->account_id == "012345678901");
    CHECK((*got)->expiration == s.time->now() + std::chrono::minutes(5));
    CHECK((*got)->source == "login arn:aws:sts::012345678910:assumed-role/Admin/admin");
    CHECK((*got)->via == auth::feature::credentials_login);
    CHECK(s.network.requests().empty());
}

TEST_CASE("login: the file may lie in a folder of its own") {
    provider_scene s(test::files{{"/cache/" + name, login("2026-01-01T01:00:00Z")}},
                     test::variables{{"AWS_LOGIN_CACHE_DIRECTORY", "/cache"}});
    login_credentials provider(s.configuration, admin);

    CHECK(s.obtain(provider));
}

TEST_CASE("login: keys without time left are replaced with a proof, and the file written") {
    provider_scene s(test::files{{path, login("2026-01-01T00:04:59Z")}});
    s.answer(200, new_keys);
    login_credentials provider(s.configuration, admin);
    const auto got = s.obtain(provider);

    REQUIRE(got);
    CHECK((*got)->access_key_id == "NEW");
    CHECK((*got)->account_id == "012345678901");
    CHECK((*got)->expiration == s.time->now() + seconds(900));
    const auto sent = s.sent();
    CHECK(sent.method == "POST");
    CHECK(to_string(sent.target) == "https://eu-west-1.signin.aws.amazon.com/v1/token");
    CHECK(sent.body.bytes() == R"({"clientId":"arn:aws:signin:::devtools/same-device",)"
                               R"("grantType":"refresh_token","refreshToken":"planted-refresh"})");
    CHECK_FALSE(sent.headers.contains("authorization"));
    const std::string proof(sent.headers.find("dpop").value_or(""));
    CHECK(decoded(proof, 1).find(R"("htu":"https://eu-west-1.signin.aws.amazon.com/v1/token")") !=
          std::string::npos);
    CHECK(decoded(proof, 1).find(R"("iat":1767225600)") != std::string::npos);
    CHECK(test::verifies(test::sec1_pem, std::string_view(proof).substr(0, proof.rfind('.')),
                         decoded(proof, 2)));
    CHECK(s.member(path, "accessToken") ==
          R"({"accessKeyId":"NEW","secretAccessKey":"planted-new","sessionToken":"planted-newer",)"
          R"("accountId":"012345678901","expiresAt":"2026-01-01T00:15:00Z","more":1})");
    CHECK(s.member(path, "refreshToken") == "\"planted-next\"");
    CHECK(s.member(path, "idToken") == "\"planted-id\"");
    CHECK(s.member(path, "future") == "[]");
}

TEST_CASE("login: the region of the client decides where keys are asked for") {
    provider_scene s(test::files{{path, login("2025-12-31T00:00:00Z")}});
    s.answer(200, new_keys);
    login_options options = admin;
    options.region = "cn-north-1";
    login_credentials provider(s.configuration, options);
    REQUIRE(s.obtain(provider));

    CHECK(s.sent().target.host == "cn-north-1.signin.amazonaws.cn");
}

TEST_CASE("login: a file that is missing or lacks a member asks for another login") {
    for (const char* member : {"accessToken", "refreshToken", "clientId", "dpopKey", "accessKeyId",
                               "secretAccessKey", "sessionToken", "expiresAt"}) {
        INFO(member);
        provider_scene s(test::files{{path, login_without(member)}});
        login_credentials provider(s.configuration, admin);
        const auto got = s.obtain(provider);
        check_failure(got, "LoginUnreadable");
        CHECK(got.error().message.find(member) != std::string::npos);
        CHECK(got.error().message.find("run aws login --profile signin") != std::string::npos);
        CHECK(provider.is_final(got.error()));
    }
    provider_scene s;
    login_credentials provider(s.configuration, admin);
    check_failure(s.obtain(provider), "LoginMissing");
    provider_scene cut(test::files{{path, login("2026-01-01T01:00:00Z").substr(0, 200)}});
    login_credentials of_cut(cut.configuration, admin);
    check_failure(cut.obtain(of_cut), "LoginUnreadable");
}

TEST_CASE("login: a key that cannot sign asks for another login, and nothing is sent") {
    auto all = *codec::json::members::parse(login("2025-12-31T00:00:00Z"));
    all.set_string("dpopKey", "-----BEGIN EC PRIVATE KEY-----\nplanted\n");
    provider_scene s(test::files{{path, all.text()}});
    login_credentials provider(s.configuration, admin);

    check_failure(s.obtain(provider), "LoginUnreadable");
    CHECK(s.network.requests().empty());
}

TEST_CASE("login: what Sign-In says no to is told apart") {
    struct {
        const char* reason;
        const char* code;
        const char* message;
    } const cases[] = {
        {"TOKEN_EXPIRED", "LoginExpired", "expired: run aws login --profile signin"},
        {"USER_CREDENTIALS_CHANGED", "LoginExpired", "password has changed"},
        {"INSUFFICIENT_PERMISSIONS", "LoginNotPermitted", "signin:CreateOAuth2Token"},
    };
    for (const auto& one : cases) {
        provider_scene s(test::files{{path, login("2026-01-01T00:01:00Z")}});
        s.answer(400, std::string(R"({"error":")") + one.reason + R"(","message":"no"})",
                 "AccessDeniedException");
        login_credentials provider(s.configuration, admin);
        const auto got = s.obtain(provider);
        check_failure(got, one.code);
        CHECK(got.error().message.find(one.message) != std::string::npos);
        CHECK(provider.is_final(got.error()));
    }
}

TEST_CASE("login: keys that are still good outlast a failure to replace them") {
    provider_scene s(test::files{{path, login("2026-01-01T00:01:00Z")}});
    s.answer(500, "{}", "InternalServerException");
    login_credentials provider(s.configuration, admin);
    const auto got = s.obtain(provider);
    REQUIRE(got);
    CHECK((*got)->access_key_id == "OLD");

    s.time->advance(std::chrono::minutes(1));
    s.answer(500, "{}", "InternalServerException");
    const auto late = s.obtain(provider);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == "LoginNotRefreshed");
    CHECK(late.error().retryable);
    CHECK_FALSE(provider.is_final(late.error()));
    CHECK(provider.style() == refresh_style::static_stability);
}

TEST_CASE("login: an answer without keys is no success") {
    provider_scene s(test::files{{path, login("2025-12-31T00:00:00Z")}});
    s.answer(200, R"({"tokenType":"aws_sigv4","expiresIn":900})");
    login_credentials provider(s.configuration, admin);
    const auto got = s.obtain(provider);

    REQUIRE_FALSE(got);
    CHECK(got.error().cause->code == "MalformedAnswer");
    CHECK(s.member(path, "refreshToken") == "\"planted-refresh\"");
}

TEST_CASE("login: where another process was faster its keys are used") {
    provider_scene s(test::files{{path, login("2025-12-31T00:00:00Z")}});
    testing::scripted_transport network([&](const http::request&, const http::exchange&) {
        auto theirs = *codec::json::members::parse(login("2026-01-01T00:15:00Z"));
        theirs.set_string("refreshToken", "planted-theirs");
        CHECK(s.configuration->outside().files->write(path, theirs.text()));
        http::response answer{.status = 400, .body = R"({"error":"TOKEN_EXPIRED"})"};
        answer.headers.add("x-amzn-ErrorType", "AccessDeniedException");
        return answer;
    });
    login_credentials provider(s.configuration, admin);
    const auto got = s.obtain(provider, network);

    REQUIRE(got);
    CHECK((*got)->expiration == s.time->now() + std::chrono::minutes(15));
}
