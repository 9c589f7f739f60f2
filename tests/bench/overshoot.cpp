// SPDX-License-Identifier: MIT
// How much later than its limit a request ends that a server keeps waiting, by where it is kept.
//
// A name that is not found and not refused, a port that takes no connection, TLS without an answer, no
// answer, half a head, half a body, an upload that nobody reads: each with the limit that is meant for
// it, waiting for it and on an event loop.
#include <awsxx/async.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/session.hpp>

#include <bench/get_item.hpp>
#include <bench/median.hpp>
#include <support/slow_name.hpp>
#include <support/stuck_ports.hpp>

#include "../../examples/forked_server.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace {

namespace http = awsxx::http;
using awsxx::milliseconds;
using clock_type = std::chrono::steady_clock;

constexpr milliseconds limit{60};
constexpr int times = 20;

struct stall {
    const char* at;
    std::string url;
    milliseconds http::limits::*within;
    bool uploads = false;
};

awsxx::session impatient(milliseconds http::limits::*within) {
    awsxx::settings choices{.region = "us-east-1", .max_attempts = 1};
    choices.limits = {.connect = milliseconds(0), .no_progress = milliseconds(0)};
    choices.limits.*within = limit;
    return awsxx::session(bench::keys(), choices);
}

double beyond(clock_type::time_point begin, const awsxx::expected<http::response>& got) {
    const std::chrono::duration<double, std::milli> took = clock_type::now() - begin;
    if (got || got.error().kind != awsxx::error_kind::timeout) {
        std::fprintf(stderr, "%s\n", got ? "an answer" : to_string(got.error()).c_str());
        std::abort();
    }
    return took.count() - static_cast<double>(limit.count());
}

void tell(const char* at, const char* driver, const std::vector<double>& all) {
    const double largest = *std::max_element(all.begin(), all.end());
    std::printf("%-8s %-9s median %6.2f ms, largest %6.2f ms\n", at, driver, bench::median(all),
                largest);
    std::printf(
        "{\"figure\":\"overshoot\",\"at\":\"%s\",\"driver\":\"%s\",\"median_ms\":%.2f,"
        "\"largest_ms\":%.2f}\n",
        at, driver, bench::median(all), largest);
    std::fflush(stdout);
}

/// Remembers when the last of it was taken: until then there was progress.
class told_source final : public http::body_source {
public:
    awsxx::expected<std::size_t> read(std::span<char> room) override {
        std::fill(room.begin(), room.end(), 'x');
        last = clock_type::now();
        return room.size();
    }
    bool rewind() override { return true; }
    clock_type::time_point last{};
};

/// By both drivers in turns.
void measure(const stall& what, std::vector<double>& all) {
    const awsxx::session session = impatient(what.within);
    const awsxx::request_scope scope{.service = "s3", .is_unsigned = true};
    const auto source = std::make_shared<told_source>();
    http::request sent{.target = *http::parse_uri(what.url)};
    if (what.uploads) {
        sent.method = "PUT";
        sent.body = http::body::stream(source, std::uint64_t{1} << 30);
    }
    const auto since = [&](clock_type::time_point begin) {
        return what.uploads ? source->last : begin;
    };
    awsxx::event_loop loop;
    std::vector<double> waiting;
    std::vector<double> on_a_loop;
    for (int i = 0; i < times; ++i) {
        auto begin = clock_type::now();
        const auto got = session.try_send(sent, scope);
        waiting.push_back(beyond(since(begin), got));
        begin = clock_type::now();
        session.async_send(loop, sent, scope, [&](const awsxx::expected<http::response>& on) {
            on_a_loop.push_back(beyond(since(begin), on));
        });
        loop.run();
    }
    tell(what.at, "blocking", waiting);
    tell(what.at, "loop", on_a_loop);
    all.insert(all.end(), waiting.begin(), waiting.end());
    all.insert(all.end(), on_a_loop.begin(), on_a_loop.end());
}

}  // namespace

int main() {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n";
    const example::forked_server silent("");
    const example::forked_server in_head(head);
    const example::forked_server in_body(head + "\r\nhel");
    const test::full_port full;
    const test::unattended_port nobody;
    const test::slow_name name;
    std::string secured = silent.url();
    secured.insert(4, "s");
    std::vector<double> all;
    for (const stall& one : {stall{"name", name.url, &http::limits::connect},
                             {"TCP", full.url(), &http::limits::connect},
                             {"TLS", secured, &http::limits::connect},
                             {"answer", silent.url(), &http::limits::first_byte},
                             {"head", in_head.url(), &http::limits::no_progress},
                             {"body", in_body.url(), &http::limits::no_progress},
                             {"upload", nobody.url(), &http::limits::no_progress, true}})
        measure(one, all);
    tell("all", "both", all);
}
