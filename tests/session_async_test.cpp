// SPDX-License-Identifier: MIT
#include <awsxx/async.hpp>  // first: it must compile on its own
#include <awsxx/core/system_clock.hpp>

#include <awsxx/services/identitystore.hpp>
#include <awsxx/services/sts.hpp>

#include <support/api_scene.hpp>
#include <support/catch.hpp>
#include <support/cloud_scene.hpp>
#include <support/providers.hpp>
#include <support/tasks.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

using who_output = sts::get_caller_identity_response;

http::response caller(const std::string& arn) {
    return {.status = 200,
            .body = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>" + arn +
                    "</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>"};
}
/// Come back in 700 ms.
http::response busy() {
    http::response made{.status = 503};
    made.headers.add("x-amz-retry-after", "700");
    return made;
}
http::response group_page(const std::string& name, const std::string& next = "") {
    std::string body = R"({"Groups":[{"GroupId":"1","DisplayName":")" + name + R"("}])";
    if (!next.empty()) body += R"(,"NextToken":")" + next + '"';
    return {.status = 200, .body = body + "}"};
}
const identitystore::list_groups listing{.identity_store_id = "d-9067"};

/// The scene's sessions with a loop on the same clock.
struct loop_scene : test::api_scene {
    explicit loop_scene(std::vector<http::response> answers)
        : api_scene(std::move(answers)), time(&home.time()) {}

    awsxx::clock* time;
    event_loop loop{{.time = std::shared_ptr<awsxx::clock>(std::shared_ptr<void>(), time)}};
};

/// Answers when it is told to; the work runs wherever it is let run.
class slow_provider final : public credentials_provider {
public:
    resolution resolve(instant) override { return std::make_shared<slow_renewal>(*this); }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        opened_.notify_all();
    }
    /// Returns once somebody works.
    void await_work() {
        std::unique_lock lock(mutex_);
        opened_.wait(lock, [this] { return working_; });
    }
    std::thread::id worked_on{};

private:
    class slow_renewal final : public renewal {
    public:
        explicit slow_renewal(slow_provider& of) : of_(of) {}
        step next() override { return done_ ? step::done : step::work; }
        void work() override {
            std::unique_lock lock(of_.mutex_);
            of_.working_ = true;
            of_.opened_.notify_all();
            of_.opened_.wait(lock, [this] { return of_.open_; });
            of_.worked_on = std::this_thread::get_id();
            done_ = true;
        }
        expected<credentials_snapshot> result() override {
            return std::make_shared<const credentials>(test::keys("AKSLOW"));
        }

    private:
        slow_provider& of_;
        bool done_ = false;
    };
    std::mutex mutex_{};
    std::condition_variable opened_{};
    bool open_ = false;
    bool working_ = false;
};

/// A program's own loop that is told when to come again.
struct timed_host final : io_host {
    void on_socket(int, io_interest) override {}
    void on_timer(std::optional<milliseconds> pause) override { last = pause; }
    std::optional<milliseconds> last{};
};

}  // namespace

TEST_CASE("async: a callback gets the output, and not from inside the verb") {
    loop_scene s({caller("arn:one")});
    std::string seen;

    s.home.async_call(s.loop, sts::get_caller_identity{},
                      [&](expected<who_output> who) { seen = who->arn; });

    CHECK(seen.empty());
    CHECK(s.loop.in_flight() == 1);
    s.loop.run();
    CHECK(seen == "arn:one");
    CHECK(s.loop.in_flight() == 0);
}

TEST_CASE("async: a callback may be one that only moves") {
    loop_scene s({caller("arn:one")});
    std::string seen;
    s.home.async_call(s.loop, sts::get_caller_identity{},
                      [&, own = std::make_unique<int>(7)](expected<who_output> who) {
                          seen = who->arn + std::to_string(*own);
                      });
    s.loop.run();
    CHECK(seen == "arn:one7");
}

TEST_CASE("async: a callback may begin other calls") {
    loop_scene s({caller("one"), caller("two"), caller("three")});
    std::string seen;
    s.home.async_call(s.loop, sts::get_caller_identity{}, [&](expected<who_output> first) {
        for (int i = 0; i < 2; ++i)
            s.home.async_call(s.loop, sts::get_caller_identity{},
                              [&, before = first->arn](expected<who_output> then) {
                                  seen += before + then->arn + " ";
                              });
    });
    s.loop.run();
    CHECK(seen == "onetwo onethree ");
}

