// SPDX-License-Identifier: MIT
#include <awsxx/credentials/iot.hpp>  // first: it must compile on its own

#include <http/requests.hpp>
#include <support/key_pairs.hpp>
#include <support/obtain.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace awsxx;

namespace {

constexpr const char* answer_body = R"({"credentials":{"accessKeyId":"ASIAIOT",
    "secretAccessKey":"planted-secret","sessionToken":"planted-token",
    "expiration":"2026-01-01T01:00:00Z"}})";

iot_options uploader() {
    const auto& key = test::an_ec_key();
    static const std::string certificate = key.certificate({});
    return {.endpoint = "c1.credentials.iot.eu-west-1.amazonaws.com",
            .role_alias = "uploader",
            .thing_name = "thing:1",
            .device = {.certificate = certificate, .key = key.pkcs8()}};
}

std::string outcome(const iot_options& what,
                    std::vector<testing::scripted_transport::answer> all = {}) {
    test::made_up_world world;
    for (auto& one : all) world.network.then(std::move(one));
    iot_credentials provider(what, world.from);
    return world.outcome(provider);
}

}  // namespace

TEST_CASE("IoT credentials: the role alias is asked for under the device's certificate") {
    test::made_up_world world;
    world.network.then(http::response{.status = 200, .headers = {}, .body = answer_body});
    iot_credentials provider(uploader(), world.from);

    const auto keys = world.obtain(provider);

    if (!keys) FAIL(to_string(keys.error()));
    CHECK((*keys)->access_key_id == "ASIAIOT");
    CHECK((*keys)->secret_access_key.expose() == "planted-secret");
    CHECK((*keys)->session_token.expose() == "planted-token");
    CHECK((*keys)->source == "IoT role alias uploader");
    CHECK((*keys)->expiration.has_value());
    const auto sent = world.network.requests().at(0);
    CHECK(sent.method == "GET");
    CHECK(http::to_string(sent.target) ==
          "https://c1.credentials.iot.eu-west-1.amazonaws.com/role-aliases/uploader/credentials");
    CHECK(sent.headers.find("x-amzn-iot-thingname") == "thing:1");
    const auto how = world.network.exchanges().at(0);
    REQUIRE(how.certificate);
    CHECK(how.certificate->certificate == uploader().device.certificate);
    CHECK(how.limits.connect == milliseconds(2000));
    CHECK(how.limits.answer_bytes == 65536);
}

TEST_CASE("IoT credentials: port and name of the thing are the user's choice") {
    test::made_up_world world;
    world.network.then(http::response{.status = 200, .headers = {}, .body = answer_body});
    auto what = uploader();
    what.port = 8443;
    what.thing_name.clear();
    what.role_alias = "a=b,c@d";
    iot_credentials provider(what, world.from);
    CHECK(world.outcome(provider) == "ASIAIOT");
    const auto sent = world.network.requests().at(0);
    CHECK(sent.target.port == 8443);
    CHECK(sent.target.path == "/role-aliases/a%3Db%2Cc%40d/credentials");
    CHECK_FALSE(sent.headers.contains("x-amzn-iot-thingname"));
}

TEST_CASE("IoT credentials: files are read for each fetch, one certificate while they stay") {
    const auto& key = test::an_ec_key();
    const std::string old_pem = key.certificate({.serial = "1"});
    const std::string new_pem = key.certificate({.serial = "2"});
    test::made_up_world world(
        {.environment = {}, .files = {{"/device.pem", old_pem}, {"/device.key", key.pkcs8()}}});
    for (int i = 0; i < 3; ++i)
        world.network.then(http::response{.status = 200, .headers = {}, .body = answer_body});
    auto what = uploader();
    what.device = {.certificate_file = "/device.pem", .key_file = "/device.key"};
    iot_credentials provider(what, world.from);
    for (const auto& pem : {old_pem, old_pem, new_pem}) {
        REQUIRE(world.from->outside().files->write("/device.pem", pem));
        CHECK(world.outcome(provider) == "ASIAIOT");
    }
    const auto sent = world.network.exchanges();
    CHECK(sent[0].certificate == sent[1].certificate);
    CHECK(sent[1].certificate != sent[2].certificate);
    CHECK(sent[2].certificate->certificate == new_pem);
}

TEST_CASE("IoT credentials: a certificate of the user's own, as in a token, is used as it is") {
    test::made_up_world world;
    world.network.then(http::response{.status = 200, .headers = {}, .body = answer_body});
    auto what = uploader();
    what.device = {};
    what.certificate = std::make_shared<const http::client_certificate>(
        http::client_certificate{.certificate = "pkcs11:token=a", .key = "pkcs11:", .pin = {}});
    iot_credentials provider(what, world.from);
    CHECK(world.outcome(provider) == "ASIAIOT");
    CHECK(world.network.exchanges().at(0).certificate == what.certificate);
}

