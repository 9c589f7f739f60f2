// SPDX-License-Identifier: MIT
// Large objects go to a radosgw in parts and come back by ranges, as programs do that.
#include <servers/radosgw.hpp>

#include <awsxx/http/file_body.hpp>
#include <awsxx/recipes/s3_download.hpp>
#include <awsxx/recipes/s3_upload.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stop_token>
#include <string>

#include <unistd.h>

namespace {

using namespace test::radosgw;
namespace s3 = awsxx::s3;
using awsxx::recipes::s3::download_options;
using awsxx::recipes::s3::transfer_progress;
using awsxx::recipes::s3::upload_options;

constexpr std::uint64_t part = 5u << 20;

template <class T>
T good(awsxx::expected<T> answer) {
    if (!answer) FAIL(to_string(answer.error()));
    return *std::move(answer);
}

/// Two parts and a piece.
std::string large_content() {
    std::string content(2 * part + 12'345, '\0');
    unsigned state = 7;
    for (char& c : content) c = static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
    return content;
}

struct file {
    explicit file(const std::string& content) {
        std::array<char, 32> name{"/tmp/awsxx-test.XXXXXX"};
        const int made = ::mkstemp(name.data());
        REQUIRE(made >= 0);
        ::close(made);
        path = name.data();
        std::ofstream(path, std::ios::binary) << content;
    }
    file(const file&) = delete;
    file& operator=(const file&) = delete;
    ~file() { std::remove(path.c_str()); }
    std::string content() const {
        std::ifstream from(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(from), {}};
    }
    std::string path{};
};

std::string got(const awsxx::session& by, const std::string& key) {
    return good(by.try_call(s3::get_object{.bucket = variable("RGW_BUCKET"), .key = key})).body;
}

s3::put_object put(std::string key, awsxx::http::body body = {}) {
    return {.body = std::move(body), .bucket = variable("RGW_BUCKET"), .key = std::move(key)};
}
s3::get_object get(std::string key) {
    return {.bucket = variable("RGW_BUCKET"), .key = std::move(key)};
}

}  // namespace

TEST_CASE("radosgw, transfers: memory, files and streams go up in parts") {
    const std::string content = large_content();
    const file from(content);
    const upload_options how{.part_size = part, .parts_from = part};
    for (const auto& settings : {over_http(), over_tls()}) {
        const awsxx::session by(user_keys(), settings);
        const auto memory = awsxx::recipes::s3::try_upload(
            put("parts of memory", awsxx::http::body::view(content)), by, how);
        const auto disk =
            awsxx::recipes::s3::try_upload_file(from.path, put("parts of a file"), by, how);
        const auto source = good(awsxx::http::file_body(from.path));
        const auto stream = awsxx::recipes::s3::try_upload_stream(
            *source.source(), put("parts of a stream"), by, how);

        CHECK(good(memory).parts == 3);
        CHECK(good(disk).parts == 3);
        CHECK(good(stream).size == content.size());
        for (const char* key : {"parts of memory", "parts of a file", "parts of a stream"}) {
            CAPTURE(key);
            CHECK((got(by, key) == content));
        }
    }
}

TEST_CASE("radosgw, transfers: checksums that were chosen go with parts and whole") {
    const awsxx::session by(user_keys(), over_tls());
    auto what = put("summed parts", awsxx::http::body::view("0123456789"));
    for (const auto algorithm : {s3::checksum_algorithm::crc32, s3::checksum_algorithm::sha256}) {
        what.checksum_algorithm = std::string(algorithm);
        const auto done = awsxx::recipes::s3::try_upload(what, by, {.parts_from = 1});
        CHECK(good(done).parts == 1);
        CHECK(got(by, "summed parts") == "0123456789");
    }
}

TEST_CASE("radosgw, transfers: an upload that was stopped is resumed") {
    const std::string content = large_content();
    const file from(content);
    const awsxx::session by(user_keys(), over_http());
    std::stop_source stop;
    std::string id;
    const auto stopped =
        awsxx::recipes::s3::try_upload_file(from.path, put("resumed"), by,
                                            {.part_size = part,
                                             .parts_from = part,
                                             .at_once = 1,
                                             .keep_on_failure = true,
                                             .progress =
                                                 [&](const transfer_progress& now) {
                                                     id = now.upload_id;
                                                     if (now.bytes >= 2 * part) stop.request_stop();
                                                 },
                                             .stop = stop.get_token()});
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().kind == awsxx::error_kind::cancelled);
    REQUIRE_FALSE(id.empty());

    const auto done =
        awsxx::recipes::s3::try_upload_file(from.path, put("resumed"), by, {.resume = id});

    CHECK(good(done).parts_kept == 2);
    CHECK(done->parts == 3);
    CHECK((got(by, "resumed") == content));
}

TEST_CASE("radosgw, transfers: an upload that fails leaves nothing") {
    const awsxx::session by(user_keys(), over_http());
    std::stop_source stop;
    const std::string content = large_content();
    const auto stopped =
        awsxx::recipes::s3::try_upload(put("given up", awsxx::http::body::view(content)), by,
                                       {.part_size = part,
                                        .parts_from = part,
                                        .progress =
                                            [&](const transfer_progress& now) {
                                                if (now.bytes > 0) stop.request_stop();
                                            },
                                        .stop = stop.get_token()});
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().message.find("was given up") != std::string::npos);
    for (const auto& one :
         good(by.try_call(s3::list_multipart_uploads{.bucket = variable("RGW_BUCKET")})).uploads)
        CHECK(one.key != "given up");
}

TEST_CASE("radosgw, transfers: an object comes by ranges into memory and files") {
    const std::string content = large_content();
    for (const auto& settings : {over_http(), over_tls()}) {
        const awsxx::session by(user_keys(), settings);
        good(by.try_call(put("by ranges", awsxx::http::body::view(content))));
        good(by.try_call(put("empty")));
        const download_options how{.range_size = 1'000'000};
        const file to("before");
        std::string memory;

        CHECK(good(awsxx::recipes::s3::try_download(get("by ranges"), memory, by, how)).size ==
              content.size());
        CHECK((memory == content));
        good(awsxx::recipes::s3::try_download_file(to.path, get("by ranges"), by, how));
        CHECK((to.content() == content));
        good(awsxx::recipes::s3::try_download_file(to.path, get("empty"), by, how));
        CHECK(to.content().empty());
    }
}

TEST_CASE("radosgw, transfers: an object that changes while it comes is noticed") {
    const awsxx::session by(user_keys(), over_http());
    good(by.try_call(put("changes", "the first content")));
    std::string memory;
    const auto done = awsxx::recipes::s3::try_download(
        get("changes"), memory, by,
        {.range_size = 5, .at_once = 1, .progress = [&](const transfer_progress& now) {
             if (now.bytes == 5) good(by.try_call(put("changes", "the other content")));
         }});
    REQUIRE_FALSE(done);
    CHECK(done.error().cause->code == "ObjectChanged");
}
