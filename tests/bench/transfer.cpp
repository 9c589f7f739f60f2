// SPDX-License-Identifier: MIT
// What 64 MB cost on their way from S3 into the caller's memory, and from a file to S3, beside bare libcurl.
//
// The server is a process of its own on this computer. Ratios are those of speed, by the wall clock.
// The download is in the clear; the upload goes by TLS, where S3 wants no hash of the body: in the
// clear the body has to be read twice. The heap is looked at with every piece that moves.
#include <awsxx/http/file_body.hpp>
#include <awsxx/services/s3.hpp>
#include <awsxx/session.hpp>

#include <bench/bare_transfer.hpp>
#include <bench/measure.hpp>
#include <bench/median.hpp>
#include <support/bulk_server.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <malloc.h>
#include <unistd.h>

namespace {

using namespace awsxx;
using clock_type = std::chrono::steady_clock;

constexpr std::size_t size = std::size_t{64} << 20;
constexpr int rounds = 15;

/// The most that the heap has had in use since the last `start`.
class heap_watch {
public:
    void start() { most_ = begin_ = in_use(); }
    void look() { most_ = std::max(most_, in_use()); }
    std::size_t growth() const { return most_ - begin_; }

private:
    static std::size_t in_use() {
        const auto about = ::mallinfo2();
        return about.uordblks + about.hblkhd;
    }
    std::size_t begin_ = 0;
    std::size_t most_ = 0;
};

heap_watch heap;

class watched_sink final : public http::body_sink {
public:
    explicit watched_sink(std::span<char> into) : into_(into) {}
    expected<void> write(std::string_view piece) override {
        if (++pieces_ % 64 == 0) heap.look();
        return into_.write(piece);
    }
    bool restart() override { return into_.restart(); }
    std::size_t written() const { return into_.written().size(); }

private:
    http::span_sink into_;
    int pieces_ = 0;
};

class watched_source final : public http::body_source {
public:
    explicit watched_source(http::body of) : of_(std::move(of)) {}
    expected<std::size_t> read(std::span<char> room) override {
        if (++pieces_ % 64 == 0) heap.look();
        return of_.source()->read(room);
    }
    bool rewind() override { return of_.source()->rewind(); }

private:
    http::body of_;
    int pieces_ = 0;
};

template <class Act>
double seconds(Act act) {
    const auto begin = clock_type::now();
    act();
    return std::chrono::duration<double>(clock_type::now() - begin).count();
}

template <class Baseline, class Subject>
void figure(const char* name, Baseline baseline, Subject subject) {
    std::vector<double> ratios;
    std::vector<double> cpu_ratios;
    std::vector<double> speeds;
    std::size_t growth = 0;
    baseline();
    subject();
    for (int i = 0; i < rounds; ++i) {
        const double start = bench::cpu_us_so_far();
        const double first = seconds(baseline);
        const double between = bench::cpu_us_so_far();
        heap.start();
        const double second = seconds(subject);
        growth = std::max(growth, heap.growth());
        ratios.push_back(first / second);
        cpu_ratios.push_back((bench::cpu_us_so_far() - between) / (between - start));
        speeds.push_back(static_cast<double>(size) / 1e6 / second);
    }
    std::printf("%s: %.3f of bare libcurl's speed, %.3f of its CPU, %.0f MB/s, heap %zu bytes\n",
                name, bench::median(ratios), bench::median(cpu_ratios), bench::median(speeds),
                growth);
    std::printf(
        "{\"figure\":\"%s\",\"ratio\":%.3f,\"cpu_ratio\":%.3f,\"mb_per_second\":%.0f,"
        "\"heap_growth\":%zu}\n",
        name, bench::median(ratios), bench::median(cpu_ratios), bench::median(speeds), growth);
}

session store(const std::string& url, const std::string& ca_file) {
    return session(credentials{.access_key_id = "AKIDEXAMPLE", .secret_access_key = "secret"},
                   {.region = "us-east-1", .endpoint_url = url, .ca_bundle = ca_file});
}

void get(const test::bulk_server& server) {
    std::vector<char> memory(size);
    bench::bare_transfer plain(server.url() + "bucket/key", "");
    const session from = store(server.url(), "");
    figure(
        "get.64mb", [&] { plain.get(memory); },
        [&] {
            watched_sink sink(memory);
            const auto got = from.try_call(s3::get_object{.bucket = "bucket", .key = "key"}, sink);
            if (!got || sink.written() != size) std::abort();
        });
}

std::size_t from_file(char* room, std::size_t unit, std::size_t count, void* from) {
    return std::fread(room, unit, count, static_cast<std::FILE*>(from));
}

void put(const test::bulk_server& server, const std::string& ca_file, const std::string& path) {
    bench::bare_transfer plain(server.url() + "bucket/key", ca_file);
    const session to = store(server.url(), ca_file);
    figure(
        "put.64mb",
        [&] {
            std::FILE* const from = std::fopen(path.c_str(), "rbe");
            plain.put(&from_file, from, size);
            std::fclose(from);
        },
        [&] {
            auto file = http::file_body(path);
            if (!file) std::abort();
            const auto done = to.try_call(s3::put_object{
                .body =
                    http::body::stream(std::make_shared<watched_source>(*std::move(file)), size),
                .bucket = "bucket",
                .key = "key"});
            if (!done) {
                std::fprintf(stderr, "%s\n", to_string(done.error()).c_str());
                std::abort();
            }
        });
}

std::string file_of_zeros() {
    std::array<char, 32> path{"/tmp/awsxx-bench.XXXXXX"};
    const int file = ::mkstemp(path.data());
    if (file < 0 || ::ftruncate(file, static_cast<off_t>(size)) != 0) std::abort();
    ::close(file);
    return path.data();
}

}  // namespace

int main() {
    const test::tls_identity identity;
    const test::bulk_server plain(size);
    const test::bulk_server secured(size, &identity);
    get(plain);
    const std::string path = file_of_zeros();
    put(secured, identity.ca_file(), path);
    std::remove(path.c_str());
}