TEST_CASE("IoT credentials: failures of network and server are tried three times") {
    const error broken{.kind = error_kind::network, .retryable = true, .code = "ConnectionBroken"};
    test::made_up_world world;
    world.network.then(http::response{.status = 503});
    world.network.then(broken);
    world.network.then(http::response{.status = 200, .headers = {}, .body = answer_body});
    iot_credentials provider(uploader(), world.from);
    CHECK(world.outcome(provider) == "ASIAIOT");
    CHECK(world.time->sleeps().size() == 2);
    CHECK(world.network.exchanges()[2].fresh_connection);
    CHECK(outcome(uploader(), {broken, broken, broken}) ==
          "NoIotCredentials: IoT role alias uploader at c1.credentials.iot.eu-west-1.amazonaws.com "
          "<- ConnectionBroken");
}

TEST_CASE("IoT credentials: what the endpoint answers is told") {
    const std::string begin =
        "NoIotCredentials: IoT role alias uploader at c1.credentials.iot.eu-west-1.amazonaws.com "
        "<- ";
    const auto told = [&](int status, const char* body) {
        return outcome(uploader(), {http::response{.status = status, .headers = {}, .body = body}})
            .substr(begin.size());
    };
    CHECK(told(403, R"({"message":"Access Denied"})") ==
          "IoT credentials GetRoleCredentials: 403 (403): Access Denied");
    CHECK(told(404, R"({"message":"RoleAlias not found"})") ==
          "IoT credentials GetRoleCredentials: 404 (404): RoleAlias not found");
    CHECK(told(400, "<html>") == "IoT credentials GetRoleCredentials: 400 (400): Bad Request");
    CHECK(told(200, "{}") == "MalformedCredentials: the member credentials is missing");
    CHECK(told(200, R"({"credentials":{"accessKeyId":"a","secretAccessKey":"planted"}})") ==
          "MalformedCredentials: Token is missing");
    CHECK(told(200, "no json").starts_with("MalformedCredentials: "));
}

TEST_CASE("IoT credentials: nothing set up is not configured, half of it is an error") {
    CHECK(outcome({}).starts_with("NotConfigured"));
    const auto with = [](auto change) {
        iot_options what = uploader();
        change(what);
        const std::string text = outcome(what);
        return text.substr(0, text.find(':'));
    };
    CHECK(with([](auto& o) { o.endpoint.clear(); }) == "InvalidIotEndpoint");
    CHECK(with([](auto& o) { o.endpoint = "https://a.b/"; }) == "InvalidIotEndpoint");
    CHECK(with([](auto& o) { o.endpoint = "a..b"; }) == "InvalidIotEndpoint");
    CHECK(with([](auto& o) { o.endpoint = "abc-ats.iot.eu-west-1.amazonaws.com"; }) ==
          "InvalidIotEndpoint");
    CHECK(with([](auto& o) { o.port = 0; }) == "InvalidIotEndpoint");
    CHECK(with([](auto& o) { o.role_alias.clear(); }) == "InvalidRoleAlias");
    CHECK(with([](auto& o) { o.role_alias = "a/b"; }) == "InvalidRoleAlias");
    CHECK(with([](auto& o) { o.thing_name = "a\r\nb"; }) == "InvalidThingName");
}

TEST_CASE("IoT credentials: a certificate that cannot be used is named, and not its key") {
    auto what = uploader();
    what.device = {};
    CHECK(outcome(what).ends_with(
        " <- MissingCertificate: no certificate is given, neither as text nor as a file"));
    what.device = {.certificate_file = "/none.pem"};
    CHECK(outcome(what).find("FileNotFound: /none.pem") != std::string::npos);
    const auto& key = test::an_ec_key();
    test::made_up_world world(
        {.environment = {},
         .files = {{"/c.pem", key.certificate({})}, {"/k.pem", test::an_rsa_key().pkcs8()}}});
    what.device = {.certificate_file = "/c.pem", .key_file = "/k.pem"};
    iot_credentials provider(what, world.from);
    CHECK(world.outcome(provider).find(
              "UnusableCertificate: certificate /c.pem, key /k.pem <- KeyMismatch: ") !=
          std::string::npos);
}

TEST_CASE("IoT credentials: over TLS with a server that demands a certificate") {
    const auto authority = test::key_pair::ec();
    test::tls_identity identity;
    identity.demand_certificates_of(authority.certificate({.subject = "devices"}));
    test::http_server server(
        [](const test::received& got) {
            return got.peer == "thing" && got.has("x-amzn-iot-thingname")
                       ? test::answer(200, answer_body)
                       : test::answer(403);
        },
        {.tls = true, .identity = &identity});
    const auto& key = test::an_rsa_key();
    auto what = uploader();
    what.endpoint = "127.0.0.1";
    what.port = server.port();
    what.device = {
        .certificate = key.certificate(
            {.subject = "thing", .serial = "2", .issuer = "devices", .signer = &authority}),
        .key = key.pkcs8()};
    test::made_up_world world;
    http::curl_transport transport({.ca_file = identity.ca_file()});
    iot_credentials provider(what, world.from);

    const auto keys = runtime::obtain(provider, world.time->now(), *world.time, transport);

    if (!keys) FAIL(to_string(keys.error()));
    CHECK((*keys)->access_key_id == "ASIAIOT");
    CHECK(server.last().line() == "GET /role-aliases/uploader/credentials HTTP/1.1");
}
