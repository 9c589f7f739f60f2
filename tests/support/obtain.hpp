// SPDX-License-Identifier: MIT
// Asks a provider for credentials in a world that a test makes up.
#pragma once

#include <awsxx/runtime/blocking.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/fixed_random.hpp>

#include <memory>
#include <string>
#include <utility>

namespace test {

/// A configuration in an isolated world, and the network around it.
struct made_up_world {
    explicit made_up_world(awsxx::testing::world_contents has = {}, awsxx::settings choices = {}) {
        choices.outside = awsxx::testing::isolated_world(time, std::move(has));
        choices.outside.random = std::make_shared<fixed_random>();
        from = std::make_shared<const awsxx::runtime::configuration>(std::move(choices));
    }
    awsxx::expected<awsxx::credentials_snapshot> obtain(awsxx::credentials_provider& provider) {
        return awsxx::runtime::obtain(provider, time->now(), *time, network);
    }
    /// The access key id or the whole error.
    std::string outcome(awsxx::credentials_provider& provider) {
        const auto keys = obtain(provider);
        return keys ? (*keys)->access_key_id : to_string(keys.error());
    }

    std::shared_ptr<awsxx::testing::fake_clock> time =
        std::make_shared<awsxx::testing::fake_clock>();
    awsxx::testing::scripted_transport network{};
    std::shared_ptr<const awsxx::runtime::configuration> from{};
};

}  // namespace test
