// SPDX-License-Identifier: MIT
#include <awsxx/recipes/s3_async.hpp>  // first: it must compile on its own

#include <awsxx/recipes/s3_download.hpp>
#include <awsxx/services/sts.hpp>

#include <support/catch.hpp>
#include <support/fake_store.hpp>
#include <support/tasks.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

using namespace awsxx;
using namespace awsxx::recipes::s3;

namespace {

const std::string elsewhere = "http://store.example";
const std::string content = "0123456789abcdefghijklmno";  // three parts of ten
const upload_options parts_of_ten{.part_size = 10, .parts_from = 20};
const s3::put_object whole{.body = http::body::view(content), .bucket = "bucket", .key = "key"};
const s3::get_object object{.bucket = "bucket", .key = "key"};

struct scene : test::store_scene {
    auto by() const { return session(elsewhere); }
    event_loop loop{{.time = std::shared_ptr<awsxx::clock>(std::shared_ptr<void>(), time.get())}};
};

}  // namespace

TEST_CASE("s3 async: an upload in parts goes on a program's loop, beside its other calls") {
    scene s;
    std::optional<expected<upload_result>> done;
    async_transfers(s.loop, s.by())
        .async_upload(whole, parts_of_ten,
                      [&](expected<upload_result> got) { done = std::move(got); });
    int others = 0;
    for (int i = 0; i < 3; ++i)
        s.by().async_call(s.loop, s3::list_buckets{}, [&](const auto&) { ++others; });
    CHECK_FALSE(done.has_value());
    s.loop.run();
    REQUIRE(done.has_value());
    REQUIRE(*done);
    CHECK((*done)->parts == 3);
    CHECK(s.store->objects["/key"] == content);
    CHECK(others == 3);
}

TEST_CASE("s3 async: a download comes by ranges, and as a future") {
    scene s;
    s.store->objects["/key"] = content;
    std::string room(content.size(), '\0');
    http::span_sink sink(room);
    auto later = async_transfers(s.loop, s.by()).async_download(object, sink, {.range_size = 10});
    s.loop.run();
    const auto done = later.get();
    if (!done) FAIL(to_string(done.error()));
    CHECK(done->size == content.size());
    CHECK(room == content);
}

TEST_CASE("s3 async: a coroutine sends a file and fetches it again") {
    scene s;
    const std::string path = "/tmp/awsxx-s3-async-test-" + std::to_string(::getpid());
    { std::ofstream(path) << content; }
    std::string failure;
    const s3::put_object to_be{.bucket = "bucket", .key = "key"};
    const auto transfer = [&]() -> test::task {
        const async_transfers with(s.loop, s.by());
        const auto sent = co_await with.try_co_upload_file(path, to_be, parts_of_ten);
        if (!sent) failure = to_string(sent.error());
        std::remove(path.c_str());
        const auto got = co_await with.try_co_download_file(path, object);
        if (!got) failure += to_string(got.error());
    };
    const test::task both = transfer();
    s.loop.run();
    CHECK(both.done());
    CHECK(failure.empty());
    std::ifstream in(path);
    CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == content);
    std::remove(path.c_str());
}

TEST_CASE(
    "s3 async: failures are told as by the blocking functions, and not from inside the verb") {
    scene s;
    std::string codes;
    async_transfers(s.loop, s.by())
        .async_download_file("/nonexistent/folder/file", object, {},
                             [&](const auto& done) { codes += done.error().code + " "; });
    std::stop_source stop;
    stop.request_stop();
    auto how = parts_of_ten;
    how.stop = stop.get_token();
    async_transfers(s.loop, s.by()).async_upload(whole, how, [&](const auto& done) {
        codes += done.error().code + " ";
    });
    CHECK(codes.empty());
    s.loop.run();
    CHECK(codes == "FileNotWritten UploadFailed ");
}

TEST_CASE(
    "s3 async: a loop that is destroyed ends transfers, one that is not awaited does nothing") {
    scene s;
    s.store->objects["/key"] = content;
    std::string room(content.size(), '\0');
    http::span_sink sink(room);
    std::string causes;
    const auto keep = [&](const auto& done) {
        REQUIRE_FALSE(done);
        causes += to_string(done.error());
    };
    {
        event_loop loop;
        async_transfers(loop, s.by()).async_upload(whole, parts_of_ten, keep);
        async_transfers(loop, s.by()).async_download(object, sink, {.range_size = 10}, keep);
        static_cast<void>(async_transfers(loop, s.by()).try_co_download(object, sink));
    }
    CHECK(causes.find("UploadFailed") != causes.npos);
    CHECK(causes.find("DownloadFailed") != causes.npos);
    CHECK(causes.find("LoopEnded") != causes.npos);
}

#if defined(__cpp_exceptions)
TEST_CASE("s3 async: a coroutine may have failures thrown") {
    scene s;
    s.store->objects["/key"] = content;
    const std::string path = "/tmp/awsxx-s3-async-throws-" + std::to_string(::getpid());
    std::string room(content.size(), '\0');
    http::span_sink sink(room);
    const s3::get_object missing{.bucket = "bucket", .key = "no-such-key"};
    const std::string no_path = "/no/such/file";
    const s3::put_object small{.bucket = "bucket", .key = "small"};
    std::string failures;
    const auto transfer = [&]() -> test::task {
        const async_transfers with(s.loop, s.by());
        co_await with.co_upload(small);
        co_await with.co_download_file(path, object);
        co_await with.co_upload_file(path, small);
        co_await with.co_download(object, sink);
        try {
            co_await with.co_download(missing, sink);
        } catch (const aws_error& why) {
            failures += why.code();
        }
        try {
            co_await with.co_upload_file(no_path, small);
        } catch (const aws_error& why) {
            failures += " " + why.code();
        }
    };
    const test::task all = transfer();
    s.loop.run();
    CHECK(all.done());
    CHECK(room == content);
    CHECK(s.store->objects["/small"] == content);
    CHECK(failures == "DownloadFailed FileUnusable");
    std::remove(path.c_str());
}
#endif

TEST_CASE("s3 async: a coroutine that is destroyed ends its transfer") {
    scene s;
    s.store->objects["/key"] = content;
    std::string room(content.size(), '\0');
    http::span_sink sink(room);
    {
        const auto transfer = [&]() -> test::task {
            const async_transfers with(s.loop, s.by());
            const download_options how{.range_size = 10};
            const auto got = co_await with.try_co_download(object, sink, how);
            static_cast<void>(got);
        };
        const test::task given_up = transfer();
        CHECK(s.loop.in_flight() == 1);
    }
    CHECK(s.loop.in_flight() == 0);
    s.loop.run();
}
