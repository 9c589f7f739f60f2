// SPDX-License-Identifier: MIT
// A shared object that uses the library by itself: it becomes a role, and calls where nobody listens.
#include <awsxx/async.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/fake_aws.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace {

constexpr auto user = "arn:aws:iam::111122223333:user/dev";
constexpr auto role = "arn:aws:iam::111122223333:role/" ROLE;

/// Who one is at last, after a renewal, by a cloud that checks signatures.
bool becomes_role() {
    const auto time = std::make_shared<awsxx::testing::fake_clock>();
    const auto cloud = std::make_shared<awsxx::testing::fake_aws>(time);
    cloud->add_user({.arn = user, .access_key_id = "AKID", .secret_access_key = "key of " ROLE});
    cloud->add_role({.arn = role, .trusts = {user}});
    const awsxx::basic_session<awsxx::testing::fake_aws> base(
        awsxx::credentials{.access_key_id = "AKID", .secret_access_key = "key of " ROLE},
        {.region = "eu-west-1", .outside = awsxx::testing::isolated_world(time)}, cloud);
    const auto session = base.try_assume_role({.role_arn = role});
    if (!session) return false;
    for (int i = 0; i < 2; ++i) {
        const auto who = session->try_whoami();
        if (!who || who->arn.find("assumed-role/" ROLE "/") == std::string::npos) return false;
        time->advance(std::chrono::hours(2));
    }
    return cloud->calls("AssumeRole", role) == 2;
}

/// By libcurl and on an event loop.
bool hears_of_nobody() {
    const awsxx::session by(awsxx::credentials{.access_key_id = "AKID", .secret_access_key = "key"},
                            {.region = "eu-west-1",
                             .endpoint_url = "http://127.0.0.1:1",
                             .max_attempts = 1,
                             .outside = awsxx::testing::isolated_world(nullptr)});
    awsxx::event_loop loop;
    bool refused = false;
    by.async_call(loop, awsxx::sts::get_caller_identity{}, [&](const auto& who) {
        refused = !who && who.error().code == "ConnectionFailed";
    });
    loop.run();
    const auto who = by.try_whoami();
    return refused && !who && who.error().code == "ConnectionFailed";
}

}  // namespace

extern "C" const char* part_version() { return AWSXX_VERSION_STRING; }
extern "C" int part_has_std_expected() { return AWSXX_STD_EXPECTED; }
extern "C" int part_works() { return becomes_role() && hears_of_nobody() ? 1 : 0; }
