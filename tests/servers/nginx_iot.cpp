// SPDX-License-Identifier: MIT
// Credentials of IoT Core, fetched with client certificates from an nginx that demands them.
#include <awsxx/core/system_clock.hpp>
#include <awsxx/credentials/iot.hpp>

#include <awsxx/http/curl_transport.hpp>
#include <awsxx/runtime/blocking.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>

#include <cstdlib>
#include <memory>
#include <string>

namespace {

using namespace awsxx;

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    REQUIRE(value != nullptr);
    return value;
}

std::string file(const std::string& name) { return variable("NGINX_PLACE") + "/" + name; }

constexpr int tls_1_2 = 0;
constexpr int tls_1_3 = 1;

iot_options device(const std::string& name, int server) {
    return {.endpoint = "127.0.0.1",
            .port = static_cast<std::uint16_t>(std::stoi(variable("NGINX_PORT")) + server),
            .role_alias = "uploader",
            .thing_name = "thing",
            .device = {.certificate_file = file(name + ".pem"), .key_file = file(name + ".key")}};
}

/// The real files and the real time, but no environment.
struct computer {
    std::shared_ptr<awsxx::clock> time = std::make_shared<system_clock>();
    std::shared_ptr<const runtime::configuration> from =
        std::make_shared<const runtime::configuration>(
            settings{.outside = {.environment = std::make_shared<testing::made_up_environment>()}});
    http::curl_transport transport{{.ca_file = file("authority.pem")}};

    expected<credentials_snapshot> fetch(credentials_provider& provider) {
        return runtime::obtain(provider, time->now(), *time, transport);
    }
    error refusal(const iot_options& what) {
        iot_credentials provider(what, from);
        const auto keys = fetch(provider);
        REQUIRE_FALSE(keys);
        INFO(to_string(keys.error()));
        REQUIRE(keys.error().cause);
        return *keys.error().cause;
    }
};

}  // namespace

TEST_CASE("nginx: devices with RSA and EC keys get credentials, over TLS 1.2 and 1.3") {
    computer here;
    for (const int server : {tls_1_2, tls_1_3})
        for (const std::string name : {"device-rsa", "device-ec"}) {
            iot_credentials provider(device(name, server), here.from);
            const auto keys = here.fetch(provider);
            if (!keys) FAIL(to_string(keys.error()));
            CHECK((*keys)->access_key_id == "CN=" + name);
            CHECK((*keys)->expiration > here.time->now() + std::chrono::minutes(50));
        }
}

TEST_CASE("nginx: the next fetch of a device uses its connection, and no other device does") {
    computer here;
    iot_credentials one(device("device-rsa", tls_1_3), here.from);
    iot_credentials two(device("device-ec", tls_1_3), here.from);
    for (const char* count : {"1", "2", "3"})
        for (auto* provider : {&one, &two}) {
            const auto keys = here.fetch(*provider);
            if (!keys) FAIL(to_string(keys.error()));
            CHECK((*keys)->session_token.expose() == count);
        }
}

TEST_CASE("nginx: a key with a passphrase is opened") {
    computer here;
    auto what = device("device-rsa", tls_1_3);
    what.device.key_file = file("locked.key");
    what.device.passphrase = [] { return expected<secret>("the-words"); };
    iot_credentials provider(what, here.from);
    CHECK(here.fetch(provider));
}

TEST_CASE("nginx: refusals are told in the server's words") {
    computer here;
    for (const int server : {tls_1_2, tls_1_3}) {
        CHECK(here.refusal(device("stranger", server)).http_status == 400);
        auto what = device("device-rsa", server);
        what.role_alias = "downloader";
        CHECK(here.refusal(what).message == "no such role alias");
        what = device("device-rsa", server);
        what.thing_name = "other";
        CHECK(here.refusal(what).message == "another thing");
        CHECK(here.refusal(what).kind == error_kind::denied);
    }
}
