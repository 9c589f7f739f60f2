// SPDX-License-Identifier: MIT
#include <awsxx/core/system_clock.hpp>
#include <awsxx/warm_verbs.hpp>  // first: it must compile on its own

#include <awsxx/async.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/api_scene.hpp>
#include <support/catch.hpp>
#include <support/http_server.hpp>
#include <support/providers.hpp>
#include <support/tasks.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

using namespace awsxx;

namespace {

const sts::get_caller_identity who_am_i;

test::reply caller() {
    return test::answer(200,
                        "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>a</Arn>"
                        "</GetCallerIdentityResult></GetCallerIdentityResponse>");
}

session session_at(const std::string& url, const std::string& ca_file = "") {
    settings choices{.region = "eu-west-1", .endpoint_url = url, .max_attempts = 1};
    if (!ca_file.empty()) choices.ca_bundle = ca_file;
    choices.outside = testing::isolated_world(std::make_shared<system_clock>());
    return session(test::keys("AKID"), choices);
}

/// Answers nobody before so many have asked.
struct crowd {
    explicit crowd(int wanted) : most(wanted) {}
    test::reply operator()(const test::received&) {
        for (++here; here < most;) std::this_thread::yield();
        return caller();
    }
    int most;
    std::atomic<int> here{0};
};

}  // namespace

TEST_CASE("preconnect: as many connections stand as were wanted, with TLS and without a request") {
    const test::tls_identity identity;
    crowd all(4);
    test::http_server server([&](const test::received& what) { return all(what); },
                             {.tls = true, .identity = &identity});
    const session home = session_at(server.url(), identity.ca_file());

    const auto ready = home.try_preconnect(who_am_i, 4);

    REQUIRE(ready);
    CHECK(ready->standing == 4);
    CHECK(ready->made == 4);
    CHECK_FALSE(ready->failure);
    CHECK(server.requests().empty());
    std::vector<std::thread> callers;
    std::atomic<int> good{0};
    for (int i = 0; i < 4; ++i)
        callers.emplace_back([&] { good += home.try_call(who_am_i).has_value() ? 1 : 0; });
    for (auto& one : callers) one.join();
    CHECK(good == 4);
    CHECK(server.connections() == 4);
}

TEST_CASE("preconnect: connections that are idle count") {
    test::http_server server([](const test::received&) { return caller(); });
    const session home = session_at(server.url());
    REQUIRE(home.try_call(who_am_i));

    const auto ready = home.try_preconnect(who_am_i, 3);

    REQUIRE(ready);
    CHECK(ready->standing == 3);
    CHECK(ready->made == 2);
    CHECK(server.connections() == 3);
    CHECK(home.try_preconnect(who_am_i, 3)->made == 0);
}

TEST_CASE("preconnect: where no connection stands it fails, as the operation") {
    std::string url;
    {
        const test::http_server gone([](const test::received&) { return caller(); });
        url = gone.url();
    }
    const auto ready = session_at(url).try_preconnect(who_am_i, 2);
    REQUIRE_FALSE(ready);
    CHECK(ready.error().code == "ConnectionFailed");
    CHECK(ready.error().details->operation == "GetCallerIdentity");

    event_loop loop;
    auto later = session_at(url).async_preconnect(loop, who_am_i, 2);
    loop.run();
    CHECK(later.get().error().code == "ConnectionFailed");
}

TEST_CASE("preconnect: it is stopped, blocking or on a loop") {
    test::http_server server([](const test::received&) { return caller(); });
    std::stop_source source;
    source.request_stop();
    const call_options how{.stop = source.get_token()};
    const auto ready = session_at(server.url()).try_preconnect(who_am_i, 2, how);
    REQUIRE_FALSE(ready);
    CHECK(ready.error().kind == error_kind::cancelled);
}

TEST_CASE("preconnect: on a loop its calls find the connections") {
    const test::tls_identity identity;
    crowd all(5);
    test::http_server server([&](const test::received& what) { return all(what); },
                             {.tls = true, .identity = &identity});
    const session home = session_at(server.url(), identity.ca_file());
    event_loop loop;
    std::optional<connections> ready;
    int good = 0;

    home.async_preconnect(loop, who_am_i, 5, [&](expected<connections> got) {
        REQUIRE(got);
        ready = *std::move(got);
        CHECK(server.requests().empty());
        for (int i = 0; i < 5; ++i)
            home.async_call(loop, who_am_i, [&](const auto& who) { good += who ? 1 : 0; });
    });
    loop.run();

    REQUIRE(ready);
    CHECK(ready->standing == 5);
    CHECK(ready->made == 5);
    CHECK(good == 5);
    CHECK(server.connections() == 5);
}

TEST_CASE("preconnect: a coroutine awaits it") {
    test::http_server server([](const test::received&) { return caller(); });
    const session home = session_at(server.url());
    event_loop loop;
    int standing = 0;
    const auto wait = [](const session& as, event_loop& on, int& found) -> test::task {
        const auto ready = co_await as.try_co_preconnect(on, who_am_i, 2);
        found = ready ? ready->standing : -1;
    };
    const test::task waiting = wait(home, loop, standing);
    loop.run();
    CHECK(standing == 2);
}

TEST_CASE("preconnect: a transport without connections makes none") {
    const test::api_scene s;
    const auto ready = s.home.try_preconnect(who_am_i, 2);
    REQUIRE(ready);
    CHECK(ready->standing == 0);
    CHECK(s.calls() == 0);
}
