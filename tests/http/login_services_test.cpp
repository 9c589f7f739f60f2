// SPDX-License-Identifier: MIT
#include <awsxx/credentials/bearer_token.hpp>
#include <awsxx/credentials/sso.hpp>

#include <awsxx/codec/json_members.hpp>
#include <awsxx/http/curl_transport.hpp>
#include <awsxx/runtime/blocking.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/http_server.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

const sso_options corp{.start_url = "https://corp.awsapps.com/start",
                       .region = "us-east-2",
                       .account_id = "111122223333",
                       .role_name = "Reader",
                       .session_name = "corp",
                       .profile = "dev"};
const std::string login_file = "/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

/// A login with tokens of that generation, which can be prolonged.
std::string login(int generation, const std::string& until) {
    const std::string number = std::to_string(generation);
    return R"({"accessToken":"access-)" + number + R"(","expiresAt":")" + until +
           R"(","clientId":"client","clientSecret":"client-secret",)"
           R"("registrationExpiresAt":"2026-03-01T00:00:00Z","refreshToken":"refresh-)" +
           number + R"("})";
}

/// The OpenID Connect side and the portal of IAM Identity Center. Every refresh token is good
/// once, and gives the next access token; the portal takes the last one that was given out.
class identity_center {
public:
    std::string endpoint() const { return server_.url(""); }
    int generation() const { return generation_; }
    int connections() const { return server_.connections(); }
    std::vector<test::received> requests() const { return server_.requests(); }
    /// What comes before the right answers.
    void begin_with(std::vector<test::reply> replies) { first_ = std::move(replies); }
    /// An administrator ends all logins.
    void log_out() { generation_ = 100; }

private:
    test::reply answer(const test::received& asked) {
        if (!first_.empty()) {
            const test::reply next = first_.front();
            first_.erase(first_.begin());
            return next;
        }
        if (asked.line() == "POST /token HTTP/1.1") return prolong(asked);
        if (asked.line() ==
            "GET /federation/credentials?role_name=Reader&account_id=111122223333 HTTP/1.1")
            return enter(asked);
        return test::answer(404);
    }
    test::reply prolong(const test::received& asked) {
        const std::string number = std::to_string(generation_);
        if (asked.has("authorization") || asked.count("Content-Type: application/json") != 1 ||
            asked.body != R"({"clientId":"client","clientSecret":"client-secret",)"
                          R"("grantType":"refresh_token","refreshToken":"refresh-)" +
                              number + R"("})")
            return test::answer(400, R"({"error":"invalid_grant","error_description":"used"})",
                                "x-amzn-ErrorType: InvalidGrantException\r\n");
        const std::string next = std::to_string(++generation_);
        return test::answer(200, R"({"accessToken":"access-)" + next +
                                     R"(","tokenType":"Bearer","expiresIn":28800,)"
                                     R"("refreshToken":"refresh-)" +
                                     next + R"("})");
    }
    test::reply enter(const test::received& asked) const {
        const std::string token =
            "x-amz-sso_bearer_token: access-" + std::to_string(generation_.load());
        if (asked.has("authorization") || asked.count(token) != 1)
            return test::answer(401, R"({"message":"Session token not found or invalid"})",
                                "x-amzn-ErrorType: UnauthorizedException\r\n");
        return test::answer(200,
                            R"({"roleCredentials":{"accessKeyId":"ASIA","secretAccessKey":"s",)"
                            R"("sessionToken":"t","expiration":1767229200000}})");
    }

    std::atomic<int> generation_{1};
    std::vector<test::reply> first_{};
    test::http_server server_{[this](const test::received& asked) { return answer(asked); }};
};

/// A computer on which somebody has logged in, at 2026-01-01T00:00:00Z.
struct logged_in {
    logged_in(const identity_center& at, const std::string& file, settings choices = {}) {
        choices.endpoint_url = at.endpoint();
        choices.outside = testing::isolated_world(
            time, {.environment = {{"HOME", "/home"}}, .files = {{login_file, file}}});
        choices.outside.random = std::make_shared<test::fixed_random>();
        configuration = std::make_shared<const runtime::configuration>(std::move(choices));
    }
    /// The access key, or the error.
    std::string outcome(credentials_provider& from) {
        const auto keys = runtime::obtain(from, time->now(), *time, transport);
        if (!keys) return to_string(keys.error());
        return (*keys)->access_key_id.empty() ? std::string((*keys)->session_token.expose())
                                              : (*keys)->access_key_id;
    }
    std::string member(const char* name) const {
        const auto text = configuration->outside().files->read(login_file, 1 << 20);
        REQUIRE(text);
        const auto all = codec::json::members::parse(*text);
        REQUIRE(all);
        return std::string(all->find(name).value_or("absent"));
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    http::curl_transport transport{};
    std::shared_ptr<const runtime::configuration> configuration{};
};

}  // namespace

