// SPDX-License-Identifier: MIT
// What a small call costs beside a libcurl handle that is kept and sends the same bytes.
//
// The call is DynamoDB's GetItem: encoded, signed, sent to a server on this computer, decoded. The
// server is a process of its own, so that only the client's CPU time counts.
#include <awsxx/session.hpp>

#include <bench/bare_curl.hpp>
#include <bench/get_item.hpp>
#include <bench/measure.hpp>
#include <support/loopback_server.hpp>

#include <cstdio>
#include <cstdlib>

int main() {
    const test::loopback_server server;
    const awsxx::settings settings{.region = "us-east-1", .endpoint_url = server.url()};
    const bench::plain_request seen = bench::plain(settings);
    bench::bare_curl bare(seen.url, seen.lines, seen.body);
    const awsxx::session session(bench::keys(), settings);
    const dynamodb::get_item what = bench::request();

    const auto cost = bench::compare(
        101, 300, [&] { bare.send(); },
        [&] {
            const auto answer = session.try_call(what);
            if (!answer || answer->item.size() != 6) std::abort();
        });

    const double beyond = cost.subject.allocations - cost.baseline.allocations;
    std::printf("%-12s %14s %14s\n", "one call", "bare libcurl", "awsxx");
    std::printf("%-12s %14.2f %14.2f\n", "CPU us", cost.baseline.cpu_us, cost.subject.cpu_us);
    std::printf("%-12s %14.2f %14.2f\n", "allocations", cost.baseline.allocations,
                cost.subject.allocations);
    std::printf("{\"figure\":\"call.small\",\"ratio\":%.3f,\"allocations\":%.1f,\"us\":%.2f}\n",
                cost.ratio, beyond, cost.subject.cpu_us);
}
