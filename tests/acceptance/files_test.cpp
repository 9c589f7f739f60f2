// SPDX-License-Identifier: MIT
#include <awsxx/credentials/cli_cache.hpp>
#include <awsxx/credentials/cli_cache_key.hpp>
#include <awsxx/credentials/sso_token.hpp>

#include <awsxx/session.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>
#include <support/fake_files.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using test::cloud_scene;

namespace {

const std::string demo = "arn:aws:iam::123456789012:role/Demo";
// The entry of the hub's role when nothing but its ARN was chosen.
std::string entry_path() {
    return "/home/.aws/cli/cache/" + cli_cache_key(assume_role_options{.role_arn = test::hub_arn}) +
           ".json";
}

/// The access key of a session of the hub that finds this entry; "asked STS" if it had to.
std::string found_in(const std::string& entry) {
    cloud_scene s;
    settings chosen = s.choices({.files = {{entry_path(), entry}}});
    chosen.region = "eu-west-1";
    chosen.credentials_cache.mode = credentials_files::use::read_write;
    const auto hub = *s.with(chosen).try_assume_role({.role_arn = test::hub_arn});
    const auto keys = hub.try_fetch_credentials();
    if (!keys) return to_string(keys.error());
    return s.cloud->calls("AssumeRole") == 1 ? "asked STS" : (*keys)->access_key_id;
}

const std::string by_botocore =
    R"({"Credentials": {"AccessKeyId": "ASIABOTO", "SecretAccessKey": "planted", )"
    R"("SessionToken": "planted", "Expiration": "2026-01-01T01:00:00UTC", )"
    R"("AccountId": "111122223333"}, "AssumedRoleUser": {"AssumedRoleId": "AROA:me", )"
    R"("Arn": "arn:aws:sts::111122223333:assumed-role/hub/me"}, )"
    R"("ResponseMetadata": {"RequestId": "r", "HTTPStatusCode": 200, )"
    R"("HTTPHeaders": {"x-amzn-requestid": "r", "content-type": "text/xml"}, )"
    R"("RetryAttempts": 0}})";
const std::string by_cli_1 =
    R"({"Credentials": {"AccessKeyId": "ASIACLI1", "SecretAccessKey": "planted", )"
    R"("SessionToken": "planted", "Expiration": "2026-01-01T01:00:00Z"}, )"
    R"("AssumedRoleUser": {"AssumedRoleId": "AROA:me", "Arn": "arn:x"}, )"
    R"("ResponseMetadata": {"RequestId": "r", "HTTPStatusCode": 200, "RetryAttempts": 0}})";
const std::string by_cli_2 =
    R"({"Credentials":{"AccessKeyId":"ASIACLI2","SecretAccessKey":"planted",)"
    R"("SessionToken":"planted","Expiration":"2026-01-01T01:00:00+00:00",)"
    R"("AccountId":"111122223333"},"AssumedRoleUser":{"AssumedRoleId":"AROA:me",)"
    R"("Arn":"arn:x"},"ProviderType":"assume-role","PackedPolicySize":6})";

}  // namespace

TEST_CASE("acceptance 18: entries of the CLI's cache have the CLI's names") {
    CHECK(cli_cache_key(assume_role_options{.role_arn = demo}) ==
          "ecd91d7989471012b3d38d435d4d037a581676a5");
    CHECK(cli_cache_key(assume_role_options{.role_arn = demo, .role_session_name = "me"}) ==
          "91af70d56320092f50d750f5a422cdc2159712ac");
    CHECK(cli_cache_key(assume_role_options{.role_arn = demo,
                                            .external_id = "x/1",
                                            .duration_seconds = 3600,
                                            .serial_number = "arn:aws:iam::123456789012:mfa/me"}) ==
          "bb1c9b3bcd9a9a2c2f4022b4ed21a5ba0241a210");
    CHECK(cli_cache_key(assume_role_options{.role_arn = "arn:aws:iam::123456789012:role/D\xc3\xa9",
                                            .external_id = "a\"b"}) ==
          "00bc174aa07cb78fa7bf6fe1d01d02eae822cb37");
    CHECK(cli_cache_key(assume_role_options{.role_arn = demo, .policy = R"({"b": 1,"a":2})"}) ==
          "da65236e597c2bbf6424b7544f1aca9ea1e4b79e");
    CHECK(cli_cache_key(sso_cache_subject{.account_id = "123456789012",
                                          .role_name = "Admin",
                                          .start_url = "https://ex.awsapps.com/start"}) ==
          "477723a0d26e14285f7a14ed12a214f6a79bac0d");
    CHECK(cli_cache_key(sso_cache_subject{
              .account_id = "123456789012", .role_name = "Admin", .session_name = "corp"}) ==
          "8457bc68cf9d4aa8d629a61563948e8bd3159d49");
}

