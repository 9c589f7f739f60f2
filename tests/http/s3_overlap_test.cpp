// SPDX-License-Identifier: MIT
#include <awsxx/core/system_clock.hpp>
#include <awsxx/recipes/s3_overlap.hpp>  // first: it must compile on its own

#include <awsxx/recipes/s3_download.hpp>
#include <awsxx/recipes/s3_upload.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>
#include <support/http_server.hpp>
#include <support/providers.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

using namespace awsxx;
using namespace awsxx::recipes::s3;

namespace {

const std::string content(95, 'x');  // ten parts of ten

session session_with(const test::http_server& server) {
    settings choices{.region = "eu-west-1", .endpoint_url = server.url()};
    choices.outside = testing::isolated_world(std::make_shared<system_clock>());
    return session(test::keys("AKID"), choices);
}

/// Lets nobody pass before so many are there. Those who wait in vain pass after a while.
class meeting {
public:
    explicit meeting(int wanted) : wanted_(wanted) {}
    void come() {
        std::unique_lock lock(mutex_);
        ++there_;
        changed_.notify_all();
        met_ &=
            changed_.wait_for(lock, std::chrono::seconds(10), [this] { return there_ >= wanted_; });
    }
    bool all_met() {
        const std::lock_guard lock(mutex_);
        return met_ && there_ >= wanted_;
    }

private:
    std::mutex mutex_{};
    std::condition_variable changed_{};
    int wanted_;
    int there_ = 0;
    bool met_ = true;
};

std::string range_of(const test::received& what) {
    const auto at = what.head.find("bytes=");
    if (at == what.head.npos) return {};
    return what.head.substr(at + 6, what.head.find('\r', at) - at - 6);
}

test::reply piece(const std::string& object, const std::string& range) {
    const auto begin = std::stoul(range);
    const auto end =
        std::min<std::size_t>(std::stoul(range.substr(range.find('-') + 1)), object.size() - 1);
    return test::answer(206, object.substr(begin, end - begin + 1),
                        "ETag: \"e\"\r\nContent-Range: bytes " + std::to_string(begin) + "-" +
                            std::to_string(end) + "/" + std::to_string(object.size()) + "\r\n");
}

error stopped_upload(const test::http_server& server, std::stop_token stop, milliseconds at_most) {
    const upload_options how{.part_size = 10, .parts_from = 20, .stop = stop, .at_most = at_most};
    const auto done = try_upload({.body = http::body::view(content), .bucket = "b", .key = "key"},
                                 session_with(server), how);
    REQUIRE_FALSE(done);
    return done.error();
}
error stopped_download(const test::http_server& server, std::stop_token stop,
                       milliseconds at_most) {
    std::string got;
    const auto done = try_download({.bucket = "b", .key = "key"}, got, session_with(server),
                                   {.stop = stop, .at_most = at_most});
    REQUIRE_FALSE(done);
    return done.error();
}

}  // namespace

TEST_CASE("overlap: parts of an upload are under way at the same time, on one thread") {
    meeting four(4);
    std::set<std::thread::id> threads;
    test::http_server server([&](const test::received& what) {
        if (what.line().starts_with("POST") && what.line().find("?uploads") != std::string::npos)
            return test::answer(200, "<R><UploadId>u</UploadId></R>");
        if (what.head.starts_with("POST")) return test::answer(200, "<R><ETag>\"w\"</ETag></R>");
        four.come();
        return test::answer(200, "", "ETag: \"e\"\r\n");
    });

    const auto done = try_upload(
        {.body = http::body::view(content), .bucket = "bucket", .key = "key"}, session_with(server),
        {.part_size = 10,
         .parts_from = 20,
         .at_once = 4,
         .progress = [&](const transfer_progress&) {
             threads.insert(std::this_thread::get_id());
         }});

    if (!done) FAIL(to_string(done.error()));
    CHECK(done->parts == 10);
    CHECK(four.all_met());
    CHECK(threads == std::set<std::thread::id>{std::this_thread::get_id()});
    CHECK(server.connections() <= 5);
}

TEST_CASE("overlap: ranges that come in another order are handed on in theirs") {
    std::string object;
    for (int i = 0; i < 95; ++i) object += static_cast<char>('0' + i % 75);
    meeting three(3);
    std::mutex mutex;
    std::condition_variable changed;
    bool third_came = false;
    test::http_server server([&](const test::received& what) {
        const std::string range = range_of(what);
        if (range == "10-19" || range == "20-29" || range == "30-39") three.come();
        if (range == "10-19") {  // the last of the three
            std::unique_lock lock(mutex);
            changed.wait_for(lock, std::chrono::seconds(10), [&] { return third_came; });
        }
        if (range == "30-39") {
            const std::lock_guard lock(mutex);
            third_came = true;
            changed.notify_all();
        }
        return piece(object, range);
    });
    std::string got;

    const auto done = try_download({.bucket = "bucket", .key = "key"}, got, session_with(server),
                                   {.range_size = 10, .at_once = 3});

    if (!done) FAIL(to_string(done.error()));
    CHECK(got == object);
    CHECK(done->size == 95);
    CHECK(three.all_met());
}

TEST_CASE("overlap: parts and ranges under way end with the stop token and with the time") {
    for (const bool by_time : {false, true}) {
        for (const bool up : {true, false}) {
            CAPTURE(up, by_time);
            std::stop_source stop;
            test::http_server server([&](const test::received& what) -> test::reply {
                if (what.line().starts_with("POST"))
                    return test::answer(200, "<R><UploadId>u</UploadId></R>");
                if (what.line().starts_with("DELETE")) return test::answer(204, "");
                if (!by_time) stop.request_stop();  // on the server's thread
                return {"", test::reply::then::hold};
            });
            const milliseconds at_most(by_time ? 50 : 60'000);

            const error failed = up ? stopped_upload(server, stop.get_token(), at_most)
                                    : stopped_download(server, stop.get_token(), at_most);

            CHECK(failed.code == (up ? "UploadFailed" : "DownloadFailed"));
            CHECK(failed.kind == (by_time ? error_kind::timeout : error_kind::cancelled));
            CHECK(failed.message.ends_with("was given up") == up);
        }
    }
}

TEST_CASE("overlap: a range that is refused ends those beside it") {
    const std::string object(95, 'y');
    test::http_server server([&](const test::received& what) -> test::reply {
        const std::string range = range_of(what);
        if (range == "20-29") return test::answer(403, "<Error><Code>AccessDenied</Code></Error>");
        if (range == "10-19") return {"", test::reply::then::hold};
        return piece(object, range);
    });
    std::string got;

    const auto done = try_download({.bucket = "bucket", .key = "key"}, got, session_with(server),
                                   {.range_size = 10, .at_once = 3});

    REQUIRE_FALSE(done);
    CHECK(done.error().cause->code == "AccessDenied");
    CHECK(got == object.substr(0, 10));
}
