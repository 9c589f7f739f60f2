// SPDX-License-Identifier: MIT
// Objects of 100 MB go to a radosgw and come back without lying in memory.
#include <servers/radosgw.hpp>

#include <awsxx/http/callback_body.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/recipes/s3_download.hpp>
#include <awsxx/recipes/s3_upload.hpp>
#include <awsxx/services/s3.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <unistd.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace {

using namespace test::radosgw;
namespace s3 = awsxx::s3;

constexpr std::uint64_t size = 100'000'000;

/// What is allocated now, in all arenas and mapped blocks.
std::size_t heap_in_use() {
#if defined(__GLIBC__)
    const auto now = ::mallinfo2();
    return now.uordblks + now.hblkhd;
#else
    return 0;
#endif
}

/// The most that was in use whenever somebody looked, beyond what was in the beginning.
class heap_growth {
public:
    void look() { most_ = std::max(most_, heap_in_use()); }
    std::size_t bytes() const { return most_ > begin_ ? most_ - begin_ : 0; }

private:
    std::size_t begin_ = heap_in_use();
    std::size_t most_ = 0;
};

char byte_at(std::uint64_t at) { return static_cast<char>((at * 2654435761u) >> 13); }

/// Made up as it is sent.
awsxx::http::body made_up(heap_growth& heap) {
    const auto at = std::make_shared<std::uint64_t>(0);
    return awsxx::http::callback_body(
        [at, &heap](std::span<char> room) -> awsxx::expected<std::size_t> {
            heap.look();
            const auto most = std::min<std::uint64_t>(room.size(), size - *at);
            for (std::size_t i = 0; i < most; ++i) room[i] = byte_at((*at)++);
            return static_cast<std::size_t>(most);
        },
        size,
        [at] {
            *at = 0;
            return true;
        });
}

/// Compares what comes with what was made up.
class comparing_sink final : public awsxx::http::body_sink {
public:
    explicit comparing_sink(heap_growth& heap) : heap_(&heap) {}
    awsxx::expected<void> write(std::string_view piece) override {
        heap_->look();
        for (const char c : piece) same_ &= c == byte_at(at_++);
        return {};
    }
    bool restart() override {
        at_ = 0;
        same_ = true;
        return true;
    }
    bool all_came() const { return same_ && at_ == size; }

private:
    heap_growth* heap_;
    std::uint64_t at_ = 0;
    bool same_ = true;
};

void check_streams(const awsxx::session& by) {
    const std::string bucket = variable("RGW_BUCKET");
    REQUIRE(by.try_call(s3::list_objects_v2{.bucket = bucket, .max_keys = 1}));  // it is warm
    heap_growth up;
    const auto put =
        by.try_call(s3::put_object{.body = made_up(up), .bucket = bucket, .key = "large"});
    if (!put) FAIL(to_string(put.error()));
    CHECK(up.bytes() < 1'000'000);
    heap_growth down;
    comparing_sink seen(down);

    const auto got = by.try_call(s3::get_object{.bucket = bucket, .key = "large"}, seen);

    if (!got) FAIL(to_string(got.error()));
    CHECK(got->content_length == size);
    CHECK(seen.all_came());
    CHECK(down.bytes() < 1'000'000);
    INFO("heap growth: " << up.bytes() << " up, " << down.bytes() << " down");
    CHECK(by.try_call(s3::delete_object{.bucket = bucket, .key = "large"}));
}

}  // namespace

TEST_CASE("radosgw, typed: 100 MB go up and down without lying in memory") {
    check_streams(awsxx::session(user_keys(), over_http()));
}

TEST_CASE("radosgw, typed: 100 MB go up and down over TLS without lying in memory") {
    check_streams(awsxx::session(user_keys(), over_tls()));
}

namespace {

/// Ranges that come before their turn lie in memory, and nothing else.
void check_files(int at_once, std::size_t down_at_most) {
    const awsxx::session by(user_keys(), over_http());
    std::array<char, 32> folder{"/tmp/awsxx-test.XXXXXX"};
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    const std::string path = std::string(folder.data()) + "/large";
    CHECK(std::ofstream(path));
    std::filesystem::resize_file(path, size);
    const std::string bucket = variable("RGW_BUCKET");
    REQUIRE(by.try_call(s3::list_objects_v2{.bucket = bucket, .max_keys = 1}));  // it is warm
    heap_growth heap;
    const auto look = [&](const awsxx::recipes::s3::transfer_progress&) { heap.look(); };

    const auto up = awsxx::recipes::s3::try_upload_file(
        path, {.bucket = bucket, .key = "large file"}, by, {.at_once = at_once, .progress = look});
    CHECK(heap.bytes() < 1'000'000);
    const auto down = awsxx::recipes::s3::try_download_file(
        path, {.bucket = bucket, .key = "large file"}, by, {.at_once = at_once, .progress = look});

    std::filesystem::remove_all(folder.data());
    if (!up) FAIL(to_string(up.error()));
    if (!down) FAIL(to_string(down.error()));
    CHECK(up->parts == 12);
    CHECK(down->size == size);
    CHECK(heap.bytes() < down_at_most);
    CHECK(by.try_call(s3::delete_object{.bucket = bucket, .key = "large file"}));
}

}  // namespace

TEST_CASE("radosgw, transfers: files of 100 MB go up in parts and come by ranges") {
    check_files(1, 1'000'000);
    check_files(4, 4 * (std::size_t{8} << 20));
}