TEST_CASE("acceptance 18: SSO logins are looked for where the CLI keeps them") {
    const testing::made_up_environment home(
        testing::made_up_environment::variables{{"HOME", "/home"}});
    CHECK(sso_token_path({.session_name = "corp"}, home) ==
          "/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json");
    CHECK(sso_token_path({.start_url = "https://ex.awsapps.com/start"}, home) ==
          "/home/.aws/sso/cache/af8d9af2adeeaf1941027e8a576bd1370260e2f9.json");
}

TEST_CASE("acceptance 18: what botocore and both CLIs have written is read") {
    CHECK(found_in(by_botocore) == "ASIABOTO");
    CHECK(found_in(by_cli_1) == "ASIACLI1");
    CHECK(found_in(by_cli_2) == "ASIACLI2");
}

TEST_CASE("acceptance 18: entries of SSO roles are read and written as both CLIs do") {
    const std::string path = "/home/.aws/cli/cache/ef7c0373a8420e194e9d028ad5acc50a222b4714.json";
    const auto asked = [&](const testing::made_up_files::contents& more) {
        const auto time = std::make_shared<testing::fake_clock>();
        testing::made_up_files::contents files{
            {"/home/.aws/config",
             "[default]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 111122223333\n"
             "sso_role_name = ReadOnly\n[sso-session corp]\nsso_region = us-east-1\n"
             "sso_start_url = https://corp.awsapps.com/start\n"},
            {"/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
             R"({"accessToken":"planted","expiresAt":"2026-01-01T08:00:00Z"})"}};
        files.insert(more.begin(), more.end());
        settings chosen{.outside = testing::isolated_world(
                            time, {.environment = {{"HOME", "/home"}}, .files = files})};
        chosen.credentials_cache.mode = credentials_files::use::read_write;
        const auto network = std::make_shared<testing::scripted_transport>();
        network->then(http::response{.status = 200,
                                     .body = R"({"roleCredentials":{"accessKeyId":"ASIANEW",)"
                                             R"("secretAccessKey":"s","sessionToken":"t",)"
                                             R"("expiration":1767229200000}})"});
        const basic_session<testing::scripted_transport> session(chosen, network);
        const auto keys = session.try_fetch_credentials();
        return std::pair(keys ? (*keys)->access_key_id : to_string(keys.error()),
                         *chosen.outside.files->read(path, 10'000));
    };
    const std::string kept =
        R"({"ProviderType": "sso", "Credentials": {"AccessKeyId": "ASIASSO", )"
        R"("SecretAccessKey": "planted", "SessionToken": "planted", )"
        R"("Expiration": "2026-01-01T01:00:00Z", "AccountId": "111122223333"}})";

    CHECK(asked({{path, kept}}).first == "ASIASSO");

    const auto [key, written] = asked({});
    CHECK(key == "ASIANEW");
    CHECK(written.find(R"("ProviderType": "sso")") != std::string::npos);
}

TEST_CASE("acceptance 18: a torn entry is a miss, wherever it is torn") {
    for (const std::string& whole : {by_botocore, by_cli_1, by_cli_2})
        for (std::size_t size = 0; size < whole.size(); size += 7) {
            CAPTURE(size);
            CHECK(found_in(whole.substr(0, size)) == "asked STS");
        }
}

TEST_CASE("acceptance 18: a cache that cannot be written is a warning that explain() keeps") {
    cloud_scene s;
    const auto files = std::make_shared<test::fake_files>();
    files->full = true;
    settings chosen = s.choices({});
    chosen.region = "eu-west-1";
    chosen.outside.files = files;
    chosen.credentials_cache.mode = credentials_files::use::read_write;
    const auto hub = *s.with(chosen).try_assume_role({.role_arn = test::hub_arn});

    CHECK(hub.try_fetch_credentials());

    const std::vector<std::string> told = hub.explain().warnings;
    REQUIRE(told.size() == 1);
    CHECK(told[0] ==
          "the cache of credentials is not written: " + entry_path() + ": No space left on device");
}

TEST_CASE("acceptance 18: an entry with less than fifteen minutes left is a miss") {
    std::string soon = by_cli_1;
    soon.replace(soon.find("T01:00:00Z"), 10, "T00:14:59Z");
    std::string enough = by_cli_1;
    enough.replace(enough.find("T01:00:00Z"), 10, "T00:15:00Z");

    CHECK(found_in(soon) == "asked STS");
    CHECK(found_in(enough) == "ASIACLI1");
}
