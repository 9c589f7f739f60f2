// SPDX-License-Identifier: MIT
// What 64 calls in flight on one thread cost beside a bare libcurl multi handle that sends the same bytes.
//
// The call is DynamoDB's GetItem, encoded, signed, sent to a server on this computer, decoded.
// A thousand at once, whose answers take 50 ms, stand for those that wait.
// Ratios are requests a second against those of the bare handles; CPU is the client's own.
#include <awsxx/async.hpp>

#include <bench/bare_multi.hpp>
#include <bench/get_item.hpp>
#include <bench/measure.hpp>
#include <support/loopback_server.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include <malloc.h>

namespace {

using clock_type = std::chrono::steady_clock;

/// Keeps a number of calls under way until so many have been begun.
class caller {
public:
    caller(const awsxx::session& from, awsxx::event_loop& on) : from_(from), on_(on) {}

    void run(std::size_t width, std::size_t times) {
        left_ = times;
        for (std::size_t i = 0; i < width; ++i) next();
        on_.run();
    }

private:
    void next() {
        if (left_ == 0) return;
        --left_;
        from_.async_call(on_, what_, [this](const awsxx::expected<dynamodb::get_item_output>& got) {
            if (!got || got->item.size() != 6) std::abort();
            next();
        });
    }

    const awsxx::session& from_;
    awsxx::event_loop& on_;
    dynamodb::get_item what_ = bench::request();
    std::size_t left_ = 0;
};

struct round {
    double per_second{};
    double cpu_us{};
    double allocations{};
};

template <class Act>
round measured(std::size_t times, Act act) {
    const auto made = test::allocations_so_far();
    const double cpu = bench::cpu_us_so_far();
    const auto begin = clock_type::now();
    act();
    const std::chrono::duration<double> took = clock_type::now() - begin;
    const auto count = static_cast<double>(times);
    const auto more = static_cast<double>((test::allocations_so_far() - made).count);
    return {count / took.count(), (bench::cpu_us_so_far() - cpu) / count, more / count};
}

double median(std::vector<double> all) {
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::nth_element(all.begin(), middle, all.end());
    return *middle;
}

void figure(const awsxx::session& session, const awsxx::settings& settings, std::size_t width,
            std::size_t times) {
    const bench::plain_request seen = bench::plain(settings);
    bench::bare_multi bare(seen.url, seen.lines, seen.body, width);
    awsxx::event_loop loop;
    caller calls(session, loop);
    bare.run(times / 4);
    calls.run(width, times / 4);
    std::vector<double> ratios;
    std::vector<double> cpu;
    round first;
    round second;
    for (int i = 0; i < 21; ++i) {
        first = measured(times, [&] { bare.run(times); });
        second = measured(times, [&] { calls.run(width, times); });
        ratios.push_back(second.per_second / first.per_second);
        cpu.push_back(second.cpu_us / first.cpu_us);
    }
    std::printf(
        "%zu in flight: bare %.0f/s %.1f us CPU, awsxx %.0f/s %.1f us CPU, %.1f alloc beyond\n",
        width, first.per_second, first.cpu_us, second.per_second, second.cpu_us,
        second.allocations - first.allocations);
    std::printf(
        "{\"figure\":\"call.async%zu\",\"ratio\":%.3f,\"cpu_ratio\":%.3f,\"per_second\":%.0f}\n",
        width, median(ratios), median(cpu), second.per_second);
}

std::size_t heap_in_use() {
    const auto about = ::mallinfo2();
    return about.uordblks + about.hblkhd;
}

std::size_t threads() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& one : std::filesystem::directory_iterator("/proc/self/task"))
        ++count;
    return count;
}

/// A thousand at once that wait most of the time: what they take together, and of memory each.
void many(const test::loopback_server& server) {
    constexpr std::size_t width = 1000;
    const awsxx::settings settings{.region = "us-east-1", .endpoint_url = server.url()};
    const awsxx::session session(bench::keys(), settings);
    const bench::plain_request seen = bench::plain(settings);
    const std::size_t empty = heap_in_use();
    bench::bare_multi bare(seen.url, seen.lines, seen.body, width);
    bare.run(width);
    const std::size_t of_bare = heap_in_use() - empty;
    awsxx::event_loop loop;
    caller calls(session, loop);
    const std::size_t begin = heap_in_use();
    calls.run(width, width);
    const std::size_t of_calls = heap_in_use() - begin;
    const std::size_t before = threads();
    std::vector<double> ratios;
    for (int i = 0; i < 11; ++i) {
        const round first = measured(5 * width, [&] { bare.run(5 * width); });
        const round second = measured(5 * width, [&] { calls.run(width, 5 * width); });
        ratios.push_back(first.per_second / second.per_second);
    }
    std::printf(
        "1000 in flight, 50 ms each: %.3f times as long as bare; %zu bytes a call, bare %zu; %zu "
        "threads more\n",
        median(ratios), of_calls / width, of_bare / width, threads() - before);
    std::printf(
        "{\"figure\":\"call.async1000\",\"ratio\":%.3f,\"bytes\":%zu,\"bare_bytes\":%zu,"
        "\"threads\":%zu}\n",
        median(ratios), of_calls / width, of_bare / width, threads() - before);
}

}  // namespace

int main() {
    const test::loopback_server server;
    const test::loopback_server slow(std::chrono::milliseconds(50));
    const awsxx::settings settings{.region = "us-east-1", .endpoint_url = server.url()};
    const awsxx::session session(bench::keys(), settings);
    figure(session, settings, 1, 1000);
    figure(session, settings, 64, 4000);
    many(slow);
}
