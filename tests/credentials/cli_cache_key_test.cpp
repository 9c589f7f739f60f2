// SPDX-License-Identifier: MIT
#include <awsxx/credentials/cli_cache_key.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;

namespace {

const std::string demo = "arn:aws:iam::123456789012:role/Demo";

}  // namespace

TEST_CASE("cli cache key: roles have the names that the AWS CLI gives them") {
    CHECK(cli_cache_key(assume_role_options{.role_arn = demo}) ==
          "ecd91d7989471012b3d38d435d4d037a581676a5");
    CHECK(cli_cache_key(assume_role_options{.role_arn = demo, .role_session_name = "me"}) ==
          "91af70d56320092f50d750f5a422cdc2159712ac");
    CHECK(cli_cache_key(assume_role_options{.role_arn = demo,
                                            .external_id = "x/1",
                                            .duration_seconds = 3600,
                                            .serial_number = "arn:aws:iam::123456789012:mfa/me"}) ==
          "bb1c9b3bcd9a9a2c2f4022b4ed21a5ba0241a210");
    CHECK(cli_cache_key(assume_role_options{.role_arn = demo,
                                            .role_session_name = "ci",
                                            .external_id = "x-1",
                                            .duration_seconds = 3600,
                                            .serial_number = "arn:aws:iam::123456789012:mfa/u"}) ==
          "8ce185564dc9b37bd7bf8a235a660b487eda2f48");
}

TEST_CASE("cli cache key: other letters than ASCII's are escaped first") {
    CHECK(cli_cache_key(
              assume_role_options{.role_arn = "arn:aws:iam::123456789012:role/D\xc3\xa9mo"}) ==
          "88dc2c65809ec81a2e55b0d9468168e0de00f146");
    CHECK(cli_cache_key(assume_role_options{.role_arn = "arn:aws:iam::123456789012:role/D\xc3\xa9",
                                            .external_id = "a\"b"}) ==
          "00bc174aa07cb78fa7bf6fe1d01d02eae822cb37");
}

TEST_CASE("cli cache key: a policy counts by what it says, not by how it is spelled") {
    const std::string key = "da65236e597c2bbf6424b7544f1aca9ea1e4b79e";
    CHECK(cli_cache_key(assume_role_options{.role_arn = demo, .policy = R"({"b": 1,"a":2})"}) ==
          key);
    CHECK(cli_cache_key(assume_role_options{.role_arn = demo, .policy = R"( {"a":2, "b":1} )"}) ==
          key);
}

TEST_CASE("cli cache key: what is good for one call is not in the name") {
    CHECK(cli_cache_key(assume_role_options{.role_arn = demo, .token_code = "123456"}) ==
          cli_cache_key(assume_role_options{.role_arn = demo}));
}

TEST_CASE("cli cache key: SSO roles have the names that the AWS CLI gives them") {
    CHECK(cli_cache_key(sso_cache_subject{.account_id = "123456789012",
                                          .role_name = "Admin",
                                          .start_url = "https://ex.awsapps.com/start"}) ==
          "477723a0d26e14285f7a14ed12a214f6a79bac0d");
    CHECK(cli_cache_key(sso_cache_subject{
              .account_id = "123456789012", .role_name = "Admin", .session_name = "corp"}) ==
          "8457bc68cf9d4aa8d629a61563948e8bd3159d49");
    CHECK(cli_cache_key(sso_cache_subject{
              .account_id = "111122223333", .role_name = "ReadOnly", .session_name = "corp"}) ==
          "ef7c0373a8420e194e9d028ad5acc50a222b4714");
}

TEST_CASE("cli cache key: who vouches for the caller makes another session") {
    const std::string center = "arn:aws:iam::aws:contextProvider/IdentityCenter";
    const assume_role_options role{
        .role_arn = demo,
        .provided_contexts = {{.provider_arn = center, .context_assertion = "a.b.c"}}};

    CHECK(cli_cache_key(role) == "84a050933690342e41b38d670ba046e0021cfd83");
}
