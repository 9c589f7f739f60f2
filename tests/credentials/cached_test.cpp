// SPDX-License-Identifier: MIT
#include <awsxx/credentials/cached.hpp>

#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

/// A cache over a scripted source, with time standing still.
struct scene {
    explicit scene(refresh_style style = refresh_style::static_stability,
                   refresh_windows windows = {})
        : source(std::make_shared<test::scripted_provider>(style)),
          cache(std::make_shared<cached_credentials>(
              source, time, std::make_shared<test::fixed_random>(), cache_options{windows, {}})) {}

    credentials lasting(std::string id, milliseconds life) const {
        return test::keys(std::move(id), time->now() + life);
    }
    std::string id() const {
        const auto keys = test::obtain(*cache, time->now());
        return keys ? (*keys)->access_key_id : keys.error().code;
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<test::scripted_provider> source;
    std::shared_ptr<cached_credentials> cache;
};

const error down{.kind = error_kind::network, .retryable = true, .code = "Down"};
const error refused{.kind = error_kind::denied, .code = "Final"};

}  // namespace

TEST_CASE("cached credentials: are fetched once while they are fresh") {
    scene s;
    s.source->then(s.lasting("A", 1h));

    CHECK(s.id() == "A");
    s.time->advance(44min);
    CHECK(s.id() == "A");

    CHECK(s.source->asked() == 1);
}

TEST_CASE("cached credentials: without expiration are never renewed") {
    scene s;
    s.source->then(test::keys("A"));
    CHECK(s.id() == "A");
    s.time->advance(24h * 365);

    CHECK(s.id() == "A");
    CHECK(s.source->asked() == 1);
}

TEST_CASE("cached credentials: one caller renews in the advisory window, the others go on") {
    scene s;
    s.source->then(s.lasting("A", 1h));
    CHECK(s.id() == "A");
    s.time->advance(46min);
    s.source->then(s.lasting("B", 1h));

    const auto first = s.cache->resolve(s.time->now());
    const auto second = s.cache->resolve(s.time->now());

    CHECK(std::holds_alternative<std::shared_ptr<renewal>>(first));
    REQUIRE(std::holds_alternative<credentials_snapshot>(second));
    CHECK((*std::get_if<credentials_snapshot>(&second))->access_key_id == "A");
}

TEST_CASE("cached credentials: whose keys have to last joins the renewal in the advisory window") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(s.lasting("B", 1h));
    CHECK(s.id() == "A");
    s.time->advance(46min);
    s.cache->spare_callers(s.time->now() + 10min);
    CHECK(s.id() == "A");

    const auto first = s.cache->resolve_ahead(s.time->now());
    REQUIRE(std::holds_alternative<std::shared_ptr<renewal>>(first));
    REQUIRE(std::get<std::shared_ptr<renewal>>(first)->claim());
    const auto second = s.cache->resolve_ahead(s.time->now());

    REQUIRE(std::holds_alternative<std::shared_ptr<renewal>>(second));
    CHECK(std::get<std::shared_ptr<renewal>>(first) == std::get<std::shared_ptr<renewal>>(second));
    CHECK(s.id() == "A");
}

TEST_CASE("cached credentials: everybody joins the one renewal in the mandatory window") {
    scene s;
    s.source->then(s.lasting("A", 1h));
    CHECK(s.id() == "A");
    s.time->advance(59min + 30s);

    const auto first = s.cache->resolve(s.time->now());
    const auto second = s.cache->resolve(s.time->now());

    REQUIRE(std::holds_alternative<std::shared_ptr<renewal>>(first));
    REQUIRE(std::holds_alternative<std::shared_ptr<renewal>>(second));
    CHECK(*std::get_if<std::shared_ptr<renewal>>(&first) ==
          *std::get_if<std::shared_ptr<renewal>>(&second));
}

TEST_CASE("cached credentials: a failure of the first fetch is passed on and tried again at once") {
    scene s;
    s.source->then(down).then(s.lasting("A", 1h));

    CHECK(s.id() == "Down");
    CHECK(s.id() == "A");
}

TEST_CASE("cached credentials: a failed refresh keeps what works and leaves the source alone") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(down);
    CHECK(s.id() == "A");
    s.time->advance(46min);

    CHECK(s.id() == "A");
    CHECK(s.source->asked() == 2);
    s.time->advance(4min + 59s);
    CHECK(s.id() == "A");
    CHECK(s.source->asked() == 2);
    s.time->advance(1s);
    CHECK(s.id() == "A");
    CHECK(s.source->asked() == 3);
}

