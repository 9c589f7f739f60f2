// SPDX-License-Identifier: MIT
#include <awsxx/credentials/sso.hpp>

#include <support/catch.hpp>
#include <support/fake_files.hpp>
#include <support/provider_scene.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>

using namespace awsxx;
using test::provider_scene;

namespace {

const sso_options session_style{.start_url = "https://corp.awsapps.com/start",
                                .region = "us-east-2",
                                .account_id = "111122223333",
                                .role_name = "Reader",
                                .session_name = "corp",
                                .profile = "dev"};
const std::string session_file =
    "/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
const std::string legacy_file =
    "/home/.aws/sso/cache/a51746d4aa793ae07b25e90c3a5db96fc7832bd7.json";

sso_options legacy_style() {
    sso_options options = session_style;
    options.session_name.clear();
    return options;
}

/// A login that can be prolonged.
std::string login(const std::string& until,
                  const std::string& registered = "2026-03-01T00:00:00Z") {
    return R"({"accessToken":"planted-access","expiresAt":")" + until +
           R"(","clientId":"client","clientSecret":"planted-client","registrationExpiresAt":")" +
           registered + R"(","refreshToken":"planted-refresh","startUrl":"u","more":[1]})";
}
const std::string keys = R"({"roleCredentials":{"accessKeyId":"ASIA","secretAccessKey":"s",)"
                         R"("sessionToken":"t","expiration":1767229200000}})";
const std::string new_token = R"({"accessToken":"planted-new","tokenType":"Bearer",)"
                              R"("expiresIn":28800,"refreshToken":"planted-new-refresh"})";

std::string bearer(const http::request& what) {
    return std::string(what.headers.find("x-amz-sso_bearer_token").value_or(""));
}

void check_failure(const expected<credentials_snapshot>& got, const char* code) {
    REQUIRE_FALSE(got);
    CHECK(got.error().kind == error_kind::action_needed);
    CHECK(got.error().code == code);
    CHECK(got.error().message.find("run aws sso login --profile dev") != std::string::npos);
    CHECK(to_string(got.error()).find("planted") == std::string::npos);
}

}  // namespace

TEST_CASE("sso: a role's keys are got with the login in the file") {
    for (const bool legacy : {false, true}) {
        provider_scene s(
            test::files{{legacy ? legacy_file : session_file, login("2026-01-01T08:00:00Z")}});
        s.answer(200, keys);
        sso_credentials provider(s.configuration, legacy ? legacy_style() : session_style);
        const auto got = s.obtain(provider);

        REQUIRE(got);
        CHECK((*got)->access_key_id == "ASIA");
        CHECK((*got)->session_token == secret("t"));
        CHECK((*got)->account_id == "111122223333");
        CHECK((*got)->expiration == instant(milliseconds(1767229200000)));
        CHECK((*got)->source == "SSO role Reader in 111122223333");
        CHECK((*got)->via ==
              (legacy ? auth::feature::credentials_sso_legacy : auth::feature::credentials_sso));
        const auto sent = s.sent();
        CHECK(to_string(sent.target) ==
              "https://portal.sso.us-east-2.amazonaws.com/federation/credentials"
              "?role_name=Reader&account_id=111122223333");
        CHECK(bearer(sent) == "planted-access");
        CHECK_FALSE(sent.headers.contains("authorization"));
    }
}

TEST_CASE("sso: a login in its last five minutes is prolonged and written, the rest kept") {
    provider_scene s(test::files{{session_file, login("2026-01-01T00:04:59Z")}});
    s.answer(200, new_token);
    s.answer(200, keys);
    sso_credentials provider(s.configuration, session_style);
    REQUIRE(s.obtain(provider));

    CHECK(to_string(s.sent(0).target) == "https://oidc.us-east-2.amazonaws.com/token");
    CHECK(s.sent(0).body.bytes() ==
          R"({"clientId":"client","clientSecret":"planted-client",)"
          R"("grantType":"refresh_token","refreshToken":"planted-refresh"})");
    CHECK(bearer(s.sent(1)) == "planted-new");
    CHECK(s.member(session_file, "accessToken") == "\"planted-new\"");
    CHECK(s.member(session_file, "refreshToken") == "\"planted-new-refresh\"");
    CHECK(s.member(session_file, "expiresAt") == "\"2026-01-01T08:00:00Z\"");
    CHECK(s.member(session_file, "more") == "[1]");
}