TEST_CASE("async: a future has the output once the loop has run") {
    loop_scene s({caller("arn:one")});
    auto who = s.home.async_call(s.loop, sts::get_caller_identity{});
    s.loop.run();
    CHECK(who.get()->arn == "arn:one");
}

TEST_CASE("async: a failed call is retried after pauses on the loop's clock") {
    loop_scene s({busy(), busy(), caller("arn:one")});
    const auto before = s.time->steady_now();
    auto who = s.home.async_call(s.loop, sts::get_caller_identity{});
    s.loop.run();
    CHECK(who.get()->arn == "arn:one");
    CHECK(s.calls() == 3);
    CHECK(s.time->steady_now() - before >= 1400ms);
}

TEST_CASE("async: a coroutine of any type awaits calls") {
    loop_scene s({caller("one"), {.status = 403}, caller("three")});
    std::string seen;
    const auto body = [&]() -> test::task {
        const sts::get_caller_identity op;
        const auto first = co_await s.home.try_co_call(s.loop, op);
        seen += first->arn;
        const auto second = co_await s.home.try_co_call(s.loop, op);
        seen += second ? "?" : " refused ";
        seen += (co_await s.home.try_co_call(s.loop, op))->arn;
    };
    const auto running = body();
    CHECK_FALSE(running.done());
    s.loop.run();
    CHECK(running.done());
    CHECK(seen == "one refused three");
}

TEST_CASE("async: a coroutine that is destroyed ends its call") {
    loop_scene s({caller("one")});
    std::string seen;
    {
        const auto body = [&]() -> test::task {
            const sts::get_caller_identity op;
            seen = (co_await s.home.try_co_call(s.loop, op))->arn;
        };
        const auto running = body();
        CHECK(s.loop.in_flight() == 1);
    }
    CHECK(s.loop.in_flight() == 0);
    s.loop.run();
    CHECK(seen.empty());
}

#if defined(__cpp_exceptions)
TEST_CASE("async: co_call throws where try_co_call returns an error") {
    loop_scene s({{.status = 403}, caller("two")});
    std::string seen;
    const auto body = [&]() -> test::task {
        const sts::get_caller_identity op;
        try {
            co_await s.home.co_call(s.loop, op);
        } catch (const aws_error& why) {
            seen = why.code();
        }
        seen += (co_await s.home.co_call(s.loop, op)).arn;
    };
    const auto running = body();
    s.loop.run();
    CHECK(seen == "403two");
}

TEST_CASE("async: what a callback throws comes out of the loop, which can be run on") {
    loop_scene s({caller("one"), caller("two")});
    std::string seen;
    s.home.async_call(s.loop, sts::get_caller_identity{},
                      [](expected<who_output>) { throw std::runtime_error("mine"); });
    s.home.async_call(s.loop, sts::get_caller_identity{},
                      [&](expected<who_output> who) { seen = who->arn; });
    CHECK_THROWS_AS(s.loop.run(), std::runtime_error);
    s.loop.run();
    CHECK(seen == "two");
}
#endif

TEST_CASE("async: calls that need the same new keys wait for one renewal") {
    test::cloud_scene s;
    const auto session = s.base();
    const auto hub = session.try_assume_role({.role_arn = test::hub_arn});
    const auto spoke = hub->try_assume_role({.role_arn = test::spoke_arn});
    event_loop loop({.time = s.time});
    int good = 0;
    for (int i = 0; i < 10; ++i)
        spoke->async_call(loop, sts::get_caller_identity{},
                          [&](expected<who_output> who) { good += who.has_value() ? 1 : 0; });
    loop.run();
    CHECK(good == 10);
    CHECK(s.cloud->calls("AssumeRole") == 2);
}

