// SPDX-License-Identifier: MIT
// Secrets are planted in everything that the library reads, all goes wrong that can, and whatever
// it says, explains or names a file is searched for them.
#include <awsxx/session.hpp>

#include <awsxx/codec/json_members.hpp>
#include <awsxx/credentials/bearer_token.hpp>
#include <awsxx/credentials/cli_cache_key.hpp>
#include <awsxx/credentials/default_chain.hpp>
#include <awsxx/credentials/federation_token.hpp>
#include <awsxx/credentials/iot.hpp>
#include <awsxx/credentials/login_token.hpp>
#include <awsxx/credentials/mfa_command.hpp>
#include <awsxx/credentials/roles_anywhere.hpp>
#include <awsxx/credentials/saml.hpp>
#include <awsxx/credentials/totp.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/ec_keys.hpp>
#include <support/fake_files.hpp>
#include <support/fixed_random.hpp>
#include <support/key_pairs.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

// Every planted secret has this in it, but for keys in PEM and MFA codes.
const std::string mark = "PLANTED";
constexpr const char* mfa_code_text = "739182";

/// Hears all that the library says and notes what has a secret in it.
class witness {
public:
    void also_secret(const std::string& pem) {
        for (std::size_t at = 0; at < pem.size();) {
            const std::size_t end = std::min(pem.find('\n', at), pem.size());
            const std::string line = pem.substr(at, end - at);
            if (line.size() > 15 && line.find("---") == std::string::npos) needles_.push_back(line);
            at = end + 1;
        }
    }
    void also_secret_word(std::string_view word) { needles_.emplace_back(word); }
    observer ear() {
        return {.note = [this](channel, std::string_view line) { hear(line); }};
    }
    void hear(std::string_view text) {
        ++heard_;
        for (const std::string& needle : needles_)
            if (text.find(needle) != text.npos) leaks_.emplace_back(text.substr(0, 400));
    }
    void hear(const error& why) {
        hear(to_string(why));
        for (const error* one = &why; one != nullptr; one = one->cause.get()) {
            hear(one->code);
            hear(one->message);
            if (!one->details) continue;
            for (const std::string* text :
                 {&one->details->service, &one->details->operation, &one->details->request_id,
                  &one->details->modeled_code, &one->details->region, &one->details->reason})
                hear(*text);
        }
    }
    void hear(const explanation& told) { hear(to_string(told)); }
    template <class T>
    void hear(const expected<T>& outcome) {
        if (!outcome) hear(outcome.error());
    }
    void check(int least_heard) const {
        CHECK(heard_ >= least_heard);
        for (const std::string& one : leaks_) FAIL_CHECK(one);
    }

private:
    std::vector<std::string> needles_{mark, mfa_code_text};
    std::vector<std::string> leaks_{};
    int heard_ = 0;
};

using provider = std::shared_ptr<credentials_provider>;
using configuration = std::shared_ptr<const runtime::configuration>;
using reply = testing::scripted_transport::reply;

/// What surrounds a provider.
struct world {
    std::map<std::string, std::string> variables{};
    std::map<std::string, std::string, std::less<>> files{};
    testing::made_up_processes::reply programs{};
    /// Null: the default chain.
    std::function<provider(const configuration&)> make{};
    bool with_cache = false;
};

const std::string refused_by_sts =
    "<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The security token "
    "included in the request is expired</Message></Error><RequestId>r</RequestId></ErrorResponse>";

