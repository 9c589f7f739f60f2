// SPDX-License-Identifier: MIT
#include <awsxx/core/system_clock.hpp>
#include <awsxx/http/body_pause.hpp>  // first: it must compile on its own

#include <awsxx/async.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/services/s3.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>
#include <support/http_server.hpp>
#include <support/providers.hpp>
#include <support/sanitized.hpp>
#include <support/tasks.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <malloc.h>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

const s3::get_object object{.bucket = "b", .key = "k"};

std::string large(std::size_t size) {
    std::string made(size, 'x');
    for (std::size_t i = 0; i < size; i += 1000) made[i] = static_cast<char>('a' + i / 1000 % 26);
    return made;
}

/// Objects for GET, and who the caller is for POST.
test::reply serve(const test::received& what, const std::string& content) {
    if (what.head.starts_with("GET")) return test::answer(200, content);
    if (what.head.starts_with("PUT")) return test::answer(200, "", "ETag: \"e\"\r\n");
    return test::answer(200,
                        "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>a</Arn>"
                        "</GetCallerIdentityResult></GetCallerIdentityResponse>");
}

session session_with(const test::http_server& server, http::limits limits = {}) {
    settings choices{
        .region = "eu-west-1", .endpoint_url = server.url(), .max_attempts = 1, .limits = limits};
    choices.outside = testing::isolated_world(std::make_shared<system_clock>());
    return session(test::keys("AKID"), choices);
}

/// Takes one piece, then none until it is let go on; and so on.
class shy_sink final : public http::body_sink {
public:
    /// Called with each pause, on the thread that sends.
    explicit shy_sink(std::function<void(http::resumption)> held) : held_(std::move(held)) {}

    bool ready(http::body_pause& here) override {
        if (std::exchange(full_, false)) {
            ++pauses;
            held_(here.later());
            return false;
        }
        return true;
    }
    expected<void> write(std::string_view piece) override {
        if (text.size() + piece.size() > most)
            return error{.kind = error_kind::too_large, .code = "Enough"};
        text += piece;
        full_ = true;
        return {};
    }
    bool restart() override { return false; }

    std::string text{};
    std::size_t most = ~std::size_t{};
    int pauses = 0;

private:
    std::function<void(http::resumption)> held_;
    bool full_ = false;
};

/// Has one piece, then nothing until it is let go on; and so on.
class shy_source final : public http::body_source {
public:
    shy_source(std::string all, std::function<void(http::resumption)> held)
        : all_(std::move(all)), held_(std::move(held)) {}

    bool ready(http::body_pause& here) override {
        if (std::exchange(empty_, false)) {
            ++pauses;
            held_(here.later());
            return false;
        }
        return true;
    }
    expected<std::size_t> read(std::span<char> room) override {
        const std::size_t count = std::min({room.size(), all_.size() - at_, std::size_t{5000}});
        std::copy_n(all_.begin() + static_cast<std::ptrdiff_t>(at_), count, room.begin());
        at_ += count;
        empty_ = true;
        return count;
    }
    bool rewind() override {
        at_ = 0;
        empty_ = false;
        return true;
    }
    int pauses = 0;

private:
    std::string all_;
    std::function<void(http::resumption)> held_;
    std::size_t at_ = 0;
    bool empty_ = false;
};

std::size_t memory_in_use() {
#if defined(__GLIBC__) && !AWSXX_TEST_SANITIZED
    return ::mallinfo2().uordblks;
#else
    return 0;
#endif
}

}  // namespace

TEST_CASE("body pause: a slow reader keeps memory bounded, and other calls go on") {
    const std::string content = large(8 << 20);
    test::http_server server([&](const test::received& what) { return serve(what, content); });
    const session home = session_with(server, {.no_progress = 5000ms});
    event_loop loop;
    std::string got;
    std::size_t grown = 0;
    int others = 0;
    bool failed = false;
    // NOLINTNEXTLINE(readability-function-size): what a test has to see
    const auto read = [&]() -> test::task {
        const sts::get_caller_identity who;
        auto body = home.co_body(loop, object);
        auto first = co_await body.next();
        failed |= !first || !*first;
        if (failed) co_return;
        got += **first;
        got.reserve(content.size());
        const std::size_t before = memory_in_use();
        for (int i = 0; i < 50; ++i)
            if (co_await home.try_co_call(loop, who)) ++others;
        grown = memory_in_use() - before;
        while (auto piece = co_await body.next()) {
            failed |= !*piece;
            if (*piece) got += **piece;
        }
    };
    const test::task reading = read();
    loop.run();

    CHECK(reading.done());
    CHECK_FALSE(failed);
    CHECK(others == 50);
    CHECK(static_cast<std::ptrdiff_t>(grown) < 512 << 10);
    CHECK(got == content);
}