TEST_CASE("async: while one call waits for keys from elsewhere, others go on") {
    loop_scene s({caller("fast"), caller("slow")});
    const auto source = std::make_shared<slow_provider>();
    settings choices{.region = "eu-west-1"};
    choices.outside = testing::isolated_world(std::make_shared<testing::fake_clock>());
    const test::api_scene::session slow(source, choices, s.network);
    std::string seen;
    slow.async_call(s.loop, sts::get_caller_identity{},
                    [&](expected<who_output> who) { seen += who->arn; });
    s.home.async_call(s.loop, sts::get_caller_identity{}, [&](expected<who_output> who) {
        seen += who->arn + " ";
        source->open();
    });
    s.loop.run();
    CHECK(seen == "fast slow");
    CHECK(source->worked_on != std::this_thread::get_id());
}

TEST_CASE("async: a call that waits for keys ends when its time is over, the renewal goes on") {
    loop_scene s({caller("later")});
    const auto source = std::make_shared<slow_provider>();
    settings choices{.region = "eu-west-1"};
    choices.outside = testing::isolated_world(std::make_shared<testing::fake_clock>());
    const test::api_scene::session slow(source, choices, s.network);
    event_loop loop;
    std::optional<error> why;
    SECTION("by its limit") {
        choices.outside.time = std::make_shared<system_clock>();
        const test::api_scene::session timed(source, choices, s.network);
        timed.async_call(loop, sts::get_caller_identity{},
                         [&](expected<who_output> who) {
                             why = who.error();
                             source->open();
                         },
                         {.at_most = 10ms});
        loop.run();
        CHECK(why->code == "CallTimeout");
        CHECK(why->kind == error_kind::timeout);
    }
    SECTION("by its stop token") {
        std::stop_source stop;
        slow.async_call(loop, sts::get_caller_identity{},
                        [&](expected<who_output> who) {
                            why = who.error();
                            source->open();
                        },
                        {.stop = stop.get_token()});
        loop.poll(0ms);
        std::thread([&] { stop.request_stop(); }).join();
        loop.run();
        CHECK(why->code == "CallCancelled");
        CHECK(why->kind == error_kind::cancelled);
    }
    CHECK(source->worked_on != std::thread::id());
}

TEST_CASE("async: a call that waits for keys may take the longest time there is") {
    loop_scene s({caller("later")});
    const auto source = std::make_shared<slow_provider>();
    settings choices{.region = "eu-west-1"};
    choices.outside = testing::isolated_world(std::make_shared<system_clock>());
    const test::api_scene::session slow(source, choices, s.network);
    event_loop loop;
    std::string seen;
    slow.async_call(loop, sts::get_caller_identity{},
                    [&](expected<who_output> who) { seen = who ? who->arn : who.error().code; },
                    {.at_most = milliseconds::max()});
    loop.poll(0ms);
    source->open();
    loop.run();
    CHECK(seen == "later");
}

TEST_CASE("async: a thread that waits for keys may take the longest time there is") {
    const auto source = std::make_shared<slow_provider>();
    const auto network = std::make_shared<testing::scripted_transport>();
    network->then(caller("first"));
    network->then(caller("second"));
    settings choices{.region = "eu-west-1"};
    choices.outside = testing::isolated_world(std::make_shared<system_clock>());
    const test::api_scene::session session(source, choices, network);
    std::thread first([&] { static_cast<void>(session.try_call(sts::get_caller_identity{})); });
    source->await_work();
    std::thread opener([&] {
        std::this_thread::sleep_for(20ms);
        source->open();
    });
    const auto who = session.try_call(sts::get_caller_identity{}, {.at_most = milliseconds::max()});
    opener.join();
    first.join();
    CHECK(who.has_value());
}

TEST_CASE("async: a thread that waits for keys gives up in time, too, and the renewal goes on") {
    const auto source = std::make_shared<slow_provider>();
    const auto network = std::make_shared<testing::scripted_transport>();
    network->then(caller("patient"));
    settings choices{.region = "eu-west-1"};
    choices.outside = testing::isolated_world(std::make_shared<system_clock>());
    const test::api_scene::session session(source, choices, network);
    std::string seen;
    std::thread patient([&] {
        const auto who = session.try_call(sts::get_caller_identity{});
        seen = who ? who->arn : who.error().code;
    });
    source->await_work();
    SECTION("by a limit") {
        const auto who = session.try_call(sts::get_caller_identity{}, {.at_most = 10ms});
        CHECK(who.error().code == "CallTimeout");
    }
    SECTION("by a stop token") {
        std::stop_source stop;
        std::thread other([&] { stop.request_stop(); });
        const auto who = session.try_call(sts::get_caller_identity{}, {.stop = stop.get_token()});
        other.join();
        CHECK(who.error().code == "CallCancelled");
    }
    source->open();
    patient.join();
    CHECK(seen == "patient");
}

