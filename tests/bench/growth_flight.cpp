// SPDX-License-Identifier: MIT
// How the cost of a small call grows with the number of those that are under way at once on one loop.
//
// The baseline is a libcurl multi handle on epoll that sends the same bytes on kept handles.
#include <awsxx/async.hpp>

#include <bench/bare_multi.hpp>
#include <bench/calls_in_flight.hpp>
#include <bench/cores.hpp>
#include <bench/get_item.hpp>
#include <bench/growth.hpp>
#include <support/loopback_server.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>

int main() {
    const auto made =
        bench::on_other_core([] { return std::make_unique<test::loopback_server>(); });
    const test::loopback_server& server = *made;
    const awsxx::settings settings{.region = "us-east-1", .endpoint_url = server.url()};
    const awsxx::session session(bench::keys(), settings);
    const bench::plain_request seen = bench::plain(settings);
    for (const std::size_t width : std::array<std::size_t, 6>{1, 4, 16, 64, 256, 1000}) {
        bench::bare_multi bare(seen.url, seen.lines, seen.body, width);
        awsxx::event_loop loop;
        bench::calls_in_flight calls(session, loop);
        const std::size_t times = std::max<std::size_t>(1000, 3 * width);
        bench::tell("growth.flight", width,
                    bench::race_between(
                        15, times, [&] { bare.run(times); }, [&] { calls.run(width, times); }));
    }
}
