// SPDX-License-Identifier: MIT
// Calls whose time is short while credentials are renewed.
#include <awsxx/async.hpp>
#include <awsxx/session.hpp>

#include <awsxx/core/work_runner.hpp>
#include <awsxx/credentials/cached.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>
#include <support/slow_provider.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

struct scene {
    scene() {
        settings choices{.region = "eu-west-1"};
        choices.outside = testing::isolated_world(time);
        choices.outside.random = std::make_shared<test::fixed_random>();
        session.emplace(source, std::move(choices), network);
    }

    /// The key that a call is signed with, or why there is no call.
    std::string call(const call_options& how = {}) {
        const auto who = session->try_call(sts::get_caller_identity{}, how);
        return who ? signer() : who.error().code;
    }
    /// The same on the loop.
    std::string async_call(const call_options& how = {}) {
        std::string ended = "not yet";
        session->async_call(
            loop, sts::get_caller_identity{},
            [&](const auto& who) {
                ended = who ? signer() : who.error().code;
                ended_at = time->now();
            },
            how);
        loop.run();
        return ended;
    }
    std::string signer() const {
        const http::request last = network->requests().back();
        const std::string proof(last.headers.find("Authorization").value_or("="));
        const auto begin = proof.find('=') + 1;
        return proof.substr(begin, proof.find('/', begin) - begin);
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<test::slow_provider> source =
        std::make_shared<test::slow_provider>(time, 400ms);
    std::shared_ptr<testing::scripted_transport> network =
        std::make_shared<testing::scripted_transport>(
            [](const http::request&, const http::exchange&) {
                return http::response{
                    .status = 200,
                    .body =
                        "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>me</Arn>"
                        "</GetCallerIdentityResult></GetCallerIdentityResponse>"};
            });
    std::optional<basic_session<testing::scripted_transport>> session{};
    event_loop loop{{.time = time}};
    instant ended_at{};
};

const call_options brief{.at_most = 300ms};

/// A role's keys, for which those of its caller are asked for first.
class role_of final : public credentials_provider {
public:
    role_of(std::shared_ptr<credentials_provider> caller, std::shared_ptr<awsxx::clock> time)
        : caller_(std::move(caller)), time_(std::move(time)) {}
    resolution resolve(instant) override { return std::make_shared<fetch>(*this); }

private:
    class fetch final : public staged_renewal {
    public:
        explicit fetch(const role_of& of) : of_(&of) {}

    private:
        void begin() override {
            then_obtain(of_->caller_, of_->time_, [this](const auto& keys) {
                if (!keys) return finish(keys);
                finish(std::make_shared<const credentials>(
                    test::keys("ROLE-OF-" + (*keys)->access_key_id)));
            });
        }
        const role_of* of_;
    };

    std::shared_ptr<credentials_provider> caller_;
    std::shared_ptr<awsxx::clock> time_;
};

class no_threads final : public work_runner {
public:
    bool start(callback) override { return false; }
};

/// A role whose caller's keys somebody else is about to renew.
struct role_scene : scene {
    role_scene() {
        settings choices{.region = "eu-west-1"};
        choices.outside = testing::isolated_world(time);
        session.emplace(std::make_shared<role_of>(caller, time), std::move(choices), network);
        base->then(test::keys("BASE"));
        const auto said = caller->resolve(time->now());
        theirs = *std::get_if<std::shared_ptr<renewal>>(&said);
        CHECK(theirs->claim());
    }
    void finish_theirs() const {
        while (theirs->next() == renewal::step::work) theirs->acting().work();
        CHECK(theirs->result());
    }

    std::shared_ptr<test::scripted_provider> base = std::make_shared<test::scripted_provider>();
    std::shared_ptr<cached_credentials> caller =
        std::make_shared<cached_credentials>(base, time, std::make_shared<test::fixed_random>());
    std::shared_ptr<renewal> theirs{};
};

}  // namespace

