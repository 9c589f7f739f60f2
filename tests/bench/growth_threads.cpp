// SPDX-License-Identifier: MIT
// How the cost of a small call grows with the number of threads that make them on one session.
//
// The baseline is a kept libcurl handle for each thread that sends the same bytes.
#include <awsxx/session.hpp>

#include <bench/bare_curl.hpp>
#include <bench/get_item.hpp>
#include <bench/growth.hpp>
#include <support/loopback_server.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

namespace {

/// Each of so many threads does its share; `act` is told which one it is.
template <class Act>
void spread(std::size_t threads, std::size_t times, const Act& act) {
    std::vector<std::thread> all;
    for (std::size_t i = 0; i < threads; ++i)
        all.emplace_back([&act, i, share = times / threads] {
            for (std::size_t k = 0; k < share; ++k) act(i);
        });
    for (std::thread& one : all) one.join();
}

}  // namespace

int main() {
    const test::loopback_server server;
    const awsxx::settings settings{.region = "us-east-1", .endpoint_url = server.url()};
    const awsxx::session session(bench::keys(), settings);
    const dynamodb::get_item what = bench::request();
    const bench::plain_request seen = bench::plain(settings);
    const auto call = [&](std::size_t) {
        const auto answer = session.try_call(what);
        if (!answer || answer->item.size() != 6) std::abort();
    };
    for (std::size_t threads = 1; threads <= 64; threads *= 2) {
        std::vector<std::unique_ptr<bench::bare_curl>> bare;
        for (std::size_t i = 0; i < threads; ++i)
            bare.push_back(std::make_unique<bench::bare_curl>(seen.url, seen.lines, seen.body));
        const auto send = [&](std::size_t which) { bare[which]->send(); };
        const std::size_t times = std::max<std::size_t>(1024, 32 * threads);
        bench::tell("growth.threads", threads,
                    bench::race_between(
                        15, times, [&] { spread(threads, times, send); },
                        [&] { spread(threads, times, call); }));
    }
}