TEST_CASE("async: a call is stopped before it began, or in a pause") {
    loop_scene s({busy(), caller("never")});
    std::stop_source stop;
    std::optional<error> why;
    const auto then = [&](expected<who_output> who) { why = who.error(); };
    SECTION("before") {
        stop.request_stop();
        s.home.async_call(s.loop, sts::get_caller_identity{}, then, {.stop = stop.get_token()});
        s.loop.run();
        CHECK(s.calls() == 0);
    }
    SECTION("in a pause") {
        event_loop loop;  // on real time: the pause lasts
        s.home.async_call(loop, sts::get_caller_identity{}, then, {.stop = stop.get_token()});
        loop.poll(0ms);
        REQUIRE(s.calls() == 1);
        stop.request_stop();
        loop.run();
        CHECK(s.calls() == 1);
        REQUIRE(why);
        CHECK(why->cause->http_status == 503);
    }
    REQUIRE(why);
    CHECK(why->code == "CallCancelled");
    CHECK(why->details->operation == "GetCallerIdentity");
}

TEST_CASE("async: pages come one after the other, then nothing") {
    loop_scene s({group_page("a", "t1"), group_page("b", "t2"), group_page("c")});
    std::string seen;
    s.home.async_pages(s.loop, listing, [&](auto page) {
        seen += page ? (*page)->groups.at(0).display_name + " " : "end";
    });
    s.loop.run();
    CHECK(seen == "a b c end");
    CHECK(s.sent(2).find("t2") != std::string::npos);
}

TEST_CASE("async: pages end where the callback says so, and with an error") {
    loop_scene s({group_page("a", "t1"), {.status = 403}});
    int pages = 0;
    SECTION("by the callback") {
        s.home.async_pages(s.loop, listing, [&](auto) { return ++pages < 1; });
        s.loop.run();
        CHECK(pages == 1);
        CHECK(s.calls() == 1);
    }
    SECTION("with an error") {
        std::string seen;
        s.home.async_pages(s.loop, listing, [&](auto page) {
            seen += !page ? "end" : *page ? "page " : "error ";
        });
        s.loop.run();
        CHECK(seen == "page error end");
    }
    SECTION("before the first") {
        std::stop_source stop;
        stop.request_stop();
        std::string seen;
        s.home.async_pages(s.loop, listing,
                           [&](auto page) { seen += page ? page->error().code : "end"; },
                           {.stop = stop.get_token()});
        CHECK(seen.empty());
        s.loop.run();
        CHECK(seen == "ListingStoppedend");
    }
    SECTION("in a call") {
        std::stop_source stop;
        std::string seen;
        s.home.async_pages(s.loop, listing,
                           [&](auto page) { seen += page ? page->error().code : "end"; },
                           {.stop = stop.get_token()});
        stop.request_stop();
        s.loop.run();
        CHECK(seen == "CallCancelledend");
    }
}

TEST_CASE("async: a coroutine awaits pages") {
    loop_scene s({group_page("a", "t1"), group_page("b")});
    std::string seen;
    const auto body = [&]() -> test::task {
        auto pages = s.home.co_pages(s.loop, listing);
        while (const auto page = co_await pages.next()) seen += (*page)->groups.at(0).display_name;
        seen += ".";
    };
    const auto running = body();
    s.loop.run();
    CHECK(running.done());
    CHECK(seen == "ab.");
}

namespace {

constexpr model::waiter_of<identitystore::list_groups, 2> group_ready{
    "GroupReady",
    5,
    20,
    {{model::waiter_state::success, model::match::output, "ready", "Groups[].DisplayName",
      model::comparison::any_text},
     {model::waiter_state::failure, model::match::output, "broken", "Groups[].DisplayName",
      model::comparison::any_text}}};

using group_waited = expected<waited<identitystore::list_groups::output>>;

}  // namespace

