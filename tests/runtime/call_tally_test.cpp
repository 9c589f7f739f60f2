// SPDX-License-Identifier: MIT
#include <awsxx/runtime/call_tally.hpp>  // first: it must compile on its own

#include <awsxx/async.hpp>
#include <awsxx/services/sts.hpp>

#include <support/catch.hpp>
#include <support/paced_scene.hpp>

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

/// What was reported, with copies of its texts.
struct reported {
    std::string what{};
    std::string failure{};
    attempt_report figures{};
};

struct scene : test::paced_scene {
    awsxx::observer listener() {
        return {.attempt = [this](const attempt_report& one) {
            seen.push_back({std::string(one.service) + "." + std::string(one.operation) + " at " +
                                std::string(one.host),
                            one.failure != nullptr ? one.failure->code : "", one});
        }};
    }
    std::vector<reported> seen{};
};

/// Needs 40 ms for keys, each time.
class slow_keys final : public credentials_provider {
public:
    explicit slow_keys(std::shared_ptr<awsxx::clock> time) : time_(std::move(time)) {}
    resolution resolve(instant) override {
        time_->sleep(40ms);
        return std::make_shared<const credentials>(test::keys("AKID"));
    }

private:
    std::shared_ptr<awsxx::clock> time_;
};

}  // namespace

TEST_CASE("call tally: each attempt is reported with its number, status and host") {
    scene s;
    s.answers->push_back(test::failing());
    const auto home = s.make({.observer = s.listener()});

    REQUIRE(home.try_call(sts::get_caller_identity{}));

    REQUIRE(s.seen.size() == 2);
    CHECK(s.seen[0].what == "STS.GetCallerIdentity at sts.eu-west-1.amazonaws.com");
    CHECK(s.seen[0].figures.number == 1);
    CHECK(s.seen[0].figures.status == 503);
    CHECK(s.seen[0].failure.empty());
    CHECK(s.seen[1].figures.number == 2);
    CHECK(s.seen[1].figures.status == 200);
}

TEST_CASE("call tally: an attempt without an answer is reported with the reason") {
    scene s;
    settings choices{.region = "eu-west-1", .max_attempts = 1, .observer = s.listener()};
    choices.outside = testing::isolated_world(s.time);
    const auto network = std::make_shared<testing::scripted_transport>();
    network->then(error{.kind = error_kind::network, .code = "ConnectionFailed"});
    const test::paced_scene::session home(test::keys("AKID"), choices, network);

    REQUIRE_FALSE(home.try_call(sts::get_caller_identity{}));

    REQUIRE(s.seen.size() == 1);
    CHECK(s.seen[0].figures.status == 0);
    CHECK(s.seen[0].failure == "ConnectionFailed");
}

TEST_CASE("call tally: waits for a limiter's token and for credentials are told apart") {
    scene s;
    settings choices{.region = "eu-west-1",
                     .limiter = s.limit({.rate = 1, .burst = 1}),
                     .observer = s.listener()};
    choices.outside = testing::isolated_world(s.time);
    const test::paced_scene::session home(std::make_shared<slow_keys>(s.time), choices, s.network);

    REQUIRE(home.try_call(sts::get_caller_identity{}));
    REQUIRE(home.try_call(sts::get_caller_identity{}));

    REQUIRE(s.seen.size() == 2);
    CHECK(s.seen[0].figures.waited_for_turn == 0ms);
    CHECK(s.seen[0].figures.waited_for_credentials >= 40ms);
    CHECK(s.seen[1].figures.waited_for_turn > 500ms);
    CHECK(s.seen[1].figures.waited_for_turn <= 1000ms);
}

TEST_CASE("call tally: an observer of other channels gets no report") {
    scene s;
    std::string lines;
    const auto home =
        s.make({.observer = {.note = [&](channel, std::string_view line) { lines += line; },
                             .listens_to = channel::retry}});
    REQUIRE(home.try_call(sts::get_caller_identity{}));
    CHECK(lines.empty());
}
