// SPDX-License-Identifier: MIT
// What 64 calls in flight on one thread cost beside a bare libcurl multi handle that sends the same bytes.
//
// The call is DynamoDB's GetItem, encoded, signed, sent to a server on this computer, decoded.
// A thousand at once, whose answers take 50 ms, stand for those that wait.
// Ratios are requests a second against those of the bare handles; CPU is the client's own.
#include <awsxx/async.hpp>

#include <bench/bare_multi.hpp>
#include <bench/calls_in_flight.hpp>
#include <bench/get_item.hpp>
#include <bench/race.hpp>
#include <support/loopback_server.hpp>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <filesystem>

#include <malloc.h>

namespace {

void figure(const awsxx::session& session, const awsxx::settings& settings, std::size_t width,
            std::size_t times) {
    const bench::plain_request seen = bench::plain(settings);
    bench::bare_multi bare(seen.url, seen.lines, seen.body, width);
    awsxx::event_loop loop;
    bench::calls_in_flight calls(session, loop);
    const auto both = bench::race_between(
        21, times, [&] { bare.run(times); }, [&] { calls.run(width, times); });
    const bench::pace& first = both.baseline;
    const bench::pace& second = both.subject;
    std::printf(
        "%zu in flight: bare %.0f/s %.1f us CPU, awsxx %.0f/s %.1f us CPU, %.1f alloc beyond\n",
        width, first.per_second(), first.cpu_us, second.per_second(), second.cpu_us,
        second.allocations - first.allocations);
    std::printf(
        "{\"figure\":\"call.async%zu\",\"ratio\":%.3f,\"cpu_ratio\":%.3f,\"per_second\":%.0f}\n",
        width, 1 / both.time_ratio, both.cpu_ratio, second.per_second());
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
    bench::calls_in_flight calls(session, loop);
    const std::size_t begin = heap_in_use();
    calls.run(width, width);
    const std::size_t of_calls = heap_in_use() - begin;
    const std::size_t before = threads();
    const auto both = bench::race_between(
        11, 5 * width, [&] { bare.run(5 * width); }, [&] { calls.run(width, 5 * width); });
    std::printf(
        "1000 in flight, 50 ms each: %.3f times as long as bare; %zu bytes a call, bare %zu; %zu "
        "threads more\n",
        both.time_ratio, of_calls / width, of_bare / width, threads() - before);
    std::printf(
        "{\"figure\":\"call.async1000\",\"ratio\":%.3f,\"bytes\":%zu,\"bare_bytes\":%zu,"
        "\"threads\":%zu}\n",
        both.time_ratio, of_calls / width, of_bare / width, threads() - before);
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
