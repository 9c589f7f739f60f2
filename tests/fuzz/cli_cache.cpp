// SPDX-License-Identifier: MIT
// Any bytes as an entry of the CLI's cache: whole keys that last, or a miss and an entry made anew.
#include <awsxx/credentials/cli_cache.hpp>
#include <awsxx/credentials/static.hpp>
#include <awsxx/runtime/blocking.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// Keys for an hour from the clock's beginning.
class source final : public awsxx::credentials_provider {
public:
    awsxx::resolution resolve(awsxx::instant now) override {
        return std::make_shared<const awsxx::credentials>(
            awsxx::credentials{.access_key_id = "MADE ANEW",
                               .secret_access_key = "s",
                               .session_token = "t",
                               .expiration = now + std::chrono::hours(1)});
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto time = std::make_shared<awsxx::testing::fake_clock>();
    awsxx::settings choices;
    choices.credentials_cache = {.mode = awsxx::credentials_files::use::read_write, .folder = "/c"};
    choices.outside = awsxx::testing::isolated_world(
        time, {.files = {{"/c/k.json", std::string(reinterpret_cast<const char*>(data), size)}}});
    const auto from = std::make_shared<const awsxx::runtime::configuration>(std::move(choices));
    const auto caller = std::make_shared<awsxx::static_credentials>(
        awsxx::credentials{.access_key_id = "AKID", .secret_access_key = "s"});
    const auto cache =
        awsxx::cli_cached(std::make_shared<source>(), {.key = "k", .caller = caller}, from);
    awsxx::testing::scripted_transport network;

    const auto first = awsxx::runtime::obtain(*cache, time->now(), *time, network);
    require(bool(first));
    const awsxx::credentials& keys = **first;
    require(!keys.access_key_id.empty() && !keys.secret_access_key.empty());
    require(!keys.session_token.empty() && keys.expiration);
    require(*keys.expiration - time->now() >= std::chrono::minutes(15));

    // Whatever was there: now there is an entry that is found again.
    const auto second = awsxx::runtime::obtain(*cache, time->now(), *time, network);
    require(second && (*second)->access_key_id == keys.access_key_id);
    require((*second)->source == "/c/k.json");
    return 0;
}