TEST_CASE("body pause: a sink is resumed from any thread, on a loop and off it") {
    const std::string content = large(300'000);
    test::http_server server([&](const test::received& what) { return serve(what, content); });
    const session home = session_with(server, {.no_progress = 5000ms});
    std::thread helper;
    const auto elsewhere = [&](const http::resumption& later) {
        if (helper.joinable()) helper.join();
        helper = std::thread([later] { later.resume(); });
    };
    SECTION("blocking") {
        shy_sink sink(elsewhere);
        REQUIRE(home.try_call(object, sink));
        CHECK(sink.text == content);
        CHECK(sink.pauses > 5);
    }
    SECTION("on a loop") {
        shy_sink sink(elsewhere);
        event_loop loop;
        bool good = false;
        home.async_call(loop, object, [&](const auto& done) { good = done.has_value(); },
                        {.into = &sink});
        loop.run();
        CHECK(good);
        CHECK(sink.text == content);
        CHECK(sink.pauses > 5);
    }
    SECTION("at once") {
        shy_sink sink([](const http::resumption& later) { later.resume(); });
        REQUIRE(home.try_call(object, sink));
        CHECK(sink.text == content);
    }
    if (helper.joinable()) helper.join();
}

TEST_CASE("body pause: a source that has nothing yet holds its upload up") {
    const std::string content = large(60'000);
    test::http_server server([&](const test::received& what) { return serve(what, {}); });
    const session home = session_with(server, {.no_progress = 5000ms});
    std::thread helper;
    const auto source = std::make_shared<shy_source>(content, [&](const http::resumption& later) {
        if (helper.joinable()) helper.join();
        helper = std::thread([later] { later.resume(); });
    });
    // sent by itself, as S3 takes it over TLS: nobody reads it beforehand
    const http::request put{.method = "PUT",
                            .target = {.path = "/b/k"},
                            .body = http::body::stream(source, content.size())};
    const request_scope scope{.service = "s3", .is_unsigned = true};
    SECTION("blocking") { REQUIRE(home.try_send(put, scope)); }
    SECTION("on a loop") {
        event_loop loop;
        auto sent = home.async_send(loop, put, scope);
        loop.run();
        REQUIRE(sent.get());
    }
    if (helper.joinable()) helper.join();
    CHECK(server.last().body == content);
    CHECK(source->pauses > 5);
}

TEST_CASE("body pause: who is held up is not late, but its call is once its time is over") {
    const std::string content = large(300'000);
    test::http_server server([&](const test::received& what) { return serve(what, content); });
    const session home = session_with(server, {.no_progress = 50ms});
    SECTION("on a loop") {
        event_loop loop;
        http::resumption kept;
        shy_sink sink([&](const http::resumption& later) { kept = later; });
        std::optional<error> why;
        home.async_call(loop, object, [&](const auto& done) { why = done.error(); },
                        {.at_most = 300ms, .into = &sink});
        const auto begin = std::chrono::steady_clock::now();
        loop.run();
        CHECK(std::chrono::steady_clock::now() - begin >= 290ms);
        REQUIRE(why);
        CHECK(why->kind == error_kind::timeout);
        kept.resume();  // nobody is there any more
        CHECK(sink.pauses == 1);
    }
    SECTION("blocking") {
        http::resumption kept;
        shy_sink sink([&](const http::resumption& later) { kept = later; });
        const auto done = home.try_call(object, {.at_most = 300ms, .into = &sink});
        REQUIRE_FALSE(done);
        CHECK(done.error().kind == error_kind::timeout);
        kept.resume();
        CHECK(home.try_call(sts::get_caller_identity{}));
    }
}

TEST_CASE(
    "body pause: a sink that fails when it goes on fails the call, and its connection is closed") {
    const std::string content = large(300'000);
    test::http_server server([&](const test::received& what) { return serve(what, content); });
    const session home = session_with(server);
    shy_sink sink([](const http::resumption& later) { later.resume(); });
    sink.most = 100'000;
    SECTION("blocking") {
        const auto done = home.try_call(object, sink);
        REQUIRE_FALSE(done);
        CHECK(done.error().code == "Enough");
        REQUIRE(home.try_call(sts::get_caller_identity{}));
    }
    SECTION("on a loop") {
        event_loop loop;
        std::string code;
        home.async_call(loop, object, [&](const auto& done) { code = done.error().code; },
                        {.into = &sink});
        loop.run();
        CHECK(code == "Enough");
        auto who = home.async_call(loop, sts::get_caller_identity{});
        loop.run();
        REQUIRE(who.get());
    }
    CHECK(server.connections() == 2);
}

TEST_CASE("body pause: a reader that is destroyed ends its call, a loop that is tells it") {
    const std::string content = large(1 << 20);
    test::http_server server([&](const test::received& what) { return serve(what, content); });
    const session home = session_with(server);
    SECTION("reader") {
        event_loop loop;
        {
            const auto read = [&]() -> test::task {
                auto body = home.co_body(loop, object);
                while (co_await body.next()) loop.stop();
            };
            const test::task reading = read();
            loop.run();
            CHECK_FALSE(reading.done());
        }
        CHECK(loop.in_flight() == 0);
    }
    SECTION("loop") {
        auto loop = std::make_unique<event_loop>();
        std::string code;
        const auto read = [&]() -> test::task {
            auto body = home.co_body(*loop, object);
            while (auto piece = co_await body.next())
                if (!*piece) code = piece->error().code;
        };
        const test::task reading = read();
        loop.reset();
        CHECK(code == "LoopEnded");
        CHECK(reading.done());
    }
}
