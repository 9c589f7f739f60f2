// SPDX-License-Identifier: MIT
#include <awsxx/credentials/staged_renewal.hpp>

#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>
#include <support/providers.hpp>

#include <functional>
#include <memory>
#include <string>
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
