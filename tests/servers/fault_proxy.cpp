// SPDX-License-Identifier: MIT
// Calls through a proxy that misbehaves in one way or another, by threads that wait and by event loops.
#include <awsxx/async.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>
#include <support/http_server.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include <sys/wait.h>

namespace {

using awsxx::error_kind;
using awsxx::milliseconds;
using namespace std::chrono_literals;
using outcome = awsxx::expected<awsxx::sts::get_caller_identity_response>;

const std::string body =
    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:one</Arn>"
    "</GetCallerIdentityResult></GetCallerIdentityResponse>";
const std::string head =
    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
    "\r\n\r\n";

/// In front of a server, from construction to destruction.
class fault_proxy {
public:
    fault_proxy(const test::http_server& before, const std::string& mode, std::size_t n) {
        const char* const program = std::getenv("FAULT_PROXY");
        if (program == nullptr) FAIL("FAULT_PROXY is not set: start this with ctest");
        const std::string command = "echo $$; exec " + std::string(program) +
                                    " 127.0.0.1:" + std::to_string(before.port()) + " " + mode +
                                    " " + std::to_string(n);
        said_ = ::popen(command.c_str(), "re");
        REQUIRE(said_ != nullptr);
        process_ = std::atoi(line().c_str());
        url_ = line();
        REQUIRE(url_.starts_with("http://127.0.0.1:"));
    }
    fault_proxy(const fault_proxy&) = delete;
    fault_proxy& operator=(const fault_proxy&) = delete;
    ~fault_proxy() {
        if (process_ > 0) ::kill(process_, SIGTERM);
        ::pclose(said_);
    }
    const std::string& url() const { return url_; }

private:
    std::string line() {
        std::array<char, 256> room{};
        if (std::fgets(room.data(), room.size(), said_) == nullptr) return {};
        std::string text = room.data();
        return text.substr(0, text.find('\n'));
    }

    std::FILE* said_ = nullptr;
    pid_t process_ = 0;
    std::string url_{};
};

/// One way to misbehave, what a call may take, and what comes of it.
struct fault {
    const char* mode;
    std::size_t n;
    int attempts;
    milliseconds total;
    std::optional<error_kind> ends;  ///< Nothing: well.
};

awsxx::session impatient(const std::string& url, const fault& how) {
    awsxx::settings choices{.region = "eu-west-1",
                            .endpoint_url = url,
                            .max_attempts = how.attempts,
                            .outside = awsxx::testing::isolated_world(nullptr)};
    choices.limits.total = how.total;
    return awsxx::session(
        awsxx::credentials{.access_key_id = "AKID", .secret_access_key = awsxx::secret("key")},
        choices);
}

outcome called(const awsxx::session& by, bool on_a_loop) {
    const awsxx::sts::get_caller_identity who;
    if (!on_a_loop) return by.try_call(who);
    awsxx::event_loop loop;
    auto answer = by.async_call(loop, who);
    loop.run();
    return answer.get();
}

void meet(const fault& how, bool on_a_loop) {
    CAPTURE(how.mode, how.n, on_a_loop);
    test::http_server server([](const test::received&) {
        return test::reply{head + body, test::reply::then::close};
    });
    const fault_proxy proxy(server, how.mode, how.n);
    const awsxx::session session = impatient(proxy.url(), how);
    const auto begin = std::chrono::steady_clock::now();
    const auto got = called(session, on_a_loop);
    const auto took = std::chrono::steady_clock::now() - begin;
    if (!how.ends) {
        if (!got) FAIL(to_string(got.error()));
        CHECK(got->arn == "arn:one");
        return;
    }
    REQUIRE_FALSE(got);
    CAPTURE(to_string(got.error()));
    CHECK(got.error().kind == *how.ends);
    CHECK(got.error().retryable);
    REQUIRE(got.error().details);
    CHECK(got.error().details->attempts == how.attempts);
    if (*how.ends == error_kind::timeout) CHECK(took >= how.attempts * how.total - 2ms);
    CHECK(took < 20s);
}

}  // namespace

TEST_CASE("fault proxy: whatever goes wrong, a call ends well after it or as what it was") {
    const auto network = error_kind::network;
    for (const fault& how : {fault{"ok", 0, 1, 5s, {}},
                             {"503-first", 1, 3, 5s, {}},
                             {"503-first", 9, 2, 5s, error_kind::server},
                             {"close-first", 2, 3, 5s, {}},
                             {"close-first", 9, 2, 5s, network},
                             {"reset", 0, 2, 5s, network},
                             {"stall", 0, 2, 100ms, error_kind::timeout},
                             {"slow", 50, 1, 5s, {}},
                             {"slow", 10'000, 1, 100ms, error_kind::timeout},
                             {"cut", 0, 2, 5s, network},
                             {"cut", 1, 1, 5s, network},
                             {"cut", 17, 1, 5s, network},
                             {"cut", head.size() - 1, 1, 5s, network},
                             {"cut", head.size(), 2, 5s, network},
                             {"cut", head.size() + body.size() - 1, 1, 5s, network},
                             {"cut", head.size() + body.size(), 1, 5s, {}}}) {
        meet(how, false);
        meet(how, true);
    }
}
