// SPDX-License-Identifier: MIT
#include <awsxx/credentials/staged_renewal.hpp>

#include <awsxx/credentials/cached.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/obtain.hpp>
#include <support/providers.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

using namespace awsxx;

namespace {

/// Its stages are a function of the test's.
class staged final : public staged_renewal {
public:
    using script = std::function<void(staged&)>;
    explicit staged(script first) : first_(std::move(first)) {}

    using staged_renewal::finish;
    using staged_renewal::then_obtain;
    using staged_renewal::then_send;
    using staged_renewal::then_wait;
    using staged_renewal::then_work;

private:
    void begin() override { first_(*this); }
    script first_;
};

expected<credentials_snapshot> keys(const std::string& id) {
    return std::make_shared<const credentials>(test::keys(id));
}

/// Carries it out in a made-up world.
expected<credentials_snapshot> outcome(staged::script script, test::made_up_world& world) {
    staged renewal(std::move(script));
    return runtime::carry_out(renewal, *world.time, world.network);
}
expected<credentials_snapshot> outcome(staged::script script) {
    test::made_up_world world;
    return outcome(std::move(script), world);
}

}  // namespace

TEST_CASE("staged renewal: may be done at once") {
    CHECK((*outcome([](staged& s) { s.finish(keys("AKID")); }))->access_key_id == "AKID");
}

TEST_CASE("staged renewal: stages follow each other, whatever they need") {
    test::made_up_world world;
    world.network.then(http::response{.status = 200, .body = "AKID"});
    const auto got = outcome(
        [](staged& s) {
            s.then_work([&s] {
                s.then_wait(milliseconds(70), [&s] {
                    s.then_send({.method = "GET", .target = {.host = "example.com"}}, {},
                                [&s](auto answer) { s.finish(keys(answer->body)); });
                });
            });
        },
        world);
    REQUIRE(got);
    CHECK((*got)->access_key_id == "AKID");
    CHECK(world.time->sleeps() == std::vector<milliseconds>{milliseconds(70)});
}

TEST_CASE("staged renewal: another provider's credentials come in between") {
    const auto other = std::make_shared<test::scripted_provider>();
    other->then(test::keys("OTHER"));
    const auto got = outcome([&](staged& s) {
        s.then_obtain(
            other, std::make_shared<testing::fake_clock>(),
            [&s](expected<credentials_snapshot> theirs) {
                s.then_work([&s, id = (*theirs)->access_key_id] { s.finish(keys(id + "+")); });
            });
    });
    CHECK((*got)->access_key_id == "OTHER+");
}

TEST_CASE("staged renewal: a stage that says nothing ends it as a failure") {
    CHECK(outcome([](staged&) {}).error().code == "NotFetched");
    CHECK(outcome([](staged& s) { s.then_work([] {}); }).error().code == "NotFetched");
}

TEST_CASE("staged renewal: begins once, and not before it is asked") {
    int begun = 0;
    staged renewal([&](staged& s) {
        ++begun;
        s.finish(keys("AKID"));
    });
    CHECK(begun == 0);
    CHECK(renewal.next() == renewal::step::done);
    CHECK(renewal.next() == renewal::step::done);
    CHECK(begun == 1);
}

TEST_CASE("staged renewal: given up, it gives back the turn at whatever it waits for") {
    const auto time = std::make_shared<testing::fake_clock>();
    const auto other = std::make_shared<test::scripted_provider>();
    other->then(test::keys("OTHER"));
    const auto kept =
        std::make_shared<cached_credentials>(other, time, std::make_shared<test::fixed_random>());
    const auto asks = [&](staged& s) {
        s.then_obtain(kept, time, [&s](const auto& theirs) { s.finish(theirs); });
    };
    staged given_up(asks);
    REQUIRE(given_up.claim());
    REQUIRE(given_up.next() == renewal::step::work);

    SECTION("by word") { given_up.abandon(); }
    SECTION("by being dropped") {
        std::optional<staged> dropped(std::in_place, asks);
        given_up.abandon();
        REQUIRE(dropped->next() == renewal::step::work);
        dropped.reset();
    }

    auto said = kept->resolve(time->now());
    CHECK((*std::get_if<std::shared_ptr<renewal>>(&said))->claim());
}

#if defined(__cpp_exceptions)
TEST_CASE("staged renewal: an observer that throws once leaves nobody waiting") {
    test::made_up_world world;
    const auto other = std::make_shared<test::scripted_provider>();
    other->then(test::keys("OTHER"));
    int told = 0;
    const auto kept = std::make_shared<cached_credentials>(
        other, world.time, std::make_shared<test::fixed_random>(),
        cache_options{.observer = {.note =
                                       [&told](channel, std::string_view) {
                                           if (++told == 1) throw std::runtime_error("observer");
                                       },
                                   .listens_to = channel::credentials}});
    auto waiting = kept->resolve(world.time->now());  // as of a thread that came earlier
    staged asking([&](staged& s) {
        s.then_obtain(kept, world.time, [&s](const auto& theirs) { s.finish(theirs); });
    });

    CHECK_THROWS(runtime::carry_out(asking, *world.time, world.network));

    renewal& theirs = **std::get_if<std::shared_ptr<renewal>>(&waiting);
    CHECK((*runtime::carry_out(theirs, *world.time, world.network))->access_key_id == "OTHER");
}
#endif
