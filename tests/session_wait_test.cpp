// SPDX-License-Identifier: MIT
#include <awsxx/session.hpp>

#include <awsxx/services/identitystore.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>

#include <chrono>
#include <concepts>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

using model::match;
using model::waiter_state;

constexpr model::waiter_of<identitystore::list_groups, 3> group_ready{
    "GroupReady",
    5,
    20,
    {{waiter_state::success, match::output, "ready", "Groups[].DisplayName",
      model::comparison::any_text},
     {waiter_state::failure, match::output, "broken", "Groups[].DisplayName",
      model::comparison::any_text},
     {waiter_state::retry, match::error, "ResourceNotFoundException"}}};

constexpr model::waiter_of<identitystore::list_groups, 1> store_gone{
    "StoreGone", 2, 120, {{waiter_state::success, match::error, "ResourceNotFoundException"}}};

const identitystore::list_groups listing{.identity_store_id = "d-9067"};

http::response group(const std::string& name) {
    return {.status = 200,
            .body = R"({"Groups":[{"GroupId":"1","DisplayName":")" + name + R"("}]})"};
}
http::response failure(const std::string& code) {
    return {.status = 400, .body = R"({"__type":")" + code + R"(","message":"m"})"};
}

struct scene {
    explicit scene(std::vector<testing::scripted_transport::answer> answers)
        : script(std::make_shared<testing::scripted_transport>(std::move(answers))) {}
    template <std::invocable<const http::request&, const http::exchange&> Answer>
    explicit scene(Answer answer)
        : script(std::make_shared<testing::scripted_transport>(std::move(answer))) {}

    basic_session<testing::scripted_transport> session() const {
        settings choices{.region = "eu-west-1"};
        choices.outside = {.time = time,
                           .random = std::make_shared<test::fixed_random>(),
                           .environment = std::make_shared<test::fake_environment>(),
                           .files = std::make_shared<test::fake_files>()};
        return basic_session<testing::scripted_transport>(test::keys("AKID"), choices, script);
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<testing::scripted_transport> script;
};

}  // namespace

TEST_CASE("session: a wait goes on until the waiter is content, and gives the last output") {
    const scene s({failure("ResourceNotFoundException"), group("creating"), group("ready")});

    const auto seen = s.session().try_wait(group_ready, listing, {.at_most = 5min});

    REQUIRE(seen);
    CHECK(seen->attempts == 3);
    REQUIRE(seen->output);
    REQUIRE(seen->output->groups.size() == 1);
    CHECK(seen->output->groups[0].display_name == "ready");
    CHECK_FALSE(seen->refusal);
    CHECK(s.time->sleeps() == std::vector<milliseconds>{5s, 5s});
}

TEST_CASE("session: a wait may take its operation's members in braces") {
    const scene s({group("ready")});
    CHECK(s.session().try_wait(group_ready, {.identity_store_id = "d-1"}, {.at_most = 1s}));
}

TEST_CASE("session: an error may be what is waited for") {
    const scene s({group("still there"), failure("ResourceNotFoundException")});

    const auto seen = s.session().try_wait(store_gone, listing, {.at_most = 5min});

    REQUIRE(seen);
    CHECK_FALSE(seen->output);
    CHECK(seen->refusal->code == "ResourceNotFoundException");
    CHECK(seen->attempts == 2);
}

TEST_CASE("session: a wait that never will be content fails at once") {
    const scene s({group("creating"), group("broken"), group("ready")});

    const auto seen = s.session().try_wait(group_ready, listing, {.at_most = 5min});

    REQUIRE_FALSE(seen);
    CHECK(seen.error().code == "WaiterFailed");
    CHECK(seen.error().message ==
          "GroupReady: will never be so after 2 attempts in 5 s; last: broken");
    CHECK(s.script->left() == 1);
}

TEST_CASE("session: an error that no waiter knows ends the wait and is its cause") {
    const scene s({failure("AccessDeniedException")});

    const auto seen = s.session().try_wait(group_ready, listing, {.at_most = 5min});

    REQUIRE_FALSE(seen);
    CHECK(seen.error().code == "WaiterFailed");
    CHECK(seen.error().kind == error_kind::denied);
    CHECK(seen.error().cause->code == "AccessDeniedException");
}

