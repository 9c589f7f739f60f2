// SPDX-License-Identifier: MIT
#include <awsxx/async.hpp>  // first: it must compile on its own
#include <awsxx/core/system_clock.hpp>

#include <awsxx/services/sts.hpp>

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>
#include <support/http_server.hpp>
#include <support/providers.hpp>
#include <support/sanitized.hpp>
#include <support/silent_server.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <malloc.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

using who_output = sts::get_caller_identity_response;

test::reply caller(const std::string& arn) {
    return test::answer(200, "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>" + arn +
                                 "</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>");
}
test::reply silence() { return {"", test::reply::then::hold}; }

session session_with(const test::http_server& server) {
    settings choices{.region = "eu-west-1", .endpoint_url = server.url()};
    choices.outside = testing::isolated_world(std::make_shared<system_clock>());
    return session(test::keys("AKID"), choices);
}

std::size_t open_descriptors() {
    namespace fs = std::filesystem;
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& one : fs::directory_iterator("/proc/self/fd")) ++count;
    return count;
}

/// Bytes of the heap that are in use; 0 where the C library does not tell.
std::size_t memory_in_use() {
#if defined(__GLIBC__) && !AWSXX_TEST_SANITIZED
    return ::mallinfo2().uordblks;
#else
    return 0;
#endif
}

/// A program's own loop, on poll(2).
class poll_host final : public io_host {
public:
    void on_socket(int descriptor, io_interest wanted) override {
        if (wanted.none())
            watched_.erase(descriptor);
        else
            watched_[descriptor] = wanted;
    }
    void on_timer(std::optional<milliseconds> pause) override {
        due_.reset();
        if (pause) due_ = std::chrono::steady_clock::now() + *pause;
    }
    /// Until nothing is under way on the loop.
    void run(event_loop& loop) {
        while (loop.in_flight() != 0) {
            std::vector<::pollfd> all;
            for (const auto& [descriptor, wanted] : watched_)
                all.push_back(
                    {descriptor,
                     static_cast<short>((wanted.read ? POLLIN : 0) | (wanted.write ? POLLOUT : 0)),
                     0});
            ::poll(all.data(), all.size(), pause());
            for (const ::pollfd& one : all)
                if (one.revents != 0)
                    loop.ready(one.fd, {(one.revents & POLLIN) != 0, (one.revents & POLLOUT) != 0});
            if (due_ && *due_ <= std::chrono::steady_clock::now()) loop.ready();
        }
    }

private:
    int pause() const {
        if (!due_) return 5000;
        const auto left = std::chrono::ceil<milliseconds>(*due_ - std::chrono::steady_clock::now());
        return static_cast<int>(std::max<milliseconds::rep>(left.count(), 0));
    }
    std::map<int, io_interest> watched_{};
    std::optional<std::chrono::steady_clock::time_point> due_{};
};

}  // namespace

TEST_CASE("event loop: many calls are under way at once on one thread") {
    std::atomic<int> here{0};
    test::http_server server([&](const test::received&) {
        ++here;
        while (here < 8) std::this_thread::yield();  // nobody is answered before all have asked
        return caller("arn:all");
    });
    const session base = session_with(server);
    event_loop loop;
    int good = 0;
    for (int i = 0; i < 8; ++i)
        base.async_call(loop, sts::get_caller_identity{},
                        [&](expected<who_output> who) { good += who && who->arn == "arn:all"; });
    loop.run();
    CHECK(good == 8);
}

TEST_CASE("event loop: connections are kept for the next calls") {
    test::http_server server([](const test::received&) { return caller("arn"); });
    const session base = session_with(server);
    event_loop loop;
    for (int i = 0; i < 5; ++i) {
        auto who = base.async_call(loop, sts::get_caller_identity{});
        loop.run();
        REQUIRE(who.get());
    }
    CHECK(server.connections() == 1);
}

#if defined(__cpp_exceptions)
TEST_CASE("event loop: after a callback threw, a kept connection is looked at before it is used") {
    test::http_server server([](const test::received&) { return caller("right"); });
    const session base = session_with(server);
    event_loop loop;
    base.async_call(loop, sts::get_caller_identity{},
                    [](expected<who_output>) { throw std::runtime_error("mine"); });
    CHECK_THROWS_AS(loop.run(), std::runtime_error);

    server.say(caller("wrong").bytes);

    auto who = base.async_call(loop, sts::get_caller_identity{});
    loop.run();
    CHECK(who.get()->arn == "right");
    CHECK(server.connections() == 2);
}
#endif

TEST_CASE("event loop: a call ends when its time is over, wherever it is") {
    test::http_server server([](const test::received&) { return silence(); });
    const session base = session_with(server);
    event_loop loop;
    const auto begin = std::chrono::steady_clock::now();
    auto who = base.async_call(loop, sts::get_caller_identity{}, {.at_most = 50ms});
    loop.run();
    const auto took = std::chrono::steady_clock::now() - begin;
    CHECK(who.get().error().kind == error_kind::timeout);
    CHECK(took >= 49ms);  // the loop counts in whole milliseconds
}