TEST_CASE("sso: an answer without a refresh token leaves the one there is") {
    provider_scene s(test::files{{session_file, login("2025-12-31T00:00:00Z")}});
    s.answer(200, R"({"accessToken":"planted-new","expiresIn":28800})");
    s.answer(200, keys);
    sso_credentials provider(s.configuration, session_style);
    REQUIRE(s.obtain(provider));

    CHECK(s.member(session_file, "refreshToken") == "\"planted-refresh\"");
}

TEST_CASE("sso: a failure to prolong a login does not count while it is good, nor is it repeated") {
    provider_scene s(test::files{{session_file, login("2026-01-01T00:04:00Z")}});
    s.answer(400, R"({"error":"invalid_grant"})", "InvalidGrantException");
    s.answer(200, keys);
    s.answer(200, keys);
    sso_credentials provider(s.configuration, session_style);
    REQUIRE(s.obtain(provider));
    CHECK(bearer(s.sent(1)) == "planted-access");

    s.time->advance(seconds(29));
    REQUIRE(s.obtain(provider));
    CHECK(s.sent(2).target.path == "/federation/credentials");

    s.time->advance(seconds(2));
    s.answer(200, new_token);
    s.answer(200, keys);
    REQUIRE(s.obtain(provider));
    CHECK(s.sent(3).target.path == "/token");
}

TEST_CASE("sso: a login that has expired for good asks for another one") {
    const auto [text, options] = GENERATE(table<std::string, sso_options>(
        {{login("2025-12-31T00:00:00Z"), legacy_style()},
         {login("2025-12-31T00:00:00Z", "2025-12-31T00:00:00Z"), session_style},
         {R"({"accessToken":"planted","expiresAt":"2025-12-31T00:00:00Z"})", session_style}}));
    provider_scene s(
        test::files{{options.session_name.empty() ? legacy_file : session_file, text}});
    sso_credentials provider(s.configuration, options);
    const auto got = s.obtain(provider);

    check_failure(got, "SsoTokenExpired");
    CHECK(provider.is_final(got.error()));
    CHECK(s.network.requests().empty());
}

TEST_CASE("sso: a login that has expired and cannot be prolonged tells why") {
    provider_scene s(test::files{{session_file, login("2025-12-31T00:00:00Z")}});
    s.answer(400, "{}", "InvalidGrantException");
    sso_credentials provider(s.configuration, session_style);
    const auto got = s.obtain(provider);

    check_failure(got, "SsoTokenExpired");
    CHECK(got.error().cause->code == "InvalidGrantException");
    CHECK(provider.is_final(got.error()));

    s.time->advance(seconds(31));
    s.answer(500, "{}", "InternalServerException");
    const auto down = s.obtain(provider);
    check_failure(down, "SsoTokenExpired");
    CHECK_FALSE(provider.is_final(down.error()));
}

TEST_CASE("sso: a login that has expired is not prolonged twice in half a minute") {
    provider_scene s(test::files{{session_file, login("2025-12-31T00:00:00Z")}});
    s.answer(500, "{}", "InternalServerException");
    sso_credentials provider(s.configuration, session_style);
    CHECK_FALSE(s.obtain(provider));

    s.time->advance(seconds(29));
    const auto again = s.obtain(provider);

    check_failure(again, "SsoTokenExpired");
    CHECK_FALSE(provider.is_final(again.error()));
    CHECK(again.error().cause->code == "InternalServerException");
    CHECK(s.network.requests().size() == 1);
}

