// SPDX-License-Identifier: MIT
#include <awsxx/session.hpp>  // first: it must compile on its own

#include <awsxx/async.hpp>
#include <awsxx/services/sts.hpp>

#include <http/requests.hpp>
#include <support/catch.hpp>
#include <support/loopback_server.hpp>
#include <support/sanitized.hpp>

#include <array>
#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace awsxx;

namespace {

constexpr int children = 8;
constexpr int calls = 100;

session warm_session(const std::string& url) {
    return session(credentials{.access_key_id = "AKIDEXAMPLE", .secret_access_key = "secret"},
                   {.region = "us-east-1", .endpoint_url = url});
}

sts::assume_role question() {
    return {.role_arn = "arn:aws:iam::123456789012:role/demo", .role_session_name = "test"};
}

bool calls_wait(const session& with, int count) {
    bool good = true;
    for (int i = 0; i < count; ++i) good = good && with.try_call(question()).has_value();
    return good;
}

/// So many calls, ten at once, on a loop of its own.
bool calls_on_a_loop(const session& with, int count) {
    event_loop loop;
    int good = 0;
    for (int i = 0; i < count; i += 10) {
        for (int j = 0; j < 10; ++j)
            with.async_call(loop, question(), [&](const auto& got) { good += got ? 1 : 0; });
        loop.run();
    }
    return good == count;
}

/// How many of eight children that run at once `act` returns true in, each within a minute. They begin
/// when all are there: one that is forked while a server serves others may hang in a sanitizer's locks.
template <class Act>
int good_children(Act act) {
    std::array<int, 2> gate{};
    if (::pipe(gate.data()) != 0) return 0;
    std::array<pid_t, children> all{};
    for (pid_t& child : all) {
        child = ::fork();
        if (child != 0) continue;
        ::alarm(60);
        ::close(gate[1]);
        char none = 0;
        if (::read(gate[0], &none, 1) != 0) ::_exit(2);  // waits until the parent closes its end
        ::_exit(act() ? 0 : 1);
    }
    ::close(gate[0]);
    ::close(gate[1]);
    int good = 0;
    for (const pid_t child : all) {
        int status = -1;
        ::waitpid(child, &status, 0);
        good += WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 1 : 0;
    }
    return good;
}

/// A number that a loopback server tells of itself.
long statistic(const test::loopback_server& of, const std::string& name) {
    http::curl_transport transport;
    const std::string text = test::answer_of(transport, test::get(of.url("/__stats"))).body;
    const auto at = text.find(name + "=");
    return at == text.npos ? -1 : std::stol(text.substr(at + name.size() + 1));
}

}  // namespace

TEST_CASE("session fork: eight children of a warm parent call on connections of their own") {
    const test::loopback_server server;
    const session warm = warm_session(server.url());
    REQUIRE(calls_wait(warm, 3));
    REQUIRE(statistic(server, "connections") == 2);

    CHECK(good_children([&] { return calls_wait(warm, calls); }) == children);

    CHECK(statistic(server, "requests") == 3 + children * calls);
    CHECK(statistic(server, "connections") == 3 + children + 1);
    CHECK(calls_wait(warm, 3));
    CHECK(statistic(server, "connections") == 3 + children + 2);  // the parent's is still there
}

TEST_CASE("session fork: the children of a parent with a warm loop make loops of their own") {
    const test::loopback_server server;
    const session warm = warm_session(server.url());
    event_loop loop;
    bool called = false;
    warm.async_call(loop, question(), [&](const auto& got) { called = got.has_value(); });
    loop.run();
    REQUIRE(called);

    CHECK(good_children([&] { return calls_on_a_loop(warm, calls); }) == children);

    CHECK(statistic(server, "connections") == 1 + children * 10 + 1);
    warm.async_call(loop, question(), [&](const auto& got) { called = got.has_value(); });
    loop.run();
    CHECK(called);
    CHECK(statistic(server, "connections") == 1 + children * 10 + 2);
}

TEST_CASE("session fork: eight children of a parent with warm TLS share no connection") {
    const test::tls_identity identity;
    test::http_server server(test::always("<GetSessionTokenResponse/>"),
                             {.tls = true, .identity = &identity});
    http::curl_transport transport({.ca_file = identity.ca_file()});
    test::answer_of(transport, test::get(server.url()));
    server.rest();

    CHECK(good_children([&] {
              bool good = true;
              for (int i = 0; i < calls; ++i)
                  good = good && transport.send(test::get(server.url()), {}).has_value();
              return good;
          }) == children);

    CHECK(server.connections() == 1 + children);
    test::answer_of(transport, test::get(server.url()));
    CHECK(server.last().connection == 1);
}

#if !AWSXX_TEST_SANITIZED  // their allocators are not made for it
TEST_CASE("session fork: children that are forked while other threads call do not hang") {
    const test::loopback_server server;
    const session warm = warm_session(server.url());
    std::atomic<bool> over{false};
    std::atomic<int> bad{0};
    std::vector<std::thread> busy;
    for (int i = 0; i < 4; ++i)
        busy.emplace_back([&] {
            while (!over) bad += calls_wait(warm, 1) ? 0 : 1;
        });

    CHECK(good_children([&] { return calls_wait(warm, calls) && calls_on_a_loop(warm, calls); }) ==
          children);

    over = true;
    for (std::thread& one : busy) one.join();
    CHECK(bad == 0);
}
#endif
