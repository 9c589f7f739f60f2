// SPDX-License-Identifier: MIT
// Cache files of logins of any bytes: what is read is the same after it was written, and no error
// repeats what a file holds.
#include <awsxx/credentials/login_token.hpp>
#include <awsxx/credentials/sso_token.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

const std::string path = "/f";

void require(bool holds) {
    if (!holds) std::abort();
}

/// An error has the path, what to do, and nothing of the file but names that the reader knows.
void check(const awsxx::error& why) {
    const bool may_be_mended_by_itself = why.kind == awsxx::error_kind::credentials;
    require(may_be_mended_by_itself ? why.retryable : why.kind == awsxx::error_kind::action_needed);
    require(why.message.starts_with(path) && why.message.size() < 200);
}

void try_sso(awsxx::testing::made_up_files& files) {
    auto login = awsxx::read_sso_token({}, files, path);
    if (!login) return check(login.error());
    require(!login->access_token.empty());
    require(bool(awsxx::write_sso_token(*login, files, path)));
    const auto again = awsxx::read_sso_token({}, files, path);
    require(again && again->access_token == login->access_token);
    require(again->expires_at == login->expires_at);
    require(again->refresh_token == login->refresh_token);
    require(again->client_secret == login->client_secret);
}

void try_login(awsxx::testing::made_up_files& files) {
    auto login = awsxx::read_login_token({}, files, path);
    if (!login) return check(login.error());
    require(bool(awsxx::write_login_token(*login, files, path)));
    const auto again = awsxx::read_login_token({}, files, path);
    require(again && again->keys.access_key_id == login->keys.access_key_id);
    require(again->keys.session_token == login->keys.session_token);
    require(again->keys.expiration == login->keys.expiration);
    require(again->dpop_key == login->dpop_key);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const awsxx::testing::made_up_files::contents all{
        {path, std::string(reinterpret_cast<const char*>(data), size)}};
    awsxx::testing::made_up_files sso(all);
    try_sso(sso);
    awsxx::testing::made_up_files login(all);
    try_login(login);
    return 0;
}
