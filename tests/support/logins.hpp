// SPDX-License-Identifier: MIT
// Files that `aws sso login` and `aws login` leave behind, of somebody who has logged in.
#pragma once

#include <awsxx/codec/json_members.hpp>
#include <awsxx/credentials/login_token.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/ec_keys.hpp>

#include <string>
#include <utility>

namespace test {

/// A path and what is in the file.
using file = std::pair<std::string, std::string>;

/// The token of `sso_session = corp`, good until 2027.
inline file sso_login(const std::string& home) {
    return {home + "/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
            R"({"accessToken":"a","expiresAt":"2027-01-01T00:00:00Z"})"};
}

/// The login of `login_session = me`, whose keys ended with 2025.
inline file console_login(const std::string& home) {
    using awsxx::testing::made_up_environment;
    auto all = *awsxx::codec::json::members::parse(
        R"({"accessToken":{"accessKeyId":"OLD","secretAccessKey":"s","sessionToken":"t",)"
        R"("expiresAt":"2025-12-31T00:00:00Z"},"clientId":"c","refreshToken":"r"})");
    all.set_string("dpopKey", sec1_pem);
    const made_up_environment at_home(made_up_environment::variables{{"HOME", home}});
    return {awsxx::login_token_path({.login_session = "me"}, at_home), all.text()};
}

}  // namespace test
