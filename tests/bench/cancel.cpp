// SPDX-License-Identifier: MIT
// How soon cancelled calls end on an event loop, and what 10,000 of them leave behind.
//
// The server takes each request and says nothing. A hundred calls at a time are cancelled by one
// stop token; the time is that from the request to stop to the callback of each call.
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

namespace {

using clock_type = std::chrono::steady_clock;

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
void cancel_some(const awsxx::session& session, awsxx::event_loop& loop,
                 std::vector<double>& milliseconds) {
    constexpr int count = 100;
    std::stop_source stop;
    clock_type::time_point begin;
    for (int i = 0; i < count; ++i)
        session.async_call(loop, awsxx::sts::get_caller_identity{},
                           [&](const auto& who) {
                               if (who || who.error().code != "CallCancelled") std::abort();
                               const std::chrono::duration<double, std::milli> took =
                                   clock_type::now() - begin;
                               milliseconds.push_back(took.count());
                           },
                           {.stop = stop.get_token()});
    for (int i = 0; i < 3; ++i) loop.poll(std::chrono::milliseconds(1));
    begin = clock_type::now();
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
    std::vector<double> milliseconds;
    milliseconds.reserve(20'000);
    for (int i = 0; i < 5; ++i) cancel_some(session, loop, milliseconds);
    milliseconds.clear();
    const std::size_t descriptors = open_descriptors();
    const long long bytes = bytes_in_use();
    for (int i = 0; i < 100; ++i) cancel_some(session, loop, milliseconds);
    const long long more_bytes = bytes_in_use() - bytes;
    const auto more_descriptors =
        static_cast<long long>(open_descriptors()) - static_cast<long long>(descriptors);

    std::sort(milliseconds.begin(), milliseconds.end());
    const double p50 = milliseconds[milliseconds.size() / 2];
    const double p99 = milliseconds[milliseconds.size() * 99 / 100];
    std::printf(
        "%zu calls cancelled, 100 at a time: median %.2f ms, p99 %.2f ms, longest %.2f ms\n",
        milliseconds.size(), p50, p99, milliseconds.back());
    std::printf(
        "{\"figure\":\"cancel\",\"ms\":%.3f,\"p99_ms\":%.3f,\"descriptors\":%lld,"
        "\"bytes\":%lld}\n",
        p50, p99, more_descriptors, more_bytes);
    return more_descriptors == 0 ? 0 : 1;
}