TEST_CASE("event loop: a stopped call ends without its answer, and the loop goes on") {
    test::http_server server([](const test::received& what) {
        return what.body.find("GetCallerIdentity") != std::string::npos ? silence() : caller("arn");
    });
    const session base = session_with(server);
    event_loop loop;
    std::stop_source stop;
    auto who = base.async_call(loop, sts::get_caller_identity{}, {.stop = stop.get_token()});
    while (server.requests().empty()) loop.poll(1s);
    std::thread other([&] { stop.request_stop(); });
    loop.run();
    other.join();
    const auto got = who.get();
    CHECK(got.error().code == "CallCancelled");
    CHECK(got.error().kind == error_kind::cancelled);
}

TEST_CASE("event loop: the blocking driver is stopped and limited in the same ways") {
    test::http_server server([](const test::received&) { return silence(); });
    const session base = session_with(server);
    SECTION("by a stop token") {
        std::stop_source stop;
        std::thread other([&] {
            while (server.requests().empty()) std::this_thread::yield();
            stop.request_stop();
        });
        const auto who = base.try_call(sts::get_caller_identity{}, {.stop = stop.get_token()});
        other.join();
        CHECK(who.error().code == "CallCancelled");
    }
    SECTION("by a limit") {
        const auto who = base.try_call(sts::get_caller_identity{}, {.at_most = 50ms});
        CHECK(who.error().kind == error_kind::timeout);
    }
}

TEST_CASE("event loop: ten thousand cancelled calls leave neither descriptors nor memory behind") {
    const test::silent_server server;  // a process of its own: none of its ends is counted
    settings choices{.region = "eu-west-1", .endpoint_url = server.url()};
    choices.outside = testing::isolated_world(std::make_shared<system_clock>());
    const session base(test::keys("AKID"), choices);
    event_loop loop;
    int ended = 0;
    const auto cancel_some = [&] {
        std::stop_source stop;
        for (int i = 0; i < 100; ++i)
            base.async_call(loop, sts::get_caller_identity{},
                            [&](const expected<who_output>&) { ++ended; },
                            {.stop = stop.get_token()});
        loop.poll(1ms);
        stop.request_stop();
        loop.run();
    };
    for (int i = 0; i < 20; ++i) cancel_some();
    const std::size_t descriptors = open_descriptors();
    const std::size_t memory = memory_in_use();
    ended = 0;
    for (int i = 0; i < 100; ++i) cancel_some();
    CHECK(ended == 10'000);
    CHECK(loop.in_flight() == 0);
    CHECK(open_descriptors() == descriptors);
    CHECK(memory_in_use() <= memory + 64 * 1024);  // ten bytes a call would be more
}

TEST_CASE("event loop: a program's own loop drives it") {
    test::http_server server([](const test::received&) { return caller("arn"); });
    const session base = session_with(server);
    poll_host host;
    event_loop loop({.host = &host});
    int good = 0;
    for (int i = 0; i < 3; ++i)
        base.async_call(loop, sts::get_caller_identity{}, [&](expected<who_output> first) {
            good += first.has_value();
            base.async_call(loop, sts::get_caller_identity{},
                            [&](expected<who_output> then) { good += then.has_value(); });
        });
    std::thread([&] { loop.post([&] { ++good; }); }).join();
    host.run(loop);
    CHECK(good == 7);
}

TEST_CASE("event loop: in a child of its process nothing can be begun on it") {
    test::http_server server([](const test::received&) { return caller("arn"); });
    const session base = session_with(server);
    auto loop = std::make_unique<event_loop>();
    auto before = base.async_call(*loop, sts::get_caller_identity{});
    loop->run();
    REQUIRE(before.get());
    server.rest();
    const pid_t child = ::fork();
    if (child == 0) {
        loop->run();
        const bool idle = !loop->poll(0ms);
        loop.reset();
        event_loop own;
        auto who = base.async_call(own, sts::get_caller_identity{});
        own.run();
        ::_exit(idle && who.get() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    auto after = base.async_call(*loop, sts::get_caller_identity{});
    loop->run();
    CHECK(after.get());
}

TEST_CASE("event loop: threads that wait and a loop share sessions and their renewals") {
    test::cloud_scene s;
    const auto hub = s.base().try_assume_role({.role_arn = test::hub_arn});
    const auto spoke = hub->try_assume_role({.role_arn = test::spoke_arn});
    std::atomic<int> good{0};
    std::mutex lock;
    std::shared_mutex calling;
    std::string failures;
    const auto count = [&](const expected<who_output>& who) {
        if (who) {
            ++good;
            return;
        }
        const std::lock_guard held(lock);
        failures += to_string(who.error()) + "\n";
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 64; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 20; ++k) {
                const std::shared_lock same_time(calling);  // or what it signed may grow too old
                count(spoke->try_call(sts::get_caller_identity{}));
            }
        });
    event_loop loop;
    for (int k = 0; k < 40; ++k) {
        for (int i = 0; i < 2; ++i) spoke->async_call(loop, sts::get_caller_identity{}, count);
        loop.run();
        const std::unique_lock nobody(calling);
        s.time->advance(240s);  // so that keys are renewed again and again
    }
    for (auto& one : threads) one.join();
    INFO(failures);
    CHECK(failures.empty());
    CHECK(good == 64 * 20 + 80);
}
