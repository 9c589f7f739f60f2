// SPDX-License-Identifier: MIT
// How soon cancelled calls end on an event loop, and what 10,000 of them leave behind.
//
// The server takes each request and says nothing. A hundred calls at a time are cancelled by one
// stop token; the time is that from the request to stop to the callback of each call. On a machine
// with other work it is mostly that of others: the loop's own CPU time is told beside it.
#include <awsxx/async.hpp>
#include <awsxx/services/sts.hpp>

#include <support/silent_server.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include <malloc.h>
#include <time.h>

namespace {

using clock_type = std::chrono::steady_clock;

/// What this thread has used of the processor.
double cpu_ms() {
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

/// How long calls took to end, each.
struct times {
    std::vector<double> milliseconds{};
    std::vector<double> cpu{};
};

std::size_t open_descriptors() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& one : std::filesystem::directory_iterator("/proc/self/fd"))
        ++count;
    return count;
}

/// Bytes on the heap that are in use.
long long bytes_in_use() {
#if defined(__GLIBC__)
    return static_cast<long long>(::mallinfo2().uordblks);
#else
    return 0;
#endif
}

/// Cancels a hundred calls that are on their way, and tells how long each took to end.
void cancel_some(const awsxx::session& session, awsxx::event_loop& loop, times& seen) {
    constexpr int count = 100;
    std::stop_source stop;
    clock_type::time_point begin;
    double cpu_begin = 0;
    for (int i = 0; i < count; ++i)
        session.async_call(loop, awsxx::sts::get_caller_identity{},
                           [&](const auto& who) {
                               if (who || who.error().code != "CallCancelled") std::abort();
                               const std::chrono::duration<double, std::milli> took =
                                   clock_type::now() - begin;
                               seen.milliseconds.push_back(took.count());
                               seen.cpu.push_back(cpu_ms() - cpu_begin);
                           },
                           {.stop = stop.get_token()});
    for (int i = 0; i < 3; ++i) loop.poll(std::chrono::milliseconds(1));
    begin = clock_type::now();
    cpu_begin = cpu_ms();
    stop.request_stop();
    loop.run();
}

}  // namespace

int main() {
    const test::silent_server server;
    const awsxx::session session(
        awsxx::credentials{.access_key_id = "AKIDEXAMPLE", .secret_access_key = "secret"},
        {.region = "us-east-1", .endpoint_url = server.url()});
    awsxx::event_loop loop;
    times seen;
    seen.milliseconds.reserve(20'000);
    seen.cpu.reserve(20'000);
    for (int i = 0; i < 5; ++i) cancel_some(session, loop, seen);
    seen.milliseconds.clear();
    seen.cpu.clear();
    const std::size_t descriptors = open_descriptors();
    const long long bytes = bytes_in_use();
    for (int i = 0; i < 100; ++i) cancel_some(session, loop, seen);
    const long long more_bytes = bytes_in_use() - bytes;
    const auto more_descriptors =
        static_cast<long long>(open_descriptors()) - static_cast<long long>(descriptors);

    std::sort(seen.milliseconds.begin(), seen.milliseconds.end());
    const double p50 = seen.milliseconds[seen.milliseconds.size() / 2];
    const double p99 = seen.milliseconds[seen.milliseconds.size() * 99 / 100];
    const double cpu = *std::max_element(seen.cpu.begin(), seen.cpu.end());
    std::printf(
        "%zu calls cancelled, 100 at a time: median %.2f ms, p99 %.2f ms, longest %.2f ms; of the "
        "loop's CPU time %.2f ms at most\n",
        seen.milliseconds.size(), p50, p99, seen.milliseconds.back(), cpu);
    std::printf(
        "{\"figure\":\"cancel\",\"ms\":%.3f,\"p99_ms\":%.3f,\"longest_ms\":%.3f,"
        "\"longest_cpu_ms\":%.3f,\"descriptors\":%lld,\"bytes\":%lld}\n",
        p50, p99, seen.milliseconds.back(), cpu, more_descriptors, more_bytes);
    return more_descriptors == 0 ? 0 : 1;
}
