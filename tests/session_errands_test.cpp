// SPDX-License-Identifier: MIT
#include <awsxx/async_more.hpp>  // first: it must compile on its own

#include <awsxx/async.hpp>
#include <awsxx/core/work_runner.hpp>
#include <awsxx/services/s3.hpp>
#include <awsxx/services/sts.hpp>

#include <support/api_scene.hpp>
#include <support/catch.hpp>
#include <support/event_scene.hpp>
#include <support/providers.hpp>
#include <support/tasks.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

http::response ok(std::string body) { return {.status = 200, .body = std::move(body)}; }

/// The scene's sessions with a loop on the same clock.
struct loop_scene : test::api_scene {
    explicit loop_scene(std::vector<http::response> answers)
        : api_scene(std::move(answers)), time(&home.time()) {}
    awsxx::clock* time;
    event_loop loop{{.time = std::shared_ptr<awsxx::clock>(std::shared_ptr<void>(), time)}};
};

const http::request list_buckets{.target = {.path = "/"}};
const request_scope s3_scope{.service = "s3", .operation = "ListBuckets"};
const auto place = test::event("initial-response", R"({"Place":"Rome"})");
const auto end_event = test::event("End", "");
const s3::get_object object{.bucket = "b", .key = "k"};

/// Whose credentials need work that blocks.
class working_provider final : public credentials_provider {
public:
    resolution resolve(instant) override { return std::make_shared<work_to_do>(); }

private:
    class work_to_do final : public renewal {
    public:
        step next() override { return done_ ? step::done : step::work; }
        void work() override { done_ = true; }
        expected<credentials_snapshot> result() override {
            return std::make_shared<const credentials>(test::keys("AKWORK"));
        }

    private:
        bool done_ = false;
    };
};

class no_threads final : public work_runner {
public:
    bool start(callback) override { return false; }
};
#if defined(__cpp_exceptions)
class throwing_threads final : public work_runner {
public:
    bool start(callback) override { throw std::runtime_error("no thread"); }
};
#endif

}  // namespace

TEST_CASE("async: a request of the program's own is sent, by each style") {
    loop_scene s({ok("one"), ok("two"), ok("three")});
    std::string seen;
    s.home.async_send(s.loop, list_buckets, s3_scope,
                      [&](expected<http::response> got) { seen += got->body; });
    auto later = s.home.async_send(s.loop, list_buckets, s3_scope);
    s.loop.run();
    seen += later.get()->body;
    const auto wait = [&]() -> test::task {
        const auto got = co_await s.home.try_co_send(s.loop, list_buckets, s3_scope);
        seen += got->body;
    };
    const test::task waiting = wait();
    s.loop.run();

    CHECK(seen == "onetwothree");
    CHECK(s.network->requests().at(0).headers.contains("authorization"));
}

TEST_CASE("async: a request that is refused fails as its operation") {
    loop_scene s({http::response{.status = 403}});
    auto later = s.home.async_send(s.loop, list_buckets, s3_scope);
    s.loop.run();
    CHECK(later.get().error().details->operation == "ListBuckets");
}

TEST_CASE("async: a URL is signed without a call, by each style") {
    loop_scene s(std::vector<http::response>{});
    std::vector<std::string> urls;
    const auto keep = [&](expected<http::request> got) {
        urls.push_back(got ? to_string(got->target) : got.error().code);
    };
    s.home.async_presign(s.loop, object, 60s, keep);
    s.home.async_presign(s.loop, {{.target = {.path = "/b/k"}}, {.service = "s3"}, 60s}, keep);
    s.home.async_presign(s.loop, object, 0s, keep);
    auto later = s.home.async_presign(s.loop, object, 60s);
    s.loop.run();
    keep(later.get());
    const auto wait = [&]() -> test::task {
        keep(co_await s.home.try_co_presign(s.loop, object, 60s));
    };
    const test::task waiting = wait();
    s.loop.run();

    REQUIRE(urls.size() == 5);
    const std::string blocking = to_string(s.home.try_presign(object, 60s)->target);
    CHECK(urls[0] == blocking);
    CHECK(urls[1].find("X-Amz-Signature=") != std::string::npos);
    CHECK(urls[2] == s.home.try_presign(object, 0s).error().code);
    CHECK(urls[3] == blocking);
    CHECK(urls[4] == blocking);
    CHECK(s.calls() == 0);
}