/// A session from its first call to the renewal of its keys, and a role on top of it.
void live(witness& heard, const world& around, const reply& answers) {
    const auto time = std::make_shared<testing::fake_clock>();
    const auto files = std::make_shared<test::fake_files>();
    files->all = around.files;
    settings choices;
    choices.region = "eu-west-1";
    choices.max_attempts = 2;
    choices.observer = heard.ear();
    choices.mfa = [](const mfa_request&) -> expected<secret> { return secret(mfa_code_text); };
    if (around.with_cache) choices.credentials_cache.mode = credentials_files::use::read_write;
    auto variables = around.variables;
    variables.emplace("HOME", "/h");
    choices.outside = testing::isolated_world(
        time, {.environment = std::move(variables), .programs = around.programs});
    choices.outside.files = files;
    choices.outside.random = std::make_shared<test::fixed_random>();
    provider own;
    const auto apart = std::make_shared<const runtime::configuration>(choices);
    own = around.make ? around.make(apart) : default_chain(apart);
    const auto network = std::make_shared<testing::scripted_transport>(
        [&](const http::request& what, const http::exchange& how) -> expected<http::response> {
            if (what.body.bytes().find("Action=GetCallerIdentity") != std::string_view::npos)
                return http::response{.status = 403, .body = refused_by_sts};
            return answers(what, how);
        });
    const basic_session<testing::scripted_transport> session(own, choices, network);

    heard.hear(session.explain());
    heard.hear(session.try_whoami());
    heard.hear(session.explain());
    const auto role =
        session.try_assume_role({.role_arn = "arn:aws:iam::111122223333:role/next",
                                 .external_id = "x",
                                 .serial_number = "arn:aws:iam::111122223333:mfa/me"});
    heard.hear(role->try_whoami());
    time->advance(59min + 30s);
    heard.hear(session.try_whoami());
    heard.hear(session.try_presign(sts::get_caller_identity{}, 60s));
    heard.hear(role->explain());
    for (const auto& [path, text] : files->all) heard.hear(path);
}