TEST_CASE("session: a wait without end tells what it saw last") {
    const scene s({group("creating"), group("creating"), failure("ResourceNotFoundException")});

    const auto seen = s.session().try_wait(group_ready, listing, {.at_most = 12s});

    REQUIRE_FALSE(seen);
    CHECK(seen.error().code == "WaiterTimedOut");
    CHECK(seen.error().message ==
          "GroupReady: not so after 3 attempts in 12 s; last: ResourceNotFoundException");
    CHECK(seen.error().cause->code == "ResourceNotFoundException");
    CHECK(s.time->sleeps() == std::vector<milliseconds>{5s, 7s});
}

TEST_CASE("session: delays can be set, and a wait can be stopped") {
    const scene s({group("creating"), group("creating"), group("ready")});
    CHECK(s.session().try_wait(group_ready, listing, {.at_most = 1h, .min_delay = 1min}));
    CHECK(s.time->sleeps() == std::vector<milliseconds>{1min, 1min});

    const scene stopped({group("creating"), group("ready")});
    std::stop_source stop;
    stop.request_stop();
    const auto seen =
        stopped.session().try_wait(group_ready, listing, {.at_most = 1h, .stop = stop.get_token()});
    CHECK(seen.error().code == "WaiterStopped");
    CHECK(seen.error().message == "GroupReady: not so after 1 attempt in 0 s; last: creating");
}

TEST_CASE("session: a stop ends a wait, a listing and their items in the middle of a call") {
    std::stop_source stop;
    const scene s([&](const http::request&, const http::exchange& how) {
        CHECK_FALSE(how.stop.stop_requested());
        stop.request_stop();
        CHECK(how.stop.stop_requested());
        return expected<http::response>(
            error{.kind = error_kind::cancelled, .code = "RequestCancelled"});
    });

    SECTION("a wait") {
        const auto seen =
            s.session().try_wait(group_ready, listing, {.at_most = 1h, .stop = stop.get_token()});
        CHECK(seen.error().code == "WaiterStopped");
    }
    SECTION("a listing") {
        for (const auto& page : s.session().try_pages(listing, {.stop = stop.get_token()}))
            CHECK(page.error().code == "CallCancelled");
    }
    SECTION("its items") {
        for (const auto& one : s.session().try_items(listing, {.stop = stop.get_token()}))
            CHECK(one.error().code == "CallCancelled");
    }
    CHECK(s.script->requests().size() == 1);
}

TEST_CASE("session: one can wait for anything") {
    const scene s({});
    int looks = 0;
    CHECK(s.session().try_wait_until([&] { return ++looks == 3; }, {.at_most = 1min}));
    CHECK(s.time->sleeps() == std::vector<milliseconds>{2s, 2s});
    CHECK(s.session().try_wait_until([] { return false; }, {.at_most = 0s}).error().code ==
          "WaiterTimedOut");
#if defined(__cpp_exceptions)
    CHECK_NOTHROW(s.session().wait_until([] { return true; }, {.at_most = 0s}));
    CHECK_THROWS_AS(s.session().wait(group_ready, listing, {.at_most = 0s}), aws_error);
#endif
}

TEST_CASE("session: AWS is told which calls are a waiter's, and which a listing's") {
    const auto features = [](const http::request& sent) {
        const std::string_view all = sent.headers.find("User-Agent").value_or("");
        const auto at = all.find(" m/");
        return std::string(all.substr(at, all.find(' ', at + 1) - at));
    };
    const scene s({group("ready"), group("ready"), group("ready")});
    const auto session = s.session();
    REQUIRE(session.try_wait(group_ready, listing, {.at_most = std::chrono::minutes(1)}));
    for (const auto& page : session.try_pages(listing)) REQUIRE(page);
    REQUIRE(session.try_call(listing));

    CHECK(features(s.script->requests().at(0)) == " m/B,E,e");
    CHECK(features(s.script->requests().at(1)) == " m/C,E,e");
    CHECK(features(s.script->requests().at(2)) == " m/E,e");
}
