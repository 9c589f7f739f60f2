// SPDX-License-Identifier: MIT
#include <awsxx/core/system_clock.hpp>
#include <awsxx/runtime/hedging.hpp>  // first: it must compile on its own

#include <awsxx/async.hpp>
#include <awsxx/services/identitystore.hpp>

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>
#include <support/http_server.hpp>
#include <support/providers.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

const identitystore::list_groups reading{.identity_store_id = "d-1"};
const identitystore::delete_group writing{.identity_store_id = "d-1", .group_id = "g"};

test::reply page(const std::string& token) {
    return test::answer(200, R"({"Groups":[],"NextToken":")" + token + "\"}");
}
test::reply silence() { return {"", test::reply::then::hold}; }

/// A session that sends reads again after a millisecond, unless told otherwise.
struct scene {
    explicit scene(test::http_server::handler answers, hedging how = {.after = 1ms, .share = 1})
        : server(std::move(answers)), home(test::keys("AKID"), choices(how)) {}

    settings choices(const hedging& how) const {
        settings made{.region = "eu-west-1", .endpoint_url = server.url(), .max_attempts = 1};
        made.hedging = how;
        made.outside = testing::isolated_world(std::make_shared<system_clock>());
        return made;
    }
    /// The token of the page, or the code of the error.
    std::string read(const call_options& how = {}) {
        auto got = home.async_call(loop, reading, how);
        loop.run();
        auto page = got.get();
        return page ? page->next_token.value_or("") : page.error().code;
    }

    test::http_server server;
    session home;
    event_loop loop{};
};

}  // namespace

TEST_CASE("hedging: a read that is slow is sent again, and the first answer counts") {
    std::atomic<int> asked{0};
    scene s([&](const test::received&) { return ++asked == 1 ? silence() : page("second"); });
    CHECK(s.read() == "second");
    const auto sent = s.server.requests();
    REQUIRE(sent.size() == 2);
    CHECK(sent[0].head == sent[1].head);
    CHECK(sent[0].body == sent[1].body);
    CHECK(s.server.connections() == 2);
    CHECK(s.loop.in_flight() == 0);
}

TEST_CASE("hedging: the first request may still be the one that is answered") {
    std::atomic<int> asked{0};
    scene s([&](const test::received&) {
        if (++asked > 1) return silence();
        while (asked < 2) std::this_thread::yield();
        return page("first");
    });
    CHECK(s.read() == "first");
    CHECK(s.server.connections() == 2);
}

TEST_CASE("hedging: a failure of one of both waits for the other") {
    std::atomic<int> asked{0};
    scene s([&](const test::received&) -> test::reply {
        const int number = ++asked;
        while (asked < 2) std::this_thread::yield();
        if (number == 1) return {"", test::reply::then::reset};
        return page("second");
    });
    CHECK(s.read() == "second");
}

TEST_CASE("hedging: where both fail the call does") {
    std::atomic<int> asked{0};
    scene s([&](const test::received&) -> test::reply {
        ++asked;
        while (asked < 2) std::this_thread::yield();
        return {"", test::reply::then::close};
    });
    CHECK(s.read() != "second");
    CHECK(asked == 2);
    CHECK(s.loop.in_flight() == 0);
}

TEST_CASE("hedging: an answer that has begun is waited for") {
    std::atomic<int> asked{0};
    scene s(
        [&](const test::received&) -> test::reply {
            ++asked;
            return {"HTTP/1.1 200 Told\r\nContent-Length: 2\r\n", test::reply::then::hold};
        },
        {.after = 200ms, .share = 1});
    CHECK(s.read({.at_most = 300ms}) != "");
    CHECK(asked == 1);
}

TEST_CASE("hedging: what writes is sent once, and so is what nobody wants twice") {
    std::atomic<int> asked{0};
    const auto answers = [&](const test::received&) {
        ++asked;
        return silence();
    };
    SECTION("a write") {
        scene s(answers);
        auto done = s.home.async_call(s.loop, writing, {.at_most = 60ms});
        s.loop.run();
        CHECK_FALSE(done.get());
    }
    SECTION("without the setting") {
        scene s(answers, {});
        CHECK(s.read({.at_most = 60ms}) != "");
    }
    CHECK(asked <= 1);
}

TEST_CASE("hedging: a budget keeps a service that is slow as a whole from twice the load") {
    std::atomic<int> asked{0};
    scene s(
        [&](const test::received&) {
            ++asked;
            return silence();
        },
        {.after = 1ms, .share = 0.01});
    for (int i = 0; i < 5; ++i) CHECK(s.read({.at_most = 50ms}) != "");
    CHECK(asked <= 6);
}

TEST_CASE("hedging: a call that ends early ends both") {
    std::atomic<int> asked{0};
    scene s([&](const test::received&) {
        ++asked;
        return silence();
    });
    SECTION("its time is over") { CHECK(s.read({.at_most = 100ms}) == "TimedOut"); }
    SECTION("it is stopped") {
        std::stop_source stop;
        std::thread other([&] {
            while (asked < 2) std::this_thread::yield();
            stop.request_stop();
        });
        CHECK(s.read({.stop = stop.get_token()}) == "CallCancelled");
        other.join();
    }
    SECTION("the loop ends") {
        std::optional<event_loop> loop(std::in_place);
        std::string code;
        s.home.async_call(*loop, reading, [&](auto page) { code = page.error().code; });
        while (asked < 2) loop->poll(1ms);
        loop.reset();
        CHECK(code == "LoopEnded");
    }
    CHECK(s.loop.in_flight() == 0);
}
