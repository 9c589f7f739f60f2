// SPDX-License-Identifier: MIT
// What 64 calls in flight on one thread cost beside a bare libcurl multi handle that sends the same bytes.
//
// The call is STS's GetCallerIdentity, encoded, signed, sent to a server on this computer, decoded.
// Ratios are requests a second against those of the bare handles; CPU is the client's own.
#include <awsxx/async.hpp>
#include <awsxx/services/sts.hpp>

#include <bench/bare_multi.hpp>
#include <bench/measure.hpp>
#include <support/loopback_server.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

using clock_type = std::chrono::steady_clock;

/// Sends nothing; keeps what it should have sent.
struct keeping_transport {
    awsxx::http::request kept{};

    awsxx::expected<awsxx::http::response> send(const awsxx::http::request& what,
                                                const awsxx::http::exchange&) {
        kept = what;
        kept.body = awsxx::http::body(std::string(what.body.bytes()));
        return awsxx::http::response{.status = 500};
    }
};

awsxx::credentials keys() {
    return {.access_key_id = "AKIAIOSFODNN7EXAMPLE",
            .secret_access_key = awsxx::secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            .session_token = awsxx::secret(std::string(400, 'T'))};
}

/// A role's name is what comes back, as the server answers every POST with an AssumeRole.
const awsxx::sts::assume_role& request() {
    static const awsxx::sts::assume_role what{.role_arn = "arn:aws:iam::123456789012:role/demo",
                                              .role_session_name = "bench"};
    return what;
}

bench::bare_multi bare_handles(const awsxx::settings& settings, std::size_t width) {
    const auto seen = std::make_shared<keeping_transport>();
    awsxx::settings once = settings;
    once.max_attempts = 1;
    const awsxx::basic_session<keeping_transport> session(keys(), once, seen);
    static_cast<void>(session.try_call(request()));
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < seen->kept.headers.size(); ++i)
        lines.emplace_back(seen->kept.headers.line_text(i));
    return {to_string(seen->kept.target), lines, std::string(seen->kept.body.bytes()), width};
}

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
        from_.async_call(on_, request(),
                         [this](const awsxx::expected<awsxx::sts::assume_role_response>& got) {
                             if (!got || !got->credentials) std::abort();
                             next();
                         });
    }

    const awsxx::session& from_;
    awsxx::event_loop& on_;
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
    bench::bare_multi bare = bare_handles(settings, width);
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

}  // namespace

int main() {
    const test::loopback_server server;
    const awsxx::settings settings{.region = "us-east-1", .endpoint_url = server.url()};
    const awsxx::session session(keys(), settings);
    figure(session, settings, 1, 1000);
    figure(session, settings, 64, 4000);
}