TEST_CASE("cached credentials: static stability outlives the expiration until the back-off ends") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(down).then(down);
    CHECK(s.id() == "A");
    s.time->advance(2h);

    CHECK(s.id() == "A");
    s.source->then(test::keys("B", s.time->now() + 2h));
    s.time->advance(4min);
    CHECK(s.id() == "A");
    s.time->advance(1min);
    CHECK(s.id() == "A");  // the third answer is the second failure
    s.time->advance(5min);
    CHECK(s.id() == "B");
}

TEST_CASE("cached credentials: a strict source that fails is served while its keys are valid") {
    scene s(refresh_style::strict);
    s.source->then(s.lasting("A", 1h)).then(down);
    CHECK(s.id() == "A");
    s.time->advance(1h - 5s);
    CHECK(s.id() == "A");
    CHECK(s.source->asked() == 2);
    s.time->advance(5s);

    CHECK(s.id() == "Down");
}

TEST_CASE("cached credentials: expired or empty answers of a source count as failures") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(test::keys("old", s.time->now()));
    CHECK(s.id() == "A");
    s.time->advance(50min);
    CHECK(s.id() == "A");

    scene fresh;
    fresh.source->then(test::keys("old", fresh.time->now() - 1s)).then(credentials{});
    CHECK(fresh.id() == "ExpiredCredentials");
    CHECK(fresh.id() == "IncompleteCredentials");
}

TEST_CASE(
    "cached credentials: a source that repeats its keys is asked again and again, but rarely") {
    scene s;
    s.source->then(s.lasting("A", 1h));  // and again and again
    CHECK(s.id() == "A");
    for (int n = 0; n < 3599; ++n, s.time->advance(1s)) CHECK(s.id() == "A");

    // with 15 and 5 minutes left, and then each time that half of it has passed
    CHECK(s.source->asked() < 14);
}

TEST_CASE("cached credentials: new keys that a source has only at the last moment are in time") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(s.lasting("A", 1h)).then(s.lasting("A", 1h));
    s.source->then(s.lasting("B", 2h));
    CHECK(s.id() == "A");
    for (int n = 0; n < 3595; ++n, s.time->advance(1s)) CHECK((s.id() == "A" || s.id() == "B"));
    CHECK(s.id() == "B");
}

TEST_CASE("cached credentials: a wide window of the user's does not make each use ask again") {
    scene s(refresh_style::static_stability, {.advisory = milliseconds(50min)});
    s.source->then(s.lasting("A", 1h));
    for (int n = 0; n < 3599; ++n, s.time->advance(1s)) CHECK(s.id() == "A");
    CHECK(s.source->asked() < 20);
}

TEST_CASE("cached credentials: an observer may ask what they are") {
    const auto source = std::make_shared<test::scripted_provider>(refresh_style::static_stability);
    source->then(test::keys("A")).then(down);
    cached_credentials* asked = nullptr;
    std::string seen;
    const auto cache = std::make_shared<cached_credentials>(
        source, std::make_shared<testing::fake_clock>(), std::make_shared<test::fixed_random>(),
        cache_options{.observer = {.note =
                                       [&](channel, std::string_view) {
                                           credentials_report told;
                                           asked->explain(told);
                                           seen = told.access_key_id;
                                       },
                                   .listens_to = channel::credentials}});
    asked = cache.get();
    CHECK(test::obtain(*cache, {}).has_value());
    CHECK(seen == "A");
}

TEST_CASE("cached credentials: a final failure is raised, remembered for a moment, then retried") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(refused).then(test::keys("B"));
    CHECK(s.id() == "A");
    s.time->advance(50min);

    CHECK(s.id() == "Final");
    CHECK(s.id() == "Final");
    CHECK(s.source->asked() == 2);
    s.time->advance(1s);
    CHECK(s.id() == "B");
}

TEST_CASE("cached credentials: keys that AWS refused are renewed, others are left alone") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(s.lasting("B", 1h));
    CHECK(s.id() == "A");

    CHECK(s.cache->invalidate(test::keys("other"), s.time->now()));
    CHECK(s.id() == "A");
    CHECK(s.cache->invalidate(test::keys("A"), s.time->now()));
    CHECK(s.id() == "B");
}

TEST_CASE("cached credentials: an invalidation does not end a back-off") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(down);
    CHECK(s.id() == "A");
    s.time->advance(50min);
    CHECK(s.id() == "A");

    CHECK_FALSE(s.cache->invalidate(test::keys("A"), s.time->now()));

    CHECK(s.id() == "A");
    CHECK(s.source->asked() == 2);
}

