// SPDX-License-Identifier: MIT
#include <awsxx/session.hpp>

#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/event_scene.hpp>
#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>

#include <memory>
#include <string>
#include <utility>

using namespace awsxx;

namespace {

struct scene {
    http::response answer(std::string body) const {
        return {.status = 200, .body = std::move(body)};
    }
    auto session() const {
        settings choices{.region = "eu-west-1",
                         .outside = {std::make_shared<testing::fake_clock>(),
                                     std::make_shared<test::fixed_random>(),
                                     std::make_shared<test::fake_environment>(),
                                     std::make_shared<test::fake_files>()}};
        return basic_session<testing::scripted_transport>(test::keys("AKID"), choices, network);
    }
    std::shared_ptr<testing::scripted_transport> network =
        std::make_shared<testing::scripted_transport>();
    std::string heard{};
};

const auto place = test::event("initial-response", R"({"Place":"Rome"})");

}  // namespace

TEST_CASE("session: a stream of events without its last one fails, as the operation's failure") {
    scene s;
    s.network->then(s.answer(test::tick_event("a")));

    const auto done =
        s.session().try_events(test::watch{}, [&](const test::clock_events&) { s.heard += "e"; });

    REQUIRE_FALSE(done);
    CHECK(to_string(done.error()).starts_with("Clock Watch: EventStreamUnfinished"));
    CHECK(done.error().details->attempts == 1);
    CHECK(s.heard == "e");
}

TEST_CASE("session: a stream that broke before its first event is asked for again") {
    scene s;
    s.network->then(s.answer(place));
    s.network->then(s.answer(test::tick_event("a") + test::event("End", "")));

    const auto done =
        s.session().try_events(test::watch{}, [&](const test::clock_events&) { s.heard += "e"; });

    REQUIRE(done);
    CHECK(done->place.empty());  // that of the first attempt is forgotten
    CHECK(s.heard == "ee");
}

TEST_CASE("session: a program that wants no more events has made a call that succeeded") {
    scene s;
    s.network->then(s.answer(place + test::tick_event("a") + test::tick_event("b")));

    const auto done = s.session().try_events(test::watch{}, [&](const test::clock_events&) {
        s.heard += "e";
        return false;
    });

    REQUIRE(done);
    CHECK(done->place == "Rome");
    CHECK(s.heard == "e");
    CHECK(s.network->requests().size() == 1);
}