TEST_CASE("sso: of two that find an expired login one prolongs it, and the other waits for that") {
    provider_scene s(test::files{{session_file, login("2025-12-31T00:00:00Z")}});
    sso_options other = session_style;
    other.role_name = "Writer";
    sso_credentials provider(s.configuration, session_style);
    sso_credentials another(s.configuration, other);
    const auto begin = [&](sso_credentials& from) {
        return std::get<std::shared_ptr<renewal>>(from.resolve(s.time->now()));
    };
    auto first = begin(provider);
    const auto second = begin(another);
    const auto read = [](renewal& one) {
        REQUIRE(one.next() == renewal::step::work);
        one.work();
        return one.next();
    };
    REQUIRE(read(*first) == renewal::step::call);
    REQUIRE(read(*second) == renewal::step::wait);
    second->waited();
    REQUIRE(read(*second) == renewal::step::wait);
    second->waited();

    SECTION("and goes on with it") {
        s.answer(200, new_token);
        runtime::run(first->request(), s.network);
        first->called();
        REQUIRE(read(*first) == renewal::step::call);

        s.answer(200, keys);
        REQUIRE(read(*second) == renewal::step::call);
        runtime::run(second->request(), s.network);
        CHECK(s.sent(1).target.path == "/federation/credentials");
        CHECK(bearer(s.sent(1)) == "planted-new");
    }
    SECTION("and does it if the first one gives up") {
        first.reset();
        s.answer(200, new_token);
        REQUIRE(read(*second) == renewal::step::call);
        runtime::run(second->request(), s.network);
        CHECK(s.sent(0).target.path == "/token");
    }
    SECTION("and does it if the first one has taken half a minute") {
        s.time->advance(seconds(31));
        REQUIRE(read(*second) == renewal::step::call);
        first.reset();  // which is not the end of the second one's turn
        const auto third = begin(provider);
        REQUIRE(read(*third) == renewal::step::wait);
    }
    SECTION("and fails with it") {
        s.answer(500, "{}", "InternalServerException");
        runtime::run(first->request(), s.network);
        first->called();
        REQUIRE(read(*first) == renewal::step::done);
        REQUIRE(read(*second) == renewal::step::done);
        check_failure(second->result(), "SsoTokenExpired");
    }
}

TEST_CASE("sso: a login that was prolonged after its file was read is not prolonged again") {
    struct late_files final : test::fake_files {
        expected<std::string> read(const std::string& path, std::size_t limit) const override {
            auto text = fake_files::read(path, limit);
            if (const auto act = std::exchange(meanwhile, nullptr)) act();
            return text;
        }
        mutable std::function<void()> meanwhile{};
    };
    provider_scene s;
    const auto files = std::make_shared<late_files>();
    files->all[session_file] = login("2025-12-31T00:00:00Z");
    settings choices = s.configuration->choices();
    choices.outside.files = files;
    s.configuration = std::make_shared<const runtime::configuration>(std::move(choices));
    sso_credentials provider(s.configuration, session_style);
    sso_credentials another(s.configuration, session_style);
    s.answer(200, new_token);
    s.answer(200, keys);
    s.answer(200, keys);
    files->meanwhile = [&] { REQUIRE(s.obtain(another)); };

    REQUIRE(s.obtain(provider));

    REQUIRE(s.network.requests().size() == 3);
    CHECK(s.sent(0).target.path == "/token");
    CHECK(s.sent(1).target.path == "/federation/credentials");
    CHECK(bearer(s.sent(2)) == "planted-new");
}

TEST_CASE("sso: a login that cannot be written is kept in memory, and prolonged from there") {
    provider_scene s(test::files{{session_file, login("2026-01-01T00:04:59Z")}});
    s.fill_disk();
    s.answer(200, new_token);
    s.answer(200, keys);
    sso_credentials provider(s.configuration, session_style);
    REQUIRE(s.obtain(provider));
    const std::string note =
        "an SSO login is kept in memory only: " + session_file + ": No space left on device";
    CHECK(*s.notes == std::vector<std::string>{"credentials: " + note});
    CHECK(s.configuration->warnings() == std::vector<std::string>{note});

    s.time->advance(std::chrono::hours(8));
    s.answer(200, R"({"accessToken":"planted-third","expiresIn":28800})");
    s.answer(200, keys);
    sso_credentials another(s.configuration, session_style);
    REQUIRE(s.obtain(another));

    CHECK(s.sent(2).body.bytes().find(R"("refreshToken":"planted-new-refresh")") !=
          std::string::npos);
    CHECK(bearer(s.sent(3)) == "planted-third");
    CHECK(s.notes->size() == 1);
}