TEST_CASE("cached credentials: a back-off that began while the clock was ahead ends with that") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(down).then(s.lasting("B", 1h));
    CHECK(s.id() == "A");
    s.time->advance(24h * 365);
    CHECK(s.id() == "A");
    s.time->advance(-24h * 365);
    CHECK(s.id() == "A");
    credentials_report told;
    s.cache->explain(told);
    CHECK_FALSE(told.left_alone_until);

    s.time->advance(50min);

    CHECK(s.id() == "B");
}

TEST_CASE("cached credentials: keys that are refused after the clock was set back are renewed") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(down).then(s.lasting("B", 1h));
    const auto old = s.lasting("A", 1h);
    CHECK(s.id() == "A");
    s.time->advance(24h * 365);
    CHECK(s.id() == "A");
    s.time->advance(-24h * 365);

    CHECK(s.cache->invalidate(old, s.time->now()));
    CHECK(s.id() == "B");
}

TEST_CASE("cached credentials: a final failure of a clock that was ahead is not repeated") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(refused).then(s.lasting("B", 3h));
    CHECK(s.id() == "A");
    s.time->advance(24h * 365);
    CHECK(s.id() == "Final");
    s.time->advance(-24h * 365 + 50min);

    CHECK(s.id() == "B");
}

TEST_CASE("cached credentials: a window of the user's replaces the table's") {
    scene s(refresh_style::static_stability, {.advisory = milliseconds(5s)});
    s.source->then(s.lasting("A", 1h)).then(s.lasting("B", 2h));
    CHECK(s.id() == "A");
    s.time->advance(1h - 6s);
    CHECK(s.id() == "A");
    s.time->advance(1s);
    CHECK(s.id() == "B");
}

TEST_CASE("cached credentials: a renewal that is given up is taken over by the next caller") {
    scene s;
    s.source->then(s.lasting("A", 1h));
    auto said = s.cache->resolve(s.time->now());
    renewal& fetch = **std::get_if<std::shared_ptr<renewal>>(&said);
    REQUIRE(fetch.claim());
    REQUIRE(fetch.next() == renewal::step::work);

    fetch.abandon();

    CHECK(s.id() == "A");
}

TEST_CASE("cached credentials: after a renewal was given up the next caller renews, one only") {
    scene s;
    s.source->then(s.lasting("A", 1h)).then(s.lasting("B", 2h));
    CHECK(s.id() == "A");
    s.time->advance(46min);
    const auto given_up = s.cache->resolve(s.time->now());
    renewal& fetch = **std::get_if<std::shared_ptr<renewal>>(&given_up);
    REQUIRE(fetch.claim());
    REQUIRE(fetch.next() == renewal::step::work);
    CHECK(s.id() == "A");

    fetch.abandon();

    const auto next = s.cache->resolve(s.time->now());
    CHECK(std::holds_alternative<credentials_snapshot>(s.cache->resolve(s.time->now())));
    REQUIRE(std::holds_alternative<std::shared_ptr<renewal>>(next));
    renewal& again = **std::get_if<std::shared_ptr<renewal>>(&next);
    REQUIRE(again.claim());
    while (again.next() == renewal::step::work) again.acting().work();
    CHECK((*again.result())->access_key_id == "B");
    CHECK(s.id() == "B");
}

TEST_CASE("cached credentials: 256 threads cause one fetch") {
    scene s;
    s.source->then(s.lasting("A", 1h));
    std::atomic<int> good{0};
    std::vector<std::thread> threads;

    for (int i = 0; i < 256; ++i)
        threads.emplace_back([&] {
            for (int call = 0; call < 20; ++call)
                if (s.id() == "A") ++good;
        });
    for (auto& thread : threads) thread.join();

    CHECK(good == 256 * 20);
    CHECK(s.source->asked() == 1);
}

TEST_CASE("cached credentials: a window wider than the lifetime does not make each use renew") {
    scene s(refresh_style::static_stability, {.advisory = milliseconds(24h), .mandatory = {24h}});
    for (int n = 0; n < 60; ++n, s.time->advance(1min)) {
        s.source->then(s.lasting("A" + std::to_string(n), 1h));
        CHECK(s.id().starts_with("A"));
    }
    CHECK(s.source->asked() < 10);
}

TEST_CASE("cached credentials: a negative window does not let keys outlive their end") {
    scene s(refresh_style::static_stability, {.advisory = -milliseconds(10min)});
    s.source->then(s.lasting("A", 1h)).then(s.lasting("B", 2h));
    CHECK(s.id() == "A");
    s.time->advance(1h);
    CHECK(s.id() == "B");
}
