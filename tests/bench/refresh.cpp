// SPDX-License-Identifier: MIT
// What renewals of credentials that take 200 ms do to a million calls of each driver.
//
// A `credentials_refresher` renews keys that live for a second; the baseline has keys that live for a
// day. Both make calls over a transport that answers at once, in blocks of a thousand by turns. A call
// waits if it is the one that asks STS, or takes as long as STS does.
#include <awsxx/async.hpp>
#include <awsxx/credentials/refresher.hpp>
#include <awsxx/session.hpp>

#include <bench/get_item.hpp>
#include <bench/syscall_count.hpp>
#include <support/loopback_server.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <sys/syscall.h>

namespace {

using namespace awsxx;
using clock_type = std::chrono::steady_clock;

constexpr int all_calls = 1'000'000;
constexpr int block = 1000;
constexpr auto sts_takes = std::chrono::milliseconds(200);

/// STS, which takes its time, and a service, which does not.
class quick_transport {
public:
    explicit quick_transport(milliseconds lifetime) : lifetime_(lifetime) {}

    expected<http::response> send(const http::request& what, const http::exchange&) {
        if (what.headers.contains("x-amz-target"))
            return http::response{.status = 200, .body = "{}"};
        ++renewals_;
        if (std::this_thread::get_id() == caller_.load()) ++waited_;
        std::this_thread::sleep_for(lifetime_ < std::chrono::hours(1) ? sts_takes
                                                                      : milliseconds(0));
        const auto end = std::chrono::system_clock::now() + lifetime_;
        const auto whole = std::chrono::duration_cast<milliseconds>(end.time_since_epoch()).count();
        std::array<char, 40> date{};
        const std::time_t seconds = static_cast<std::time_t>(whole / 1000);
        std::tm parts{};
        ::gmtime_r(&seconds, &parts);
        std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &parts);
        std::string fraction = std::to_string(1000 + whole % 1000).substr(1);
        return http::response{
            .status = 200,
            .body = "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA" +
                    std::to_string(renewals_.load()) +
                    "</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t"
                    "</SessionToken><Expiration>" +
                    std::string(date.data()) + "." + fraction +
                    "Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"};
    }
    int renewals() const { return renewals_; }
    int waited() const { return waited_; }
    /// Renewals on this thread are a call's from here on.
    void begin() { caller_ = std::this_thread::get_id(); }

private:
    milliseconds lifetime_;
    std::atomic<int> renewals_{0};
    std::atomic<int> waited_{0};
    std::atomic<std::thread::id> caller_{};  // the refresher's thread looks at it
};

using quick_session = basic_session<quick_transport>;

struct side {
    explicit side(milliseconds lifetime) : network(std::make_shared<quick_transport>(lifetime)) {
        times.reserve(all_calls);
    }
    quick_session role() const {
        const quick_session base(bench::keys(),
                                 {.region = "us-east-1",
                                  .refresh = {.advisory = std::chrono::milliseconds(3500),
                                              .mandatory = std::chrono::milliseconds(100)}},
                                 network);
        auto made = base.try_assume_role({.role_arn = "arn:aws:iam::123456789012:role/demo"});
        if (!made) std::abort();
        return *std::move(made);
    }
    double p9999() {
        const auto at = times.begin() + static_cast<std::ptrdiff_t>(times.size() * 9999 / 10000);
        std::nth_element(times.begin(), at, times.end());
        return *at;
    }
    std::shared_ptr<quick_transport> network;
    std::vector<double> times{};  // in microseconds
};

/// `call(session, times)` makes a block of calls.
template <class Call>
bool figure(const char* driver, Call call) {
    side with(std::chrono::seconds(4));
    side without(std::chrono::hours(24));
    const quick_session renewed = with.role();
    const quick_session steady = without.role();
    credentials_refresher refresher;
    call(steady, 1, without.times);
    refresher.watch(renewed);
    while (with.network->renewals() == 0) std::this_thread::yield();
    std::this_thread::sleep_for(2 * sts_takes);
    call(renewed, 1, with.times);
    with.times.clear();
    without.times.clear();
    with.network->begin();
    const int before = with.network->renewals();
    const auto begin = clock_type::now();
    for (int made = 0; made < all_calls; made += 2 * block) {
        call(renewed, block, with.times);
        call(steady, block, without.times);
    }
    const std::chrono::duration<double> took = clock_type::now() - begin;
    const int renewals = with.network->renewals() - before;
    const auto slow = std::count_if(with.times.begin(), with.times.end(),
                                    [](double one) { return one > 150'000; });
    const double ratio = with.p9999() / without.p9999();
    std::printf(
        "%s: %d renewals in %.1f s; %d calls asked STS, %td took as long; p99.99 %.1f us, without "
        "%.1f us\n",
        driver, renewals, took.count(), with.network->waited(), slow, with.p9999(),
        without.p9999());
    std::printf(
        "{\"figure\":\"refresh.p9999\",\"driver\":\"%s\",\"ratio\":%.3f,\"waited\":%d,"
        "\"renewals\":%d,\"us\":%.1f}\n",
        driver, ratio, with.network->waited() + static_cast<int>(slow), renewals, with.p9999());
    return with.network->waited() == 0;
}

void blocking(const quick_session& by, int count, std::vector<double>& times) {
    static const auto what = bench::request();
    for (int i = 0; i < count; ++i) {
        const auto begin = clock_type::now();
        if (!by.try_call(what)) std::abort();
        times.push_back(
            std::chrono::duration<double, std::micro>(clock_type::now() - begin).count());
    }
}

void on_a_loop(const quick_session& by, int count, std::vector<double>& times) {
    static const auto what = bench::request();
    static event_loop loop;
    for (int i = 0; i < count; ++i) {
        const auto begin = clock_type::now();
        by.async_call(loop, what, [](const auto& got) {
            if (!got) std::abort();
        });
        loop.run();
        times.push_back(
            std::chrono::duration<double, std::micro>(clock_type::now() - begin).count());
    }
}

/// How often a thousand calls ask the kernel to wait for a lock, or to wake somebody.
int futexes() {
    const test::loopback_server server;
    const session home(bench::keys(), {.region = "us-east-1", .endpoint_url = server.url()});
    const auto what = bench::request();
    const auto some = [&] {
        for (int i = 0; i < 500; ++i)
            if (!home.try_call(what)) std::abort();
        event_loop loop;
        for (int i = 0; i < 500; ++i) home.async_call(loop, what, [](const auto&) {});
        loop.run();
    };
    return bench::syscalls_of(some, some).of(SYS_futex);
}

}  // namespace

int main() {
    const int locks = futexes();
    std::printf("{\"figure\":\"call.futexes\",\"calls\":1000,\"futexes\":%d}\n", locks);
    const bool first = figure("blocking", blocking);
    const bool second = figure("loop", on_a_loop);
    return first && second && locks == 0 ? 0 : 1;
}
