// SPDX-License-Identifier: MIT
// How the cost of an object grows with its size: S3's GetObject and PutObject, from nothing to 64 MB.
//
// The baseline is a kept libcurl handle that sends the same bytes. Downloads are in the clear; uploads
// go by TLS. Only the client's CPU time counts.
#include <awsxx/services/s3.hpp>
#include <awsxx/session.hpp>

#include <bench/bare_transfer.hpp>
#include <bench/cores.hpp>
#include <bench/get_item.hpp>
#include <bench/growth.hpp>
#include <support/bulk_server.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace s3 = awsxx::s3;

/// How large, and how often that is done in a batch.
struct load {
    std::size_t bytes;
    std::uint64_t times;
    std::uint64_t rounds;
};

class memory_source final : public awsxx::http::body_source {
public:
    explicit memory_source(std::string_view all) : all_(all), left_(all) {}
    awsxx::expected<std::size_t> read(std::span<char> room) override {
        const std::size_t count = left_.copy(room.data(), room.size());
        left_.remove_prefix(count);
        return count;
    }
    bool rewind() override {
        left_ = all_;
        return true;
    }

private:
    std::string_view all_;
    std::string_view left_;
};

void get(const load& what) {
    const auto made =
        bench::on_other_core([&] { return std::make_unique<test::bulk_server>(what.bytes); });
    const test::bulk_server& server = *made;
    const awsxx::settings settings{.region = "us-east-1", .endpoint_url = server.url()};
    const awsxx::session session(bench::keys(), settings);
    const s3::get_object call{.bucket = "bucket", .key = "key"};
    const bench::plain_request seen = bench::plain(settings, call);
    bench::bare_transfer bare(seen.url, "", seen.lines);
    std::vector<char> memory(what.bytes);
    const auto cost = bench::compare(
        what.rounds, what.times, [&] { bare.get(memory); },
        [&] {
            awsxx::http::span_sink sink(memory);
            const auto got = session.try_call(call, sink);
            if (!got || sink.written().size() != what.bytes) std::abort();
        });
    bench::tell("growth.body", "GET", what.bytes, cost);
}

/// From memory, where the signature covers the body's hash, or from a stream that is not hashed.
void put(const load& what, const test::tls_identity& identity, bool streamed) {
    const auto made = bench::on_other_core(
        [&] { return std::make_unique<test::bulk_server>(what.bytes, &identity); });
    const test::bulk_server& server = *made;
    const awsxx::settings settings{
        .region = "us-east-1", .endpoint_url = server.url(), .ca_bundle = identity.ca_file()};
    const awsxx::session session(bench::keys(), settings);
    const std::string bytes(what.bytes, 'x');
    const auto body = [&] {
        return streamed
                   ? awsxx::http::body::stream(std::make_shared<memory_source>(bytes), bytes.size())
                   : awsxx::http::body::view(bytes);
    };
    s3::put_object call{.body = body(), .bucket = "bucket", .key = "key"};
    const bench::plain_request seen = bench::plain(settings, call);
    bench::bare_transfer bare(seen.url, identity.ca_file(), seen.lines);
    const auto cost = bench::compare(
        what.rounds, what.times, [&] { bare.put(bytes); },
        [&] {
            call.body = body();
            if (!session.try_call(call)) std::abort();
        });
    bench::tell("growth.body", streamed ? "PUT, stream" : "PUT, memory", what.bytes, cost);
}

}  // namespace

int main() {
    const test::tls_identity identity;
    for (const load& what : {load{0, 100, 51}, load{1 << 10, 100, 51}, load{32 << 10, 60, 51},
                             load{1 << 20, 10, 51}, load{64 << 20, 1, 21}}) {
        get(what);
        put(what, identity, false);
        put(what, identity, true);
    }
}
