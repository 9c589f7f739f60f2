// SPDX-License-Identifier: MIT
#include <awsxx/credentials/default_bearer_tokens.hpp>
#include <awsxx/http/parse_uri.hpp>

#include <awsxx/protocols/aws_json.hpp>
#include <awsxx/session.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/provider_scene.hpp>
#include <support/providers.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace awsxx;
using test::provider_scene;

namespace {

/// An operation that takes tokens and signatures, as Bedrock's do.
struct invoke_response {
    std::string text{};
    template <class>
    struct wire;
};
struct invoke {
    std::string text{};
    using output = invoke_response;
    template <class>
    struct wire;
};
constexpr model::service models{.id = "Models",
                                .endpoint_prefix = "bedrock",
                                .version = "2026-01-01",
                                .target = "Models",
                                .protocol = &aws_json::protocol_1_1,
                                .takes_tokens = true};
template <class>
struct invoke_response::wire {
    static constexpr model::field fields[] = {
        {"Text", &model::text, offsetof(invoke_response, text), {}}};
    static constexpr model::type type = model::structure(fields);
};
template <class D>
struct invoke::wire {
    static constexpr model::field fields[] = {{"Text", &model::text, offsetof(invoke, text), {}}};
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"Invoke", &models, &type, &output::wire<D>::type};
};

const std::string config_file =
    "[profile dev]\nsso_session = corp\n[sso-session corp]\nsso_region = us-east-2\n"
    "sso_start_url = https://corp.awsapps.com/start\n"
    "[profile lost]\nsso_session = nowhere\n[profile bare]\nregion = eu-west-1\n";

/// The token, or the error's code.
std::string outcome(test::variables set, const std::string& signing_name = "bedrock") {
    provider_scene s(
        test::files{{"/home/.aws/config", config_file},
                    {"/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
                     R"({"accessToken":"of-login","expiresAt":"2080-10-16T03:56:45Z"})"}},
        std::move(set));
    default_bearer_tokens provider(s.configuration, signing_name);
    const auto token = s.obtain(provider);
    return token ? std::string((*token)->session_token.expose()) : token.error().code;
}

constexpr const char* login_file =
    "/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

