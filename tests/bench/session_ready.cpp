// SPDX-License-Identifier: MIT
// What it takes until a session's first call is on its way, and what connections by TLS cost from then on.
//
// The first call goes to a transport that takes it at once: what is measured is everything before. For
// the certificates, transports of their own talk to a server on this computer: a traced child that
// trusts the system's tells how often it reads them; with the server's own authority a new connection
// is timed.
#include <awsxx/http/curl_transport.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/session.hpp>

#include <bench/get_item.hpp>
#include <bench/measure.hpp>
#include <bench/median.hpp>
#include <bench/syscall_count.hpp>
#include <support/bulk_server.hpp>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace {

namespace http = awsxx::http;
using clock_type = std::chrono::steady_clock;

void construct() {
    const awsxx::session made(bench::keys(), {.region = "us-east-1"});
    __asm__ __volatile__("" : : "r"(&made) : "memory");
}

/// A session that is made, and its first call.
void construct_and_call() {
    static const auto network = std::make_shared<bench::keeping_transport>();
    static const auto what = bench::request();
    const awsxx::basic_session<bench::keeping_transport> made(
        bench::keys(), {.region = "us-east-1", .endpoint_url = "http://127.0.0.1:1/"}, network);
    if (!made.try_call(what)) std::abort();
}

template <class Act>
double microseconds(Act act) {
    std::vector<double> all;
    for (int i = 0; i < 51; ++i) all.push_back(bench::cost_of(200, act).cpu_us);
    return bench::median(std::move(all));
}

http::request get(const std::string& url) { return {.target = *http::parse_uri(url)}; }

/// How often the certificates of the system are read for eight transports and a loop's worth of
/// connections.
int bundle_reads(const std::string& url) {
    const auto seen = bench::syscalls_of([] {},
                                         [&] {
                                             for (int i = 0; i < 8; ++i) {
                                                 http::curl_transport own;
                                                 static_cast<void>(own.send(get(url), {}));
                                             }
                                         });
    int reads = 0;
    for (const auto& [path, times] : seen.files)
        if (path.ends_with("ca-certificates.crt") || path.ends_with("ca-bundle.crt"))
            reads += times;
    return reads;
}

/// A new connection: by the wall clock, with what the server and the rest of the machine take; and
/// of this program's own.
struct connecting {
    double wall{};
    double cpu{};
};
connecting milliseconds_of(http::curl_transport& transport, const std::string& url) {
    const double cpu = bench::cpu_us_so_far();
    const auto begin = clock_type::now();
    static_cast<void>(transport.send(get(url), {.fresh_connection = true}));
    return {std::chrono::duration<double, std::milli>(clock_type::now() - begin).count(),
            (bench::cpu_us_so_far() - cpu) / 1e3};
}

}  // namespace

int main() {
    const test::tls_identity identity;
    const test::bulk_server server(16, &identity);
    const auto made = bench::syscalls_of([] {}, construct);
    const auto warm = bench::syscalls_of(construct_and_call, construct_and_call);
    const int reads = bundle_reads(server.url());

    std::vector<double> again;
    std::vector<double> again_cpu;
    std::vector<double> other;
    std::vector<double> other_cpu;
    http::curl_transport kept({.ca_file = identity.ca_file()});
    http::curl_transport system;
    milliseconds_of(kept, server.url());
    milliseconds_of(system, server.url());
    for (int i = 0; i < 101; ++i) {
        const connecting one = milliseconds_of(kept, server.url());
        again.push_back(one.wall);
        again_cpu.push_back(one.cpu);
        http::curl_transport fresh;  // a handle of its own, which trusts the system's
        const connecting two = milliseconds_of(fresh, server.url());
        other.push_back(two.wall);
        other_cpu.push_back(two.cpu);
    }
    const double construct_us = microseconds(construct);
    const double call_us = microseconds(construct_and_call);
    for (const auto& [number, times] : warm.calls) std::printf("call %ld: %d\n", number, times);
    std::printf(
        "ready: %.2f us, %d system calls; with the first call %.2f us, %d system calls\n"
        "certificates read %d times; new TLS connection %.2f ms (CPU %.2f), on a new handle %.2f "
        "ms "
        "(CPU %.2f)\n",
        construct_us, made.beside_memory(), call_us, warm.beside_memory(), reads,
        bench::median(again), bench::median(again_cpu), bench::median(other),
        bench::median(other_cpu));
    std::printf(
        "{\"figure\":\"session.ready\",\"us\":%.2f,\"syscalls\":%d,\"first_call_us\":%.2f,"
        "\"first_call_syscalls\":%d,\"bundle_reads\":%d,\"tls_ms\":%.3f,\"tls_cpu_ms\":%.3f,"
        "\"tls_new_handle_ms\":%.3f,\"tls_new_handle_cpu_ms\":%.3f}\n",
        construct_us, made.beside_memory(), call_us, warm.beside_memory(), reads,
        bench::median(again), bench::median(again_cpu), bench::median(other),
        bench::median(other_cpu));
}