TEST_CASE("patience: a call without the time for a renewal is made with the keys at hand") {
    scene s;
    REQUIRE(s.call() == "FIRST");
    s.time->advance(50min);
    const instant before = s.time->now();

    CHECK(s.call(brief) == "FIRST");

    CHECK(s.time->now() - before == 150ms);  // the rest was for the call
    CHECK(s.source->asked == 2);
}

TEST_CASE("patience: a source that was too slow is left alone, then asked again") {
    scene s;
    REQUIRE(s.call() == "FIRST");
    s.time->advance(50min);
    REQUIRE(s.call(brief) == "FIRST");

    for (int i = 0; i < 3; ++i) CHECK(s.call(brief) == "FIRST");
    CHECK(s.source->asked == 2);
    s.time->advance(6min);
    CHECK(s.call() == "SECOND");
}

TEST_CASE("patience: a call that has the time renews") {
    scene s;
    REQUIRE(s.call() == "FIRST");
    s.time->advance(50min);
    CHECK(s.call({.at_most = 2s}) == "SECOND");
}

TEST_CASE("patience: where the keys at hand are too old a call has all its time for the renewal") {
    scene s;
    REQUIRE(s.call() == "FIRST");
    s.time->advance(59min + 30s);
    CHECK(s.call({.at_most = 500ms}) == "SECOND");
}

TEST_CASE(
    "patience: without keys at hand a call that is too short fails, and the next one renews") {
    scene s;
    REQUIRE(s.call() == "FIRST");
    s.time->advance(2h);
    CHECK(s.call(brief) == "CallTimeout");
    CHECK(s.call() == "SECOND");
}

TEST_CASE("patience: on a loop the call goes on with the keys at hand, and the renewal as well") {
    scene s;
    REQUIRE(s.async_call() == "FIRST");
    s.time->advance(50min);
    const instant before = s.time->now();

    CHECK(s.async_call(brief) == "FIRST");

    CHECK(s.ended_at - before == 150ms);
    CHECK(s.time->now() - before == 400ms);
    CHECK(s.call() == "SECOND");
    CHECK(s.source->asked == 2);
}

TEST_CASE("patience: on a loop keys that are too old are waited for to the end") {
    scene s;
    REQUIRE(s.async_call() == "FIRST");
    s.time->advance(2h);
    CHECK(s.async_call(brief) == "CallTimeout");
    CHECK(s.async_call() == "SECOND");
}

TEST_CASE("patience: a renewal that waits for somebody else's ends with the call's time") {
    role_scene s;
    CHECK(s.call({.at_most = 2ms}) == "CallTimeout");
    s.finish_theirs();
    CHECK(s.call() == "ROLE-OF-BASE");
    CHECK(s.base->asked() == 1);
}

TEST_CASE("patience: on a loop a renewal that waits for somebody else's needs no thread") {
    role_scene s;
    event_loop loop{{.work = std::make_shared<no_threads>()}};
    std::string ended;
    s.session->async_call(loop, sts::get_caller_identity{},
                          [&](const auto& who) { ended = who ? s.signer() : who.error().code; });
    loop.poll(0ms);
    CHECK(ended.empty());

    s.finish_theirs();
    loop.run();

    CHECK(ended == "ROLE-OF-BASE");
}

TEST_CASE("patience: on a loop a turn that is given back is taken over by who waited for it") {
    role_scene s;
    event_loop loop{{}};
    std::string ended;
    s.session->async_call(loop, sts::get_caller_identity{},
                          [&](const auto& who) { ended = who ? s.signer() : who.error().code; });
    loop.poll(0ms);

    s.theirs->abandon();
    loop.run();

    CHECK(ended == "ROLE-OF-BASE");
}

TEST_CASE("patience: a loop that is destroyed does not wait for somebody else's renewal") {
    role_scene s;
    std::string ended;
    {
        event_loop loop{{}};
        s.session->async_call(loop, sts::get_caller_identity{},
                              [&](const auto& who) { ended = who.error().code; });
        loop.poll(0ms);
    }
    CHECK(ended == "LoopEnded");

    s.finish_theirs();
    CHECK(s.call() == "ROLE-OF-BASE");
}