TEST_CASE("async: a wait goes on until the waiter is content") {
    loop_scene s({group_page("new"), group_page("new"), group_page("ready")});
    const auto before = s.time->steady_now();
    std::optional<group_waited> got;
    s.home.async_wait(s.loop, group_ready, listing, {.at_most = 5min},
                      [&](group_waited seen) { got = std::move(seen); });
    s.loop.run();
    REQUIRE(got.has_value());
    REQUIRE(*got);
    CHECK((*got)->attempts == 3);
    CHECK((*got)->output->groups.at(0).display_name == "ready");
    CHECK(s.time->steady_now() - before >= 10s);
}

TEST_CASE("async: a wait ends with an error where it never will be so, or its time is over") {
    std::optional<group_waited> got;
    const auto then = [&](group_waited seen) { got = std::move(seen); };
    SECTION("never") {
        loop_scene s({group_page("new"), group_page("broken")});
        s.home.async_wait(s.loop, group_ready, listing, {.at_most = 5min}, then);
        s.loop.run();
        CHECK(got->error().code == "WaiterFailed");
    }
    SECTION("time") {
        loop_scene s({group_page("new"), group_page("new")});
        s.home.async_wait(s.loop, group_ready, listing, {.at_most = 3s}, then);
        s.loop.run();
        CHECK(got->error().code == "WaiterTimedOut");
        CHECK(s.calls() == 2);
    }
    SECTION("stopped in a pause") {
        loop_scene s({group_page("new"), group_page("new")});
        event_loop loop;
        std::stop_source stop;
        s.home.async_wait(loop, group_ready, listing, {.at_most = 5min, .stop = stop.get_token()},
                          then);
        loop.poll(0ms);
        stop.request_stop();
        loop.run();
        CHECK(got->error().code == "WaiterStopped");
        CHECK(s.calls() == 1);
    }
    SECTION("stopped in a call") {
        loop_scene s({group_page("new")});
        std::stop_source stop;
        s.home.async_wait(s.loop, group_ready, listing, {.at_most = 5min, .stop = stop.get_token()},
                          then);
        stop.request_stop();
        s.loop.run();
        CHECK(got->error().code == "WaiterStopped");
        CHECK(s.calls() == 0);
    }
}

TEST_CASE("async: waits by future and by co_await") {
    loop_scene s({group_page("ready"), group_page("ready")});
    auto first = s.home.async_wait(s.loop, group_ready, listing, {.at_most = 5min});
    int attempts = 0;
    const auto body = [&]() -> test::task {
        const wait_options how{.at_most = 5min};
        const auto seen = co_await s.home.try_co_wait(s.loop, group_ready, listing, how);
        attempts = seen->attempts;
    };
    const auto running = body();
    s.loop.run();
    CHECK(first.get()->attempts == 1);
    CHECK(attempts == 1);
}

TEST_CASE("async: a loop that is destroyed ends what is under way") {
    loop_scene s({busy(), busy(), busy()});
    std::vector<std::string> codes;
    {
        event_loop loop;
        s.home.async_call(loop, sts::get_caller_identity{}, [&](expected<who_output> who) {
            codes.push_back(who.error().code);
            s.home.async_call(loop, sts::get_caller_identity{}, [&](expected<who_output>) {
                codes.push_back("called");  // nobody does
            });
        });
        s.home.async_wait(loop, group_ready, listing, {.at_most = 5min},
                          [&](group_waited seen) { codes.push_back(seen.error().code); });
        s.home.async_pages(loop, listing, [&](auto page) {
            if (page) codes.push_back(page->error().code);
        });
        loop.post([&] { codes.push_back("posted"); });
    }
    CHECK(codes == std::vector<std::string>{"LoopEnded", "WaiterFailed", "LoopEnded"});
}

TEST_CASE("async: functions that are posted run on the loop's thread") {
    event_loop loop;
    std::thread::id ran_on;
    std::thread([&] { loop.post([&] { ran_on = std::this_thread::get_id(); }); }).join();
    CHECK(loop.in_flight() == 1);
    loop.run();
    CHECK(ran_on == std::this_thread::get_id());
}

