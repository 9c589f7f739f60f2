// SPDX-License-Identifier: MIT
// A small AWS for sessions under test: a user, two roles that follow each other, and one that is closed.
#pragma once

#include <awsxx/session.hpp>
#include <awsxx/testing/fake_aws.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/fixed_random.hpp>

#include <memory>
#include <string>
#include <utility>

namespace test {

inline constexpr const char* user_arn = "arn:aws:iam::111122223333:user/dev";
inline constexpr const char* hub_arn = "arn:aws:iam::111122223333:role/hub";
inline constexpr const char* spoke_arn = "arn:aws:iam::444455556666:role/spoke";
inline constexpr const char* closed_arn = "arn:aws:iam::444455556666:role/closed";

/// The user may become the hub, the hub the spoke, and nobody the closed role. Begins at
/// 2026-01-01T00:00:00Z with the home folder /home.
struct cloud_scene {
    using session = awsxx::basic_session<awsxx::testing::fake_aws>;

    cloud_scene() {
        cloud->add_user({.arn = user_arn,
                         .access_key_id = "AKIDUSER",
                         .secret_access_key = "planted-secret-of-the-user"});
        cloud->add_role({.arn = hub_arn, .trusts = {user_arn}});
        cloud->add_role({.arn = spoke_arn, .trusts = {hub_arn}});
        cloud->add_role({.arn = closed_arn});
    }
    /// Settings with nothing chosen but the world.
    awsxx::settings choices(awsxx::testing::world_contents has = {}) const {
        has.environment.emplace("HOME", "/home");
        awsxx::settings made;
        made.outside = awsxx::testing::isolated_world(time, std::move(has));
        made.outside.random = std::make_shared<fixed_random>();
        return made;
    }
    awsxx::credentials keys() const {
        return {.access_key_id = "AKIDUSER", .secret_access_key = "planted-secret-of-the-user"};
    }
    session with(awsxx::settings chosen) const { return session(keys(), std::move(chosen), cloud); }
    session base() const {
        awsxx::settings chosen = choices();
        chosen.region = "eu-west-1";
        return with(std::move(chosen));
    }

    std::shared_ptr<awsxx::testing::fake_clock> time =
        std::make_shared<awsxx::testing::fake_clock>();
    std::shared_ptr<awsxx::testing::fake_aws> cloud =
        std::make_shared<awsxx::testing::fake_aws>(time);
};

}  // namespace test