TEST_CASE("login services: a login that is good enters the role, again over one connection") {
    identity_center service;
    logged_in here(service, login(1, "2026-01-01T08:00:00Z"));
    sso_credentials provider(here.configuration, corp);

    CHECK(here.outcome(provider) == "ASIA");
    CHECK(here.outcome(provider) == "ASIA");

    CHECK(service.connections() == 1);
    CHECK(service.requests().size() == 2);
}

TEST_CASE("login services: a login is prolonged each time it ends, and its file written") {
    identity_center service;
    logged_in here(service, login(1, "2026-01-01T00:04:00Z"));
    sso_credentials provider(here.configuration, corp);

    CHECK(here.outcome(provider) == "ASIA");
    CHECK(service.generation() == 2);
    CHECK(here.member("accessToken") == "\"access-2\"");
    CHECK(here.member("refreshToken") == "\"refresh-2\"");
    CHECK(here.member("expiresAt") == "\"2026-01-01T08:00:00Z\"");

    here.time->advance(9h);
    CHECK(here.outcome(provider) == "ASIA");
    CHECK(service.generation() == 3);
    CHECK(here.member("refreshToken") == "\"refresh-3\"");
}

TEST_CASE("login services: two programs with one login do not use a refresh token twice") {
    identity_center service;
    logged_in here(service, login(1, "2026-01-01T00:00:00Z"));
    sso_credentials role(here.configuration, corp);
    bearer_token_provider token(here.configuration, {.sso = corp});

    CHECK(here.outcome(token) == "access-2");
    CHECK(here.outcome(role) == "ASIA");

    CHECK(service.generation() == 2);
}

TEST_CASE("login services: a refresh token that was used ends a login with what to do") {
    identity_center service;
    logged_in here(service, login(0, "2026-01-01T00:00:00Z"));
    sso_credentials provider(here.configuration, corp);

    const std::string text = here.outcome(provider);

    INFO(text);
    CHECK(text.starts_with("SsoTokenExpired: "));
    CHECK(text.find("run aws sso login --profile dev") != std::string::npos);
    CHECK(text.find("InvalidGrantException (400)") != std::string::npos);
    CHECK(text.find("refresh-0") == std::string::npos);
}

TEST_CASE("login services: a login that the portal has forgotten asks for another one") {
    identity_center service;
    logged_in here(service, login(1, "2026-01-01T08:00:00Z"));
    sso_credentials provider(here.configuration, corp);
    service.log_out();

    const std::string text = here.outcome(provider);

    INFO(text);
    CHECK(text.starts_with("SsoTokenRejected: "));
    CHECK(text.find("access-1") == std::string::npos);
}

TEST_CASE("login services: a portal that breaks off or is overloaded is asked again") {
    identity_center service;
    service.begin_with({{"HTTP/1.1 200", test::reply::then::close}, test::answer(503)});
    logged_in here(service, login(1, "2026-01-01T08:00:00Z"));
    sso_credentials provider(here.configuration, corp);

    CHECK(here.outcome(provider) == "ASIA");

    CHECK(service.requests().size() == 3);
}

TEST_CASE("login services: while the refresh fails a login is used as long as it is good") {
    identity_center service;
    service.begin_with({test::answer(500)});
    logged_in here(service, login(1, "2026-01-01T00:04:00Z"), {.max_attempts = 1});
    sso_credentials provider(here.configuration, corp);

    CHECK(here.outcome(provider) == "ASIA");
    CHECK(service.generation() == 1);

    here.time->advance(31s);
    CHECK(here.outcome(provider) == "ASIA");
    CHECK(service.generation() == 2);
}

TEST_CASE("login services: a portal that says nothing costs its limit at most") {
    identity_center service;
    service.begin_with({{"", test::reply::then::hold}});
    http::limits limits;
    SECTION("that the user has set") { limits.total = 50ms; }
    SECTION("that follows from the one for connecting") { limits.connect = 50ms; }
    logged_in here(service, login(1, "2026-01-01T08:00:00Z"),
                   {.max_attempts = 1, .limits = limits});
    sso_credentials provider(here.configuration, corp);
    const auto before = std::chrono::steady_clock::now();

    const std::string text = here.outcome(provider);

    INFO(text);
    CHECK(text.starts_with("SsoRoleNotEntered: "));
    CHECK(std::chrono::steady_clock::now() - before < 10s);
}