TEST_CASE("async: a function that posts itself does not keep the loop from all else") {
    event_loop loop;
    int ran = 0;
    std::function<void()> again = [&] {
        if (++ran < 1000) loop.post([&] { again(); });
    };
    loop.post([&] { again(); });
    loop.poll(0ms);
    CHECK(ran >= 1);
    CHECK(ran <= 3);
    loop.run();
    CHECK(ran == 1000);
}

TEST_CASE("async: what is posted keeps its order, whenever it is posted") {
    event_loop loop;
    std::vector<int> seen;
    loop.post([&] {
        for (int i = 1; i < 100; ++i) loop.post([&, i] { seen.push_back(i); });
    });
    std::thread other([&] {
        for (int i = 1000; i < 3000; ++i) loop.post([&, i] { seen.push_back(i); });
    });
    while (seen.size() < 2099) loop.poll(1ms);
    other.join();

    std::stable_partition(seen.begin(), seen.end(), [](int i) { return i < 1000; });
    CHECK(std::is_sorted(seen.begin(), seen.end()));
}

#if defined(__cpp_exceptions)
TEST_CASE("async: a function that is posted behind one that throws runs, on a host too") {
    timed_host host;
    event_loop loop({.host = &host});
    int ran = 0;
    loop.post([] { throw std::runtime_error("mine"); });
    loop.post([&] { ++ran; });
    CHECK_THROWS_AS(loop.ready(), std::runtime_error);
    CHECK(host.last == 0ms);
    loop.ready();
    CHECK(ran == 1);
}

TEST_CASE("async: what throws while a call is made fails that call") {
    struct angry final : environment {
        std::optional<std::string> get(std::string_view) const override {
            throw std::runtime_error("no");
        }
    };
    settings choices;
    choices.outside.environment = std::make_shared<angry>();
    const session home(choices);
    event_loop loop;
    std::string code;
    home.async_call(loop, sts::get_caller_identity{},
                    [&](expected<who_output> who) { code = who.error().code; });
    CHECK(code.empty());
    loop.run();
    CHECK(code == "CallbackThrew");
    CHECK(loop.in_flight() == 0);
}

TEST_CASE("async: what callbacks throw while their loop is destroyed ends there") {
    loop_scene s(std::vector<http::response>{});
    int ended = 0;
    {
        event_loop loop;
        for (int i = 0; i < 3; ++i)
            s.home.async_call(loop, sts::get_caller_identity{}, [&](expected<who_output>) {
                ++ended;
                throw std::runtime_error("mine");
            });
    }
    CHECK(ended == 3);
}

TEST_CASE("async: a host is told to come again where a callback throws") {
    loop_scene s(std::vector<http::response>{{.status = 403}, {.status = 403}});
    timed_host host;
    event_loop loop({.host = &host});
    int ended = 0;
    s.home.async_call(loop, sts::get_caller_identity{}, [&](expected<who_output>) {
        s.home.async_call(loop, sts::get_caller_identity{}, [&](expected<who_output>) { ++ended; });
        throw std::runtime_error("mine");
    });
    CHECK_THROWS_AS(loop.ready(), std::runtime_error);
    CHECK(host.last == 0ms);
    loop.ready();
    CHECK(ended == 1);
}
#endif

TEST_CASE("async: a wakeup ends the wait of poll") {
    event_loop loop;
    std::thread other([&] { loop.wakeup(); });
    CHECK_FALSE(loop.poll(60s));
    other.join();
}

TEST_CASE("async: stop makes run return with calls under way") {
    loop_scene s({caller("one"), caller("two")});
    int calls = 0;
    for (int i = 0; i < 2; ++i)
        s.home.async_call(s.loop, sts::get_caller_identity{}, [&](expected<who_output>) {
            ++calls;
            s.loop.run();  // does nothing here
            s.loop.stop();
        });
    s.loop.run();
    CHECK(calls >= 1);
    while (s.loop.in_flight() != 0) s.loop.run();
    CHECK(calls == 2);
}

TEST_CASE("async: a sink takes the body of an answer that is one, and no other") {
    loop_scene s({caller("one")});
    std::vector<char> room(100);
    http::span_sink sink(room);
    auto who = s.home.async_call(s.loop, sts::get_caller_identity{}, {.into = &sink});
    s.loop.run();
    CHECK(who.get().error().code == "NoBodyForSink");
}