TEST_CASE("async: events are heard as they come, then the output") {
    loop_scene s({ok(place + test::tick_event("a") + test::tick_event("b") + end_event)});
    std::string heard;
    std::optional<expected<test::watch_response>> output;
    s.home.async_events(
        s.loop, test::watch{},
        [&](const test::clock_events& one) { heard += one.tick ? one.tick->text : "."; },
        [&](expected<test::watch_response> got) { output = std::move(got); });
    s.loop.run();
    CHECK(heard == "ab.");
    REQUIRE(output.has_value());
    REQUIRE(*output);
    CHECK((*output)->place == "Rome");
}

TEST_CASE("async: who wants no more events has made a call that succeeded") {
    loop_scene s({ok(place + test::tick_event("a") + test::tick_event("b"))});
    auto later =
        s.home.async_events(s.loop, test::watch{}, [](const test::clock_events&) { return false; });
    s.loop.run();
    const auto got = later.get();
    REQUIRE(got);
    CHECK(got->place == "Rome");
}

TEST_CASE("async: a stream of events that ends too early fails") {
    loop_scene s({ok(test::tick_event("a"))});
    auto later = s.home.async_events(s.loop, test::watch{}, [](const test::clock_events&) {});
    s.loop.run();
    CHECK(later.get().error().code == "EventStreamUnfinished");
}

TEST_CASE("async: a coroutine takes events, and a failure behind them") {
    loop_scene s({ok(place + test::tick_event("a") + end_event), ok(test::tick_event("b"))});
    std::string heard;
    const auto take = [&]() -> test::task {
        auto events = s.home.co_events(s.loop, test::watch{});
        while (auto one = co_await events.next())
            heard += !*one ? one->error().code : (*one)->tick ? (*one)->tick->text : ".";
        heard += " " + events.output().place + " ";
    };
    const test::task first = take();
    s.loop.run();
    const test::task second = take();
    s.loop.run();
    CHECK(first.done());
    CHECK(second.done());
    CHECK(heard == "a. Rome bEventStreamUnfinished  ");
}

TEST_CASE("async: a coroutine takes a body, after an attempt that failed") {
    loop_scene s({http::response{.status = 503}, ok("bytes")});
    std::string got;
    const auto take = [&]() -> test::task {
        auto body = s.home.co_body(s.loop, object);
        while (auto piece = co_await body.next()) got += *piece ? **piece : piece->error().code;
        got += ".";
    };
    const test::task taking = take();
    s.loop.run();
    CHECK(taking.done());
    CHECK(got == "bytes.");
    CHECK(s.calls() == 2);
}

TEST_CASE("async: a loop that is destroyed ends what else is under way") {
    auto s = std::make_unique<loop_scene>(std::vector<http::response>{});
    std::vector<std::string> codes;
    const auto keep = [&](const auto& got) { codes.push_back(got.error().code); };
    auto loop = std::make_unique<event_loop>();
    s->home.async_send(*loop, list_buckets, s3_scope, keep);
    s->home.async_presign(*loop, object, 60s, keep);
    s->home.async_events(
        *loop, test::watch{}, [](const test::clock_events&) {}, keep);
    s->home.async_preconnect(*loop, object, 3, keep);
    loop.reset();
    CHECK(codes == std::vector<std::string>(4, "LoopEnded"));
}

TEST_CASE("async: where no thread can be started for a provider the call fails") {
    test::api_scene s;
    settings choices{.region = "eu-west-1", .max_attempts = 1};
    choices.outside = testing::isolated_world(std::make_shared<testing::fake_clock>());
    const test::api_scene::session home(std::make_shared<working_provider>(), choices, s.network);
    std::shared_ptr<work_runner> runner = std::make_shared<no_threads>();
#if defined(__cpp_exceptions)
    if (GENERATE(false, true)) runner = std::make_shared<throwing_threads>();
#endif
    event_loop loop({.work = runner});
    std::vector<std::string> causes;
    for (int i = 0; i < 2; ++i)
        home.async_call(loop, sts::get_caller_identity{}, [&](const auto& who) {
            REQUIRE_FALSE(who);
            causes.push_back(to_string(who.error()));
        });
    loop.run();
    REQUIRE(causes.size() == 2);
    for (const auto& one : causes) CHECK(one.find("NoThread") != std::string::npos);
    CHECK(s.calls() == 0);
}