/// A session, and the requests it sends with a token to the service "bedrock".
struct token_scene {
    explicit token_scene(test::files has = {}, test::variables set = {}) {
        set.emplace("HOME", "/home");
        choices.region = "eu-west-1";
        choices.max_attempts = 2;
        choices.outside =
            testing::isolated_world(time, {.environment = std::move(set), .files = std::move(has)});
        choices.outside.random = std::make_shared<test::fixed_random>();
    }
    basic_session<testing::scripted_transport> session() const {
        return basic_session<testing::scripted_transport>(choices, network);
    }
    template <class Session>
    static expected<http::response> ask(const Session& by, const std::string& url = "/model") {
        http::request what;
        what.target.path = url;
        if (const auto whole = http::parse_uri(url)) what.target = *whole;
        return by.try_send(std::move(what), {.service = "bedrock", .with_token = true});
    }
    void answer(int status, std::string body = {}) const {
        network->then(http::response{.status = status, .body = std::move(body)});
    }
    std::string authorization(std::size_t index) const {
        return std::string(
            network->requests().at(index).headers.find("Authorization").value_or("none"));
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<testing::scripted_transport> network =
        std::make_shared<testing::scripted_transport>();
    settings choices{};
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

credentials token(std::string text, std::optional<instant> until = {}) {
    return {.session_token = secret(std::move(text)), .expiration = until, .source = "vault"};
}

}  // namespace

TEST_CASE("default bearer tokens: the selected profile's login is one") {
    CHECK(outcome({{"AWS_PROFILE", "dev"}}) == "of-login");
}

TEST_CASE("default bearer tokens: the service's variable goes before it") {
    const test::variables both{{"AWS_PROFILE", "dev"}, {"AWS_BEARER_TOKEN_BEDROCK", "of-variable"}};
    CHECK(outcome(both) == "of-variable");
    CHECK(outcome(both, "codecatalyst") == "of-login");
    CHECK(outcome(both, "") == "of-login");
}

TEST_CASE("default bearer tokens: without a login nothing is set up") {
    CHECK(outcome({}) == "NoBearerToken");
    CHECK(outcome({{"AWS_PROFILE", "bare"}}) == "NoBearerToken");
}

TEST_CASE("default bearer tokens: a profile that cannot be right is an error") {
    CHECK(outcome({{"AWS_PROFILE", "lost"}}) == "SsoSessionNotFound");
    CHECK(outcome({{"AWS_PROFILE", "nobody"}}) == "ProfileNotFound");
}

TEST_CASE("default bearer tokens: a session sends the token in place of a signature") {
    token_scene s({}, {{"AWS_BEARER_TOKEN_BEDROCK", "planted-token"}});
    s.answer(200);
    REQUIRE(token_scene::ask(s.session()));
    CHECK(s.authorization(0) == "Bearer planted-token");
    const auto sent = s.network->requests().at(0);
    CHECK(to_string(sent.target) == "https://bedrock.eu-west-1.amazonaws.com/model");
    CHECK_FALSE(sent.headers.contains("X-Amz-Date"));
    CHECK_FALSE(sent.headers.contains("X-Amz-Security-Token"));
    CHECK(has(std::string(*sent.headers.find("User-Agent")), " m/E,3 "));
}

TEST_CASE(
    "default bearer tokens: where a signature would do, the variable's token goes before it") {
    token_scene s({}, {{"AWS_BEARER_TOKEN_BEDROCK", "planted-token"},
                       {"AWS_ACCESS_KEY_ID", "AKID"},
                       {"AWS_SECRET_ACCESS_KEY", "planted-secret"}});
    const auto proof = [&](const auto& session) {
        s.answer(200, "{}");
        const std::size_t index = s.network->requests().size();
        REQUIRE(session.try_call(invoke{}));
        return s.authorization(index).substr(0, 16);
    };
    CHECK(proof(s.session()) == "Bearer planted-t");

    using keyed_session = basic_session<testing::scripted_transport>;
    const credentials keys{.access_key_id = "AKID", .secret_access_key = "planted-secret"};
    CHECK(proof(keyed_session(keys, s.choices, s.network)) == "AWS4-HMAC-SHA256");
    s.answer(200, R"(<AssumeRoleResponse><AssumeRoleResult><Credentials>
        <AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
        <SessionToken>t</SessionToken><Expiration>2080-01-01T00:00:00Z</Expiration>
        </Credentials></AssumeRoleResult></AssumeRoleResponse>)");
    const auto audit =
        s.session().try_assume_role({.role_arn = "arn:aws:iam::111122223333:role/audit"});
    REQUIRE(audit);
    REQUIRE(audit->try_fetch_credentials());
    CHECK(proof(*audit) == "AWS4-HMAC-SHA256");
}

TEST_CASE("default bearer tokens: where a signature would do, tokens chosen in code go before it") {
    token_scene s({}, {{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", "planted-secret"}});
    s.choices.bearer_tokens = test::answering(token("of-vault"));
    s.answer(200, "{}");
    REQUIRE(s.session().try_call(invoke{}));
    CHECK(s.authorization(0) == "Bearer of-vault");
}

TEST_CASE("default bearer tokens: a profile chosen in code goes before the variable") {
    token_scene s({{"/home/.aws/config",
                    "[profile keys]\naws_access_key_id = AKID\n"
                    "aws_secret_access_key = planted-secret\n"}},
                  {{"AWS_BEARER_TOKEN_BEDROCK", "planted-token"}});
    s.choices.profile = "keys";
    s.answer(200, "{}");
    REQUIRE(s.session().try_call(invoke{}));
    CHECK(s.authorization(0).starts_with("AWS4-HMAC-SHA256"));
}

TEST_CASE("default bearer tokens: without the variable, what may be signed is signed") {
    token_scene s({}, {{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", "planted-secret"}});
    s.answer(200, "{}");
    REQUIRE(s.session().try_call(invoke{}));
    CHECK(s.authorization(0).starts_with("AWS4-HMAC-SHA256"));
}

TEST_CASE("default bearer tokens: a session looks for them when a call needs one, not before") {
    token_scene s;
    const auto session = s.session();
    const auto why = token_scene::ask(session);
    REQUIRE_FALSE(why);
    const std::string text = to_string(why.error());
    CHECK(why.error().kind == error_kind::not_configured);
    for (const char* part :
         {"NoBearerToken", "AWS_BEARER_TOKEN_BEDROCK is not set", "the profile has no SSO login"})
        CHECK(has(text, part));
    CHECK(s.network->requests().empty());
}

TEST_CASE("default bearer tokens: none goes over plain http to another computer") {
    token_scene s({}, {{"AWS_BEARER_TOKEN_BEDROCK", "planted-token"}});
    const auto elsewhere = token_scene::ask(s.session(), "http://models.example.com/model");
    REQUIRE_FALSE(elsewhere);
    CHECK(elsewhere.error().code == "InsecureEndpoint");
    CHECK_FALSE(has(to_string(elsewhere.error()), "planted"));

    s.choices.endpoint_url = "http://10.1.2.3:8000";
    CHECK_FALSE(token_scene::ask(s.session()));
    CHECK(s.network->requests().empty());

    s.choices.endpoint_url = "http://127.0.0.1:8000";
    s.answer(200);
    CHECK(token_scene::ask(s.session()));
    CHECK(s.authorization(0) == "Bearer planted-token");
}

TEST_CASE("default bearer tokens: a login is prolonged before it expires, once") {
    using namespace std::chrono_literals;
    token_scene s(
        test::files{
            {"/home/.aws/config", config_file},
            {login_file,
             R"({"accessToken":"first","expiresAt":"2026-01-01T01:00:00Z","refreshToken":"r",)"
             R"("clientId":"c","clientSecret":"s","registrationExpiresAt":"2026-03-01T00:00:00Z"})"}},
        {{"AWS_PROFILE", "dev"}});
    const auto session = s.session();
    s.answer(200);
    REQUIRE(token_scene::ask(session));
    s.answer(200);
    REQUIRE(token_scene::ask(session));
    CHECK(s.authorization(1) == "Bearer first");

    s.time->advance(1h - 5s);
    s.answer(200, R"({"accessToken":"second","tokenType":"Bearer","expiresIn":3600})");
    s.answer(200);
    s.answer(200);
    REQUIRE(token_scene::ask(session));
    REQUIRE(token_scene::ask(session));

    REQUIRE(s.network->requests().size() == 5);
    CHECK(s.network->requests().at(2).target.host == "oidc.us-east-2.amazonaws.com");
    CHECK(s.authorization(3) == "Bearer second");
    CHECK(s.authorization(4) == "Bearer second");
}

TEST_CASE("default bearer tokens: the environment's gives way where signatures are preferred") {
    token_scene s({}, {{"AWS_BEARER_TOKEN_BEDROCK", "planted-token"},
                       {"AWS_ACCESS_KEY_ID", "AKID"},
                       {"AWS_SECRET_ACCESS_KEY", "planted-secret"},
                       {"AWS_AUTH_SCHEME_PREFERENCE", "sigv4, httpBearerAuth"}});
    s.answer(200, "{}");
    REQUIRE(s.session().try_call(invoke{}));
    CHECK(s.authorization(0).starts_with("AWS4-HMAC-SHA256 Credential=AKID/"));

    s.choices.auth_schemes = "httpBearerAuth,sigv4";
    s.answer(200, "{}");
    REQUIRE(s.session().try_call(invoke{}));
    CHECK(s.authorization(1) == "Bearer planted-token");
}

TEST_CASE("default bearer tokens: those of the settings go before the environment's") {
    token_scene s({}, {{"AWS_BEARER_TOKEN_BEDROCK", "of-variable"}});
    s.choices.bearer_tokens = test::answering(token("of-vault"));
    s.answer(200);
    REQUIRE(token_scene::ask(s.session()));
    CHECK(s.authorization(0) == "Bearer of-vault");
}

TEST_CASE("default bearer tokens: a token that the service calls expired is fetched again, once") {
    token_scene s;
    const auto vault = std::make_shared<test::scripted_provider>();
    vault->then(token("old")).then(token("new"));
    s.choices.bearer_tokens = vault;
    const auto session = s.session();
    s.answer(403, R"({"__type":"ExpiredTokenException"})");
    s.answer(200);
    REQUIRE(token_scene::ask(session));
    CHECK(s.authorization(0) == "Bearer old");
    CHECK(s.authorization(1) == "Bearer new");
    CHECK(vault->asked() == 2);
}

TEST_CASE("default bearer tokens: a session with keys in code uses those of its settings only") {
    token_scene s({}, {{"AWS_BEARER_TOKEN_BEDROCK", "of-variable"}});
    using session = basic_session<testing::scripted_transport>;
    const credentials keys{.access_key_id = "AKID", .secret_access_key = "planted-secret"};
    const auto why = token_scene::ask(session(keys, s.choices, s.network));
    REQUIRE_FALSE(why);
    CHECK(has(to_string(why.error()), "NoBearerToken"));

    s.choices.bearer_tokens = test::answering(token("of-vault"));
    s.answer(200);
    REQUIRE(token_scene::ask(session(keys, s.choices, s.network)));
    CHECK(s.authorization(0) == "Bearer of-vault");
}

TEST_CASE("default bearer tokens: credentials without a key are never signed with") {
    token_scene s;
    const basic_session<testing::scripted_transport> session(test::answering(token("t")), s.choices,
                                                             s.network);
    const auto why = session.try_whoami();
    REQUIRE_FALSE(why);
    CHECK(has(to_string(why.error()), "IncompleteCredentials"));
    CHECK(s.network->requests().empty());
}