/// A text, and what may become of it on its way.
std::vector<std::string> spoiled(const std::string& whole) {
    std::vector<std::string> all{whole, whole + whole, "<p>" + whole, mark, "\"" + mark, ""};
    const std::size_t step = whole.size() / 16 + 1;
    for (std::size_t size = step; size < whole.size(); size += step)
        all.push_back(whole.substr(0, size));
    const auto replaced = [&](std::size_t at, std::size_t size, const std::string& by) {
        std::string other = whole;
        all.push_back(other.replace(at, size, by));
    };
    for (std::size_t at = whole.find(mark); at != whole.npos; at = whole.find(mark, at + 1)) {
        replaced(at, 0, "\x01");
        replaced(at, 0, "\xff");
        replaced(at, 0, "\" ");
        replaced(at, 0, "\n");
        replaced(at, mark.size(), mark + std::string(70'000, 'x'));
    }
    for (std::size_t at = whole.find("\":"); at != whole.npos; at = whole.find("\":", at + 1)) {
        replaced(at, 0, "_");      // a member of another name
        replaced(at + 2, 0, "[");  // a value of another kind
        replaced(at + 2, 0, "7,\"" + mark + "\":");
    }
    return all;
}

/// Lives with each spoiled answer of each status, from the beginning and after a good one.
/// `answers` gets what is to be the body and answers for all else by itself.
void live_with_answers(
    witness& heard, const world& around, const std::string& good,
    const std::function<std::optional<std::string>(const http::request&)>& otherwise = {}) {
    for (const int status : {200, 400, 403, 500})
        for (const std::string& body : spoiled(good))
            for (const bool good_first : {false, true}) {
                if (good_first && status == 400) continue;
                int asked = 0;
                live(heard, around, [&](const http::request& what, const http::exchange&) {
                    if (otherwise)
                        if (auto said = otherwise(what))
                            return http::response{.status = 200, .body = *std::move(said)};
                    if (good_first && ++asked == 1)
                        return http::response{.status = 200, .body = good};
                    return http::response{.status = status, .body = body};
                });
            }
    for (const error_kind kind : {error_kind::network, error_kind::timeout})
        live(heard, around, [&](const http::request&, const http::exchange&) {
            return expected<http::response>(
                error{.kind = kind, .retryable = true, .code = "Gone", .message = "gone"});
        });
}

reply nobody() {
    return [](const http::request&, const http::exchange&) {
        return http::response{.status = 500, .body = mark};
    };
}

std::string sts_answer(const std::string& operation) {
    return "<" + operation + "Response><" + operation +
           "Result><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>PLANTED-secret"
           "</SecretAccessKey><SessionToken>PLANTED-token</SessionToken><Expiration>2026-01-01T01:"
           "00:00Z</Expiration></Credentials></" +
           operation + "Result></" + operation + "Response>";
}

const std::string metadata_keys =
    R"({"Code":"Success","AccessKeyId":"ASIA","SecretAccessKey":"PLANTED-secret",)"
    R"("Token":"PLANTED-token","Expiration":"2026-01-01T01:00:00Z"})";
const std::string sso_login =
    R"({"accessToken":"PLANTED-access","expiresAt":"2026-01-01T00:03:00Z","clientId":"c",)"
    R"("clientSecret":"PLANTED-client","registrationExpiresAt":"2026-03-01T00:00:00Z",)"
    R"("refreshToken":"PLANTED-refresh"})";
const std::string sso_keys =
    R"({"roleCredentials":{"accessKeyId":"ASIA","secretAccessKey":"PLANTED-secret",)"
    R"("sessionToken":"PLANTED-token","expiration":1767229200000}})";
const std::string oidc_token =
    R"({"accessToken":"PLANTED-new","tokenType":"Bearer","expiresIn":28800,)"
    R"("refreshToken":"PLANTED-next"})";
const std::string signin_keys =
    R"({"accessToken":{"accessKeyId":"NEW","secretAccessKey":"PLANTED-secret",)"
    R"("sessionToken":"PLANTED-token"},"tokenType":"aws_sigv4","expiresIn":900,)"
    R"("refreshToken":"PLANTED-next","idToken":"PLANTED-id"})";
const std::string sso_path = "/h/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

std::string login_text() {
    auto all = *codec::json::members::parse(
        R"({"accessToken":{"accessKeyId":"OLD","secretAccessKey":"PLANTED-old",)"
        R"("sessionToken":"PLANTED-older","expiresAt":"2026-01-01T00:01:00Z"},)"
        R"("clientId":"c","refreshToken":"PLANTED-refresh","idToken":"PLANTED-id"})");
    all.set_string("dpopKey", test::sec1_pem);
    return all.text();
}
std::string login_path() {
    return login_token_path(
        {.login_session = "me"},
        testing::made_up_environment(testing::made_up_environment::variables{{"HOME", "/h"}}));
}

world with_config(const std::string& text) {
    return {.files = {{"/h/.aws/config", text}}, .with_cache = true};
}
world sso_world(const std::string& login) {
    world around = with_config(
        "[default]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = r\n"
        "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.example\n");
    around.files[sso_path] = login;
    return around;
}
world login_world(const std::string& login) {
    world around = with_config("[default]\nlogin_session = me\n");
    around.files[login_path()] = login;
    return around;
}
bool is_for(const http::request& what, std::string_view host) {
    return what.target.host.find(host) != std::string::npos;
}

/// A certificate and a key for providers that take them.
pem_source holder(std::string key, crypto::passphrase_source passphrase = {}) {
    static const std::string certificate = test::an_ec_key().certificate({});
    return {.certificate = certificate,
            .key = secret(std::move(key)),
            .passphrase = std::move(passphrase)};
}
std::vector<pem_source> holders(witness& heard) {
    const std::string plain = test::an_ec_key().pkcs8();
    const std::string locked = test::an_ec_key().pkcs8("PLANTED-passphrase");
    heard.also_secret(plain);
    heard.also_secret(locked);
    const auto says = [](const char* words) {
        return [words]() -> expected<secret> { return secret(words); };
    };
    std::vector<pem_source> all{holder(plain),
                                holder(locked),
                                holder(locked, says("PLANTED-passphrase")),
                                holder(locked, says("PLANTED-wrong")),
                                holder(test::key_pair::ed25519().pkcs8()),
                                holder(mark)};
    for (std::size_t size = 20; size < plain.size(); size += 30)
        all.push_back(holder(plain.substr(0, size)));
    pem_source in_files{.certificate_file = "/h/cert.pem", .key_file = "/h/PEM.key"};
    all.push_back(in_files);
    return all;
}

}  // namespace

TEST_CASE("acceptance 19: no secret of the environment is told") {
    witness heard;
    for (const std::string& key : spoiled("PLANTED-secret"))
        for (const char* until : {"", "2026-01-01T01:00:00Z", "soon"})
            live(heard,
                 {.variables = {{"AWS_ACCESS_KEY_ID", "AKID"},
                                {"AWS_SECRET_ACCESS_KEY", key},
                                {"AWS_SESSION_TOKEN", "PLANTED-token"},
                                {"AWS_CREDENTIAL_EXPIRATION", until},
                                {"AWS_BEARER_TOKEN_BEDROCK", "PLANTED-bearer"},
                                {"HTTPS_PROXY", "http://me:PLANTED-proxy@proxy.example:3128"},
                                {"HTTP_PROXY", "http://me:PLANTED-proxy@bad host"}}},
                 nobody());
    heard.check(300);
}

TEST_CASE("acceptance 19: no secret of the shared files is told, however broken they are") {
    witness heard;
    const std::string text =
        "[default]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = keys\n"
        "mfa_serial = arn:aws:iam::111122223333:mfa/me\n"
        "[profile keys]\naws_access_key_id = AKID\naws_secret_access_key = PLANTED-secret\n"
        "aws_session_token = PLANTED-token\n[profile other]\naws_secret_access_key = PLANTED\n";
    for (const char* odd : {"", "PLANTED-secret\n", "[PLANTED\n",
                            "aws_secret_access_key: PLANTED\n", "= PLANTED-secret\n"})
        for (std::size_t size = 0; size <= text.size(); size += 3)
            live(heard, with_config(text.substr(0, size) + "\n" + odd), nobody());
    live_with_answers(heard, with_config(text), sts_answer("AssumeRole"));
    heard.check(1000);
}

TEST_CASE("acceptance 19: no token of a web identity is told") {
    witness heard;
    world around{.variables = {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/h/token"},
                               {"AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/r"}},
                 .files = {{"/h/token", "PLANTED-jwt"}}};
    live_with_answers(heard, around, sts_answer("AssumeRoleWithWebIdentity"));
    for (const std::string& token : spoiled("PLANTED-jwt")) {
        around.files["/h/token"] = token;
        live(heard, around, nobody());
    }
    heard.check(1000);
}

TEST_CASE("acceptance 19: no secret of an SSO login is told") {
    witness heard;
    for (const std::string& login : spoiled(sso_login)) live(heard, sso_world(login), nobody());
    live_with_answers(heard, sso_world(sso_login), sso_keys,
                      [](const http::request& what) -> std::optional<std::string> {
                          if (is_for(what, "oidc.")) return oidc_token;
                          return {};
                      });
    live_with_answers(heard, sso_world(sso_login), oidc_token,
                      [](const http::request& what) -> std::optional<std::string> {
                          if (is_for(what, "portal.")) return sso_keys;
                          return {};
                      });
    heard.check(1000);
}

TEST_CASE("acceptance 19: no secret of a console login is told") {
    witness heard;
    heard.also_secret(test::sec1_pem);
    for (const std::string& login : spoiled(login_text()))
        live(heard, login_world(login), nobody());
    live_with_answers(heard, login_world(login_text()), signin_keys);
    heard.check(1000);
}

TEST_CASE("acceptance 19: nothing that a credential_process prints or is given is told") {
    witness heard;
    const std::string good =
        R"({"Version":1,"AccessKeyId":"ASIA","SecretAccessKey":"PLANTED-secret",)"
        R"("SessionToken":"PLANTED-token","Expiration":"2026-01-01T01:00:00Z"})";
    for (const std::string& out : spoiled(good))
        for (const int status : {0, 1, 137}) {
            world around = with_config(
                "[default]\ncredential_process = /bin/keys --password PLANTED-argument\n");
            around.programs = [&](const auto&) {
                // An echo of what it was given and of what it printed.
                return process_output{
                    .exit_status = status, .out = out, .err = "no option PLANTED-argument\n" + out};
            };
            live(heard, around, nobody());
        }
    live(heard, with_config("[default]\ncredential_process = /bin/keys \"PLANTED\n"), nobody());
    live(heard, with_config("[default]\ncredential_process = /bin/keys PLANTED\n"), nobody());
    heard.check(300);
}

TEST_CASE("acceptance 19: no secret of a container is told") {
    witness heard;
    world around{.variables = {{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/me?id=PLANTED-query"},
                               {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "PLANTED-token"}}};
    live_with_answers(heard, around, metadata_keys);
    for (const std::string& token : spoiled("PLANTED-token")) {
        around.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = token;
        live(heard, around, nobody());
        world in_file = around;
        in_file.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "/h/token";
        in_file.files["/h/token"] = token;
        live(heard, in_file, nobody());
    }
    for (const char* uri : {"https://me:PLANTED@keys.example/x", "http://far.example/x?y=PLANTED",
                            "http://me:PLANTED@169.254.170.2/", "ftp://x/?PLANTED",
                            "https://keys.example/x?PLANTED", "http://[PLANTED/"})
        live(heard, {.variables = {{"AWS_CONTAINER_CREDENTIALS_FULL_URI", uri}}}, nobody());
    heard.check(1000);
}

TEST_CASE("acceptance 19: no secret of the instance metadata is told") {
    witness heard;
    const auto otherwise = [](bool keys_too) {
        return [keys_too](const http::request& what) -> std::optional<std::string> {
            if (what.method == "PUT") {
                if (keys_too) return {};
                return "PLANTED-metadata-token";
            }
            if (what.target.path.ends_with("/security-credentials/")) return "role";
            if (keys_too) return metadata_keys;
            return {};
        };
    };
    live_with_answers(heard, {}, metadata_keys, otherwise(false));
    live_with_answers(heard, {}, "PLANTED-metadata-token", otherwise(true));
    heard.check(1000);
}

TEST_CASE("acceptance 19: no key, passphrase or answer of IAM Roles Anywhere is told") {
    witness heard;
    const std::string good =
        R"({"credentialSet":[{"credentials":{"accessKeyId":"ASIA","secretAccessKey":)"
        R"("PLANTED-secret","sessionToken":"PLANTED-token","expiration":"2026-01-01T01:00:00Z"}}]})";
    world around;
    const auto from_source = [](pem_source source) {
        return [source](const configuration& from) -> provider {
            return std::make_shared<roles_anywhere_credentials>(
                roles_anywhere_options{
                    .trust_anchor_arn =
                        "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/t",
                    .profile_arn = "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/p",
                    .role_arn = "arn:aws:iam::111122223333:role/r",
                    .holder = source},
                from);
        };
    };
    for (const pem_source& source : holders(heard)) {
        around.make = from_source(source);
        live(heard, around, nobody());
    }
    around.make = from_source(holder(test::an_ec_key().pkcs8()));
    live_with_answers(heard, around, good);
    heard.check(1000);
}

TEST_CASE("acceptance 19: no key, passphrase or answer of IoT Core is told") {
    witness heard;
    const std::string good =
        R"({"credentials":{"accessKeyId":"ASIA","secretAccessKey":"PLANTED-secret",)"
        R"("sessionToken":"PLANTED-token","expiration":"2026-01-01T01:00:00Z"}})";
    world around;
    const auto from_source = [](pem_source source) {
        return [source](const configuration& from) -> provider {
            return std::make_shared<iot_credentials>(
                iot_options{.endpoint = "c1.credentials.iot.eu-west-1.amazonaws.com",
                            .role_alias = "alias",
                            .device = source},
                from);
        };
    };
    for (const pem_source& source : holders(heard)) {
        around.make = from_source(source);
        live(heard, around, nobody());
    }
    around.make = from_source(holder(test::an_ec_key().pkcs8()));
    live_with_answers(heard, around, good);
    heard.check(1000);
}

TEST_CASE("acceptance 19: no bearer token is told") {
    witness heard;
    for (const std::string& token : spoiled("PLANTED-bearer"))
        for (const std::string& login : {std::string(), sso_login, sso_login.substr(0, 60)}) {
            world around = sso_world(login);
            around.variables["AWS_BEARER_TOKEN_BEDROCK"] = token;
            around.make = [](const configuration& from) -> provider {
                return std::make_shared<bearer_token_provider>(
                    from, bearer_token_options{
                              .signing_name = "bedrock",
                              .sso = sso_options{.region = "eu-west-1", .session_name = "corp"}});
            };
            live(heard, around, nobody());
        }
    heard.check(100);
}

TEST_CASE("acceptance 19: no secret of the CLI's cache is told, and none is in a file's name") {
    witness heard;
    const std::string entry =
        R"({"Credentials": {"AccessKeyId": "ASIA", "SecretAccessKey": "PLANTED-secret", )"
        R"("SessionToken": "PLANTED-token", "Expiration": "2026-01-01T01:00:00Z"}})";
    const std::string role = "arn:aws:iam::111122223333:role/r";
    const std::string path =
        "/h/.aws/cli/cache/" +
        cli_cache_key(assume_role_options{.role_arn = role, .external_id = "PLANTED-external-id"}) +
        ".json";
    for (const std::string& text : spoiled(entry)) {
        world around = with_config("[default]\nrole_arn = " + role +
                                   "\nexternal_id = PLANTED-external-id\nsource_profile = k\n"
                                   "[profile k]\naws_access_key_id = AKID\n"
                                   "aws_secret_access_key = PLANTED-secret\n");
        around.files[path] = text;
        live(heard, around, [](const http::request&, const http::exchange&) {
            return http::response{.status = 200, .body = sts_answer("AssumeRole")};
        });
    }
    heard.check(100);
}

TEST_CASE("acceptance 19: no SAML assertion is told") {
    witness heard;
    world around;
    const auto from = [](std::function<expected<secret>()> assertion) {
        return [assertion](const configuration& config) -> provider {
            return std::make_shared<saml_credentials>(
                config, saml_options{.role_arn = "arn:aws:iam::111122223333:role/r",
                                     .principal_arn = "arn:aws:iam::111122223333:saml-provider/p",
                                     .assertion = assertion});
        };
    };
    around.make = from([] { return secret("PLANTED-assertion"); });
    live_with_answers(heard, around, sts_answer("AssumeRoleWithSAML"));
    around.make = from([]() -> expected<secret> {
        return error{.kind = error_kind::action_needed, .code = "Expired", .message = "log in"};
    });
    live(heard, around, nobody());
    heard.check(1000);
}

TEST_CASE("acceptance 19: no secret around GetFederationToken is told") {
    witness heard;
    world around;
    around.make = [](const configuration& from) -> provider {
        auto user = std::make_shared<const runtime::identity>(
            from, std::make_shared<static_credentials>(
                      credentials{.access_key_id = "AKID", .secret_access_key = "PLANTED-user"}));
        return std::make_shared<federation_token_credentials>(
            std::move(user), sts::get_federation_token{.name = "guest"});
    };
    live_with_answers(heard, around, sts_answer("GetFederationToken"));
    heard.check(1000);
}

TEST_CASE("acceptance 19: no keys of a function are told") {
    witness heard;
    for (const std::string& key : spoiled("PLANTED-secret"))
        for (const instant until : {instant::max(), instant(milliseconds(1))}) {
            world around;
            around.make = [&](const configuration&) -> provider {
                auto fetch = [key, until]() -> expected<credentials> {
                    credentials keys{.access_key_id = "ASIA",
                                     .secret_access_key = key,
                                     .session_token = "PLANTED-token"};
                    if (until != instant::max()) keys.expiration = until;
                    return keys;
                };
                return std::make_shared<callable_credentials<decltype(fetch)>>(std::move(fetch));
            };
            live(heard, around, nobody());
        }
    heard.check(100);
}

namespace {

/// Lives with a role that needs a code from that prompt.
void live_with_prompt(witness& heard, const mfa_prompt& prompt) {
    settings choices;
    choices.region = "eu-west-1";
    choices.observer = heard.ear();
    choices.outside = testing::isolated_world(std::make_shared<testing::fake_clock>());
    choices.mfa = prompt;
    const auto network = std::make_shared<testing::scripted_transport>(nobody());
    const basic_session<testing::scripted_transport> base(
        credentials{.access_key_id = "AKID", .secret_access_key = "PLANTED-secret"}, choices,
        network);
    const auto role = base.try_assume_role(
        {.role_arn = "arn:aws:iam::111122223333:role/r", .serial_number = "device"});
    heard.hear(role->try_whoami());
    heard.hear(role->try_whoami());
    heard.hear(role->explain());
}

}  // namespace

TEST_CASE("acceptance 19: neither the secret of a virtual MFA device nor its codes are told") {
    witness heard;
    const auto time = std::make_shared<testing::fake_clock>();
    for (const std::string& key : spoiled("PLANTEDPLANTEDPL")) {
        const mfa_prompt prompt = totp_prompt(secret(key), time);
        if (const auto code = prompt({})) heard.also_secret_word(code->expose());
        live_with_prompt(heard, prompt);
    }
    heard.check(100);
}

TEST_CASE("acceptance 19: nothing that a program for MFA codes prints or is given is told") {
    witness heard;
    for (const std::string& out : {std::string(mfa_code_text), mark, mark + " 739182\n"})
        for (const int status : {0, 1, 137}) {
            const auto programs =
                std::make_shared<testing::made_up_processes>([&](const auto&) -> process_output {
                    return {.exit_status = status, .out = out, .err = "PLANTED-argument " + out};
                });
            live_with_prompt(heard,
                             mfa_command_prompt("/bin/code -p PLANTED-argument", {}, programs));
        }
    live_with_prompt(heard, mfa_command_prompt("/bin/code \"PLANTED", {},
                                               std::make_shared<testing::made_up_processes>()));
    live_with_prompt(heard, mfa_command_prompt("/bin/code PLANTED", {},
                                               std::make_shared<testing::made_up_processes>()));
    heard.check(30);
}

TEST_CASE("acceptance 19: no password or query of the metadata service's URL is told") {
    witness heard;
    for (const char* url : {"http://me:PLANTED@h", "http://169.254.169.254/?token=PLANTED",
                            "gopher://me:PLANTED@h/", "http://me:PLANTED@bad host/"}) {
        live(heard, {.variables = {{"AWS_EC2_METADATA_SERVICE_ENDPOINT", url}}}, nobody());
        live(heard,
             with_config("[default]\nec2_metadata_service_endpoint = " + std::string(url) + "\n"),
             nobody());
    }
    heard.check(40);
}

TEST_CASE("acceptance 19: no code of an MFA device is told, whatever is wrong with it") {
    for (const char* code : {mfa_code_text, "PLANTED", "", "PLANTED 739182"}) {
        witness heard;
        settings choices;
        choices.region = "eu-west-1";
        choices.observer = heard.ear();
        choices.outside = testing::isolated_world(std::make_shared<testing::fake_clock>());
        choices.mfa = [code](const mfa_request&) -> expected<secret> { return secret(code); };
        for (const std::string& token : {std::string(), std::string("PLANTED-token")})
            for (const std::string& answer :
                 {refused_by_sts, sts_answer("GetSessionToken"), sts_answer("AssumeRole")}) {
                const auto network = std::make_shared<testing::scripted_transport>(
                    [&](const http::request&, const http::exchange&) {
                        return http::response{.status = answer == refused_by_sts ? 403 : 200,
                                              .body = answer};
                    });
                const basic_session<testing::scripted_transport> base(
                    credentials{.access_key_id = "AKID",
                                .secret_access_key = "PLANTED-secret",
                                .session_token = token},
                    choices, network);
                const auto role = base.try_assume_role(
                    {.role_arn = "arn:aws:iam::111122223333:role/r", .serial_number = "device"});
                heard.hear(role->try_whoami());
                heard.hear(role->try_whoami());
                heard.hear(role->explain());
            }
        heard.check(6);
    }
}

TEST_CASE("acceptance 19: no password of a proxy or an endpoint URL is told") {
    witness heard;
    for (const char* url :
         {"http://me:PLANTED@proxy.example:3128", "me:PLANTED@proxy.example", "PLANTED",
          "http://me:PLANTED@bad host", "gopher://me:PLANTED@x", "http://h.example/?token=PLANTED",
          "http://h.example/?PLANTED@x", "http://me:PLA@PLANTED@x:99999999"}) {
        settings choices;
        choices.region = "eu-west-1";
        choices.observer = heard.ear();
        choices.outside = testing::isolated_world(std::make_shared<testing::fake_clock>());
        const credentials keys{.access_key_id = "AKID", .secret_access_key = "PLANTED-secret"};
        const auto network = std::make_shared<testing::scripted_transport>(nobody());
        settings proxied = choices;
        if (std::string_view(url) != mark) {  // a name like any other
            proxied.proxies = http::proxy_settings{.http = url, .https = url};
            const basic_session<testing::scripted_transport> by_proxy(keys, proxied, network);
            heard.hear(by_proxy.explain());
            heard.hear(http::check_proxy(url));
            choices.endpoint_url = url;
            const basic_session<testing::scripted_transport> to_url(keys, choices, network);
            heard.hear(to_url.explain());
            heard.hear(to_url.try_whoami());
        }
    }
    heard.check(10);
}
