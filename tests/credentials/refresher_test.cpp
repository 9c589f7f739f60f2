// SPDX-License-Identifier: MIT
#include <awsxx/credentials/refresher.hpp>

#include <awsxx/session.hpp>
#include <awsxx/testing/fake_aws.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

constexpr auto user = "arn:aws:iam::111122223333:user/dev";
constexpr auto role = "arn:aws:iam::111122223333:role/hub";

struct scene {
    scene() {
        cloud->add_user({.arn = user, .access_key_id = "AKIDUSER", .secret_access_key = "s"});
        cloud->add_role({.arn = role, .trusts = {user}});
    }
    basic_session<testing::fake_aws> hub() const {
        const basic_session<testing::fake_aws> base(
            credentials{.access_key_id = "AKIDUSER", .secret_access_key = "s"},
            {.region = "eu-west-1",
             .outside = {time, std::make_shared<test::fixed_random>(),
                         std::make_shared<test::fake_environment>(),
                         std::make_shared<test::fake_files>()}},
            cloud);
        return *base.try_assume_role({.role_arn = role});
    }
    long assumed() const {
        const auto log = cloud->log();
        return std::count_if(log.begin(), log.end(),
                             [](const auto& call) { return call.operation == "AssumeRole"; });
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<testing::fake_aws> cloud = std::make_shared<testing::fake_aws>(time);
};

}  // namespace

TEST_CASE("background renewal: fetches, waits for the advisory window, and renews in it") {
    scene s;
    const auto hub = s.hub();
    auto renew = hub.background_renewal();

    CHECK(renew() == 45min);  // of an hour, without spread
    CHECK(s.assumed() == 1);
    s.time->advance(44min);
    CHECK(renew() == 1min);
    CHECK(s.assumed() == 1);
    s.time->advance(1min);
    CHECK(renew() == 45min);
    CHECK(s.assumed() == 2);

    REQUIRE(hub.try_whoami());
    CHECK(s.assumed() == 2);
}

TEST_CASE("background renewal: callers go on with the keys at hand until it is late") {
    scene s;
    const auto hub = s.hub();
    auto renew = hub.background_renewal();
    REQUIRE(renew() == 45min);
    s.time->advance(46min);  // it would have come a minute ago
    REQUIRE(hub.try_whoami());
    CHECK(s.assumed() == 1);
    renew();
    CHECK(s.assumed() == 2);

    s.time->advance(45min + 8min);  // half of the window is over: nobody seems to come
    REQUIRE(hub.try_whoami());
    CHECK(s.assumed() == 3);
}

TEST_CASE("background renewal: ends with the last session, and for keys that never expire") {
    scene s;
    std::optional<basic_session<testing::fake_aws>> hub = s.hub();
    auto renew = hub->background_renewal();
    auto keys = hub->parent()->background_renewal();
    CHECK_FALSE(keys());
    hub.reset();

    CHECK_FALSE(renew());
    CHECK(s.assumed() == 0);
}

TEST_CASE("background renewal: comes back soon after a failure") {
    scene s;
    const auto hub = s.hub();
    s.cloud->fail_next(testing::fake_fault::no_connection);
    s.cloud->fail_next(testing::fake_fault::no_connection);
    s.cloud->fail_next(testing::fake_fault::no_connection);
    auto renew = hub.background_renewal();

    CHECK(renew() == 30s);
    CHECK(renew() == 45min);
}

TEST_CASE("background renewal: pauses between failures until the keys at hand expire") {
    scene s;
    const auto source = std::make_shared<test::scripted_provider>();
    source->then(test::keys("AKIDUSER", s.time->now() + 1h))
        .then(error{.kind = error_kind::credentials, .code = "Down", .message = "by the test"});
    const basic_session<testing::fake_aws> by(
        source,
        {.region = "eu-west-1",
         .refresh = {.advisory = 20min},
         .outside = {s.time, std::make_shared<test::fixed_random>(),
                     std::make_shared<test::fake_environment>(),
                     std::make_shared<test::fake_files>()}},
        s.cloud);
    auto renew = by.background_renewal();
    CHECK(renew() == 40min);
    s.time->advance(45min);
    CHECK(renew() == 30s);
    s.time->advance(14min + 50s);  // callers renew for themselves by now
    CHECK(renew() == 30s);
}

TEST_CASE("refresher: fetches for sessions that are watched, and stops cleanly") {
    scene s;
    const auto hub = s.hub();
    credentials_refresher refresher;
    refresher.watch(hub);
    refresher.watch(s.hub());
    while (s.assumed() < 1) std::this_thread::yield();

    refresher.stop();
    refresher.stop();
    CHECK(s.assumed() >= 1);
}

TEST_CASE("refresher: a forked child neither has the thread nor waits for it") {
    scene s;
    const auto hub = s.hub();
    credentials_refresher refresher;
    refresher.watch(hub);
    while (s.assumed() < 1) std::this_thread::yield();

    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        refresher.stop();
        ::_exit(0);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
}

namespace {

/// Stands for a session whose transport or observer throws.
struct throwing_session {
    std::atomic<int>* renewals;
    std::function<std::optional<milliseconds>()> background_renewal() const {
        return [count = renewals]() -> std::optional<milliseconds> {
            ++*count;
#if defined(__cpp_exceptions)
            throw std::runtime_error("observer");
#else
            return {};
#endif
        };
    }
};

}  // namespace

TEST_CASE("refresher: sessions that throw neither end it nor the program") {
    std::atomic<int> renewals{0};
    credentials_refresher refresher;
    refresher.watch(throwing_session{&renewals});
    refresher.watch(throwing_session{&renewals});
    while (renewals < 2) std::this_thread::yield();
    refresher.stop();
    CHECK(renewals == 2);
}

TEST_CASE("refresher: any number of threads may watch and stop") {
    std::atomic<int> renewals{0};
    credentials_refresher refresher;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, stops = i % 2 == 0] {
            for (int n = 0; n < 50; ++n) {
                if (stops)
                    refresher.stop();
                else
                    refresher.watch(throwing_session{&renewals});
            }
        });
    for (auto& one : threads) one.join();
    refresher.watch(throwing_session{&renewals});
    const int before = renewals;
    refresher.watch(throwing_session{&renewals});
    while (renewals <= before) std::this_thread::yield();
    refresher.stop();
    CHECK(renewals > before);
}