TEST_CASE("sso: a login in memory ends with its file") {
    provider_scene s(test::files{{session_file, login("2026-01-01T00:04:59Z")}});
    s.fill_disk();
    s.answer(200, new_token);
    s.answer(200, keys);
    sso_credentials provider(s.configuration, session_style);
    REQUIRE(s.obtain(provider));

    s.configuration->outside().files->remove(session_file);

    check_failure(s.obtain(provider), "SsoTokenMissing");
}

TEST_CASE("sso: without a login there is nothing to ask with") {
    provider_scene s;
    sso_credentials provider(s.configuration, session_style);
    const auto got = s.obtain(provider);

    check_failure(got, "SsoTokenMissing");
    CHECK(got.error().message.find(session_file) != std::string::npos);
    CHECK(provider.is_final(got.error()));
}

TEST_CASE("sso: a login that the portal refuses asks for another one, other failures do not") {
    provider_scene s(test::files{{session_file, login("2026-01-01T08:00:00Z")}});
    sso_credentials provider(s.configuration, session_style);
    s.answer(401, R"({"message":"Session token not found"})", "UnauthorizedException");
    const auto refused = s.obtain(provider);
    check_failure(refused, "SsoTokenRejected");
    CHECK(provider.is_final(refused.error()));

    s.answer(403, "{}", "ForbiddenException");
    const auto denied = s.obtain(provider);
    REQUIRE_FALSE(denied);
    CHECK(denied.error().kind == error_kind::denied);
    CHECK(to_string(denied.error()).find("role Reader in 111122223333") != std::string::npos);
    CHECK_FALSE(provider.is_final(denied.error()));
    CHECK(provider.style() == refresh_style::static_stability);
}

TEST_CASE("sso: all options that are missing are named at once") {
    provider_scene s;
    sso_credentials provider(s.configuration, {.start_url = "u", .role_name = "r", .profile = "p"});
    const auto got = s.obtain(provider);

    REQUIRE_FALSE(got);
    CHECK(got.error().kind == error_kind::configuration);
    CHECK(got.error().message == "profile p: missing for SSO: sso_region, sso_account_id");
}

TEST_CASE("sso: where another process was faster its login is used") {
    provider_scene s(test::files{{session_file, login("2025-12-31T00:00:00Z")}});
    testing::scripted_transport network([&](const http::request& what, const http::exchange&) {
        if (what.target.path != "/token") return http::response{.status = 200, .body = keys};
        CHECK(s.configuration->outside().files->write(session_file, login("2026-01-01T08:00:00Z")));
        return http::response{.status = 400, .body = R"({"error":"invalid_grant"})"};
    });
    sso_credentials provider(s.configuration, session_style);

    CHECK(s.obtain(provider, network));
}

TEST_CASE("sso: a part of the credentials is no answer") {
    for (const std::string name : {"accessKeyId", "secretAccessKey", "sessionToken"}) {
        std::string part = keys;
        part.replace(part.find(name), 1, "_");
        provider_scene s(test::files{{session_file, login("2026-01-01T08:00:00Z")}});
        s.answer(200, part);
        sso_credentials provider(s.configuration, session_style);
        const auto got = s.obtain(provider);

        REQUIRE_FALSE(got);
        CHECK(got.error().cause->code == "MalformedAnswer");
    }
}

TEST_CASE("sso: keys without an expiration are no answer") {
    for (const char* wrong : {R"("session":1)", R"("expiration":0)", R"("expiration":-1)"}) {
        std::string text = keys;
        const std::string right = R"("expiration":1767229200000)";
        text.replace(text.find(right), right.size(), wrong);
        provider_scene s(test::files{{session_file, login("2026-01-01T08:00:00Z")}});
        s.answer(200, text);
        sso_credentials provider(s.configuration, session_style);
        const auto got = s.obtain(provider);

        REQUIRE_FALSE(got);
        CHECK(got.error().kind == error_kind::malformed_answer);
        CHECK(to_string(got.error()).find("without an expiration") != std::string::npos);
        CHECK_FALSE(provider.is_final(got.error()));
    }
}
