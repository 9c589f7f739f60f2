// SPDX-License-Identifier: MIT
// Any bytes as what a service answers to a provider: whole keys or an error, never half of either.
//
// The first byte chooses the provider, the second one the status; the rest is each answer's body.
#include <awsxx/credentials/container.hpp>
#include <awsxx/credentials/imds.hpp>
#include <awsxx/credentials/login.hpp>
#include <awsxx/credentials/process.hpp>
#include <awsxx/credentials/session_token.hpp>
#include <awsxx/credentials/sso.hpp>
#include <awsxx/credentials/static.hpp>
#include <awsxx/credentials/web_identity.hpp>
#include <awsxx/runtime/blocking.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/ec_keys.hpp>
#include <support/fixed_random.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace {

using awsxx::credentials_provider;
using awsxx::testing::fake_clock;
using configuration = std::shared_ptr<const awsxx::runtime::configuration>;

void require(bool holds) {
    if (!holds) std::abort();
}

const std::string corp = "/h/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

std::string login_file() {
    auto all = *awsxx::codec::json::members::parse(
        R"({"accessToken":{"accessKeyId":"OLD","secretAccessKey":"s","sessionToken":"t",)"
        R"("expiresAt":"2025-12-31T00:00:00Z"},"clientId":"c","refreshToken":"r"})");
    all.set_string("dpopKey", test::sec1_pem);
    return all.text();
}

/// A world in which every provider has what it needs, and programs print `output`.
configuration make_world(const std::shared_ptr<fake_clock>& time, std::string output) {
    const awsxx::testing::made_up_environment home(
        awsxx::testing::made_up_environment::variables{{"HOME", "/h"}});
    awsxx::settings choices;
    choices.region = "eu-west-1";
    choices.max_attempts = 2;
    choices.outside = awsxx::testing::isolated_world(
        time, {.environment = {{"HOME", "/h"}, {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/keys"}},
               .files = {{"/h/token", "jwt"},
                         {corp, R"({"accessToken":"a","expiresAt":"2026-01-01T00:01:00Z",)"
                                R"("clientId":"c","clientSecret":"s","refreshToken":"r",)"
                                R"("registrationExpiresAt":"2027-01-01T00:00:00Z"})"},
                         {awsxx::login_token_path({.login_session = "me"}, home), login_file()}},
               .programs = [output = std::move(output)](const auto&) {
                   return awsxx::process_output{.out = output};
               }});
    choices.outside.random = std::make_shared<test::fixed_random>();
    return std::make_shared<const awsxx::runtime::configuration>(std::move(choices));
}

std::shared_ptr<credentials_provider> make_provider(unsigned which, const configuration& from) {
    switch (which % 7) {
        case 0:
            return std::make_shared<awsxx::web_identity_credentials>(
                from, awsxx::web_identity_options{.role_arn = "arn:aws:iam::111122223333:role/r",
                                                  .token_file = "/h/token"});
        case 1: return std::make_shared<awsxx::container_credentials>(from);
        case 2: return std::make_shared<awsxx::imds_credentials>(from);
        case 3:
            return std::make_shared<awsxx::sso_credentials>(
                from, awsxx::sso_options{.start_url = "https://corp.example",
                                         .region = "eu-west-1",
                                         .account_id = "111122223333",
                                         .role_name = "r",
                                         .session_name = "corp"});
        case 4:
            return std::make_shared<awsxx::login_credentials>(
                from, awsxx::login_options{.login_session = "me"});
        case 5:
            return std::make_shared<awsxx::process_credentials>(
                awsxx::process_options{.command = "/bin/keys"}, from);
        default: break;
    }
    auto keys = std::make_shared<awsxx::static_credentials>(
        awsxx::credentials{.access_key_id = "AKID", .secret_access_key = "s"});
    return std::make_shared<awsxx::session_token_credentials>(
        std::make_shared<const awsxx::runtime::identity>(from, std::move(keys)),
        awsxx::session_token_options{});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    constexpr int statuses[] = {200, 200, 200, 200, 400, 401, 403, 404, 500};
    const std::string body(reinterpret_cast<const char*>(data + 2), size - 2);
    const int status = statuses[data[1] % std::size(statuses)];
    const auto time = std::make_shared<fake_clock>();
    const configuration from = make_world(time, body);
    const auto provider = make_provider(data[0], from);
    int asked = 0;
    awsxx::testing::scripted_transport network(
        [&](const awsxx::http::request& what, const awsxx::http::exchange&) {
            // Services of several steps: the high bits say how many of them go well.
            const bool well = asked++ < data[1] / 64;
            if (well && what.method == "PUT") return awsxx::http::response{.body = "token"};
            if (well && what.target.path.ends_with('/'))
                return awsxx::http::response{.body = "role"};
            return awsxx::http::response{.status = status, .body = body};
        });

    const auto keys = awsxx::runtime::obtain(*provider, time->now(), *time, network);

    require(asked < 32);
    if (keys) {
        require(*keys && !(*keys)->access_key_id.empty() && !(*keys)->secret_access_key.empty());
        require(!(*keys)->source.empty());
        return 0;
    }
    require(!keys.error().code.empty());
    require(!to_string(keys.error()).empty());
    return 0;
}
