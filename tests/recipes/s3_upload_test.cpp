// SPDX-License-Identifier: MIT
#include <awsxx/recipes/s3_upload.hpp>

#include <awsxx/codec/checksum.hpp>
#include <awsxx/http/callback_body.hpp>

#include <support/catch.hpp>
#include <support/fake_store.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

#include <unistd.h>

using namespace awsxx;
using namespace awsxx::recipes::s3;

namespace {

const std::string content = "0123456789abcdefghijklmno";  // 25 bytes: 3 parts of 10

http::body in_memory() { return http::body::view(content); }
upload_options in_tens() { return {.part_size = 10, .parts_from = 20}; }

/// Hands the content out by three bytes, once.
http::body once() {
    const auto at = std::make_shared<std::size_t>(0);
    return http::callback_body(
        [at](std::span<char> room) -> expected<std::size_t> {
            const auto size = std::min({room.size(), content.size() - *at, std::size_t{3}});
            content.copy(room.data(), size, *at);
            *at += size;
            return size;
        },
        content.size());
}

std::string temporary_file(const std::string& holds) {
    std::array<char, 32> path{"/tmp/awsxx-test.XXXXXX"};
    const int file = ::mkstemp(path.data());
    REQUIRE(file >= 0);
    REQUIRE(::write(file, holds.data(), holds.size()) == static_cast<ssize_t>(holds.size()));
    ::close(file);
    return path.data();
}

constexpr auto elsewhere = "http://store.example";

const std::vector<std::string> three_parts = {
    "POST /key?uploads", "PUT /key?partNumber=1&uploadId=upload1&x-id=UploadPart",
    "PUT /key?partNumber=2&uploadId=upload1&x-id=UploadPart",
    "PUT /key?partNumber=3&uploadId=upload1&x-id=UploadPart", "POST /key?uploadId=upload1"};

std::string sorted_query(std::string call) {
    const std::size_t mark = call.find('?');
    if (mark == call.npos) return call;
    std::vector<std::string> all;
    std::string_view query = std::string_view(call).substr(mark + 1);
    while (!query.empty()) all.emplace_back(text::take_until(query, '&'));
    std::sort(all.begin(), all.end());
    std::string sorted = call.substr(0, mark);
    for (std::size_t i = 0; i < all.size(); ++i) sorted += (i == 0 ? "?" : "&") + all[i];
    return sorted;
}
std::vector<std::string> calls_of(const test::fake_store& store) {
    std::vector<std::string> all;
    for (const auto& call : store.calls) all.push_back(sorted_query(call));
    return all;
}

std::optional<std::string_view> header(const http::request& of, std::string_view name) {
    return of.headers.find(name);
}

}  // namespace

TEST_CASE("upload: a small body goes by one PutObject") {
    const test::store_scene scene;
    const auto done =
        try_upload({.body = "small", .bucket = "bucket", .key = "key"}, scene.session(elsewhere));
    REQUIRE(done);
    CHECK(done->size == 5);
    CHECK(done->parts == 0);
    CHECK(done->upload_id.empty());
    CHECK_FALSE(done->e_tag.empty());
    CHECK(scene.store->calls == std::vector<std::string>{"PUT /key?x-id=PutObject"});
    CHECK(scene.store->objects["/key"] == "small");
}

TEST_CASE("upload: a large body goes in parts, wherever it comes from") {
    const std::string path = temporary_file(content);
    for (int kind = 0; kind < 4; ++kind) {
        CAPTURE(kind);
        const test::store_scene scene;
        const auto by = scene.session(elsewhere);
        const s3::put_object what{.bucket = "bucket", .key = "key"};
        auto with = what;
        if (kind == 0) with.body = in_memory();
        if (kind == 1) with.body = once();
        const http::body endless = once();

        const auto done = kind < 2    ? try_upload(with, by, in_tens())
                          : kind == 2 ? try_upload_file(path, what, by, in_tens())
                                      : try_upload_stream(*endless.source(), what, by, in_tens());

        if (!done) FAIL(to_string(done.error()));
        CHECK(done->size == 25);
        CHECK(done->parts == 3);
        CHECK(done->parts_kept == 0);
        CHECK(done->upload_id == "upload1");
        CHECK(done->e_tag == "\"whole-2\"");
        CHECK(calls_of(*scene.store) == three_parts);
        CHECK(scene.store->objects["/key"] == content);
    }
    std::remove(path.c_str());
}

TEST_CASE("upload: a body that was sent before is sent from its begin again") {
    const std::string path = temporary_file(content + " and more");
    const test::store_scene scene;
    const auto by = scene.session(elsewhere);
    const s3::put_object what{
        .body = *http::file_body(path, 0, content.size()), .bucket = "bucket", .key = "key"};
    for (int i = 0; i < 2; ++i) {
        REQUIRE(try_upload(what, by, in_tens()));
        CHECK(scene.store->objects["/key"] == content);
    }
    std::remove(path.c_str());
}

TEST_CASE("upload: its first call has no more time than the whole") {
    const test::store_scene scene;
    auto how = in_tens();
    how.at_most = std::chrono::seconds(7);
    std::stop_source stop;
    how.stop = stop.get_token();
    scene.store->seen = [&](const http::exchange& with) {
        if (!scene.store->calls.empty()) return;
        CHECK(with.limits.total > milliseconds::zero());
        CHECK(with.limits.total <= std::chrono::seconds(7));
        CHECK(with.stop.stop_possible());
    };
    CHECK(try_upload({.body = in_memory(), .bucket = "bucket", .key = "key"},
                     scene.session(elsewhere), how));
}

TEST_CASE("upload: what fits into its last part exactly has no empty one behind it") {
    for (const bool stream : {false, true}) {
        const test::store_scene scene;
        const auto by = scene.session(elsewhere);
        const http::body endless = once();
        const upload_options in_fives{.part_size = 5, .parts_from = 1};
        const s3::put_object what{.body = in_memory(), .bucket = "bucket", .key = "key"};

        const auto done = stream ? try_upload_stream(*endless.source(), what, by, in_fives)
                                 : try_upload(what, by, in_fives);

        REQUIRE(done);
        CHECK(done->parts == 5);
        CHECK(scene.store->objects["/key"] == content);
    }
}

TEST_CASE("upload: a stream of unknown length that is short goes by one PutObject") {
    const test::store_scene scene;
    const http::body endless = once();
    const auto done = try_upload_stream(*endless.source(), {.bucket = "bucket", .key = "key"},
                                        scene.session(elsewhere));
    REQUIRE(done);
    CHECK(done->parts == 0);
    CHECK(scene.store->objects["/key"] == content);
}

TEST_CASE("upload: for AWS, parts and whole have checksums; elsewhere only where one is chosen") {
    const auto whole = *codec::checksum_of(content, model::crc64nvme);
    const auto second = *codec::checksum_of("abcdefghij", model::crc64nvme);
    for (const bool aws : {true, false}) {
        CAPTURE(aws);
        const test::store_scene scene;
        const auto by = aws ? scene.session() : scene.session(elsewhere);
        s3::put_object what{.body = in_memory(), .bucket = "bucket", .key = "key"};
        REQUIRE(try_upload(what, by, in_tens()));
        const auto& sent = scene.store->requests;
        REQUIRE(sent.size() == 5);
        CHECK(header(sent[0], "x-amz-checksum-algorithm").value_or("") == (aws ? "CRC64NVME" : ""));
        CHECK(header(sent[0], "x-amz-checksum-type").value_or("") == (aws ? "FULL_OBJECT" : ""));
        CHECK(header(sent[2], "x-amz-checksum-crc64nvme").value_or("") == (aws ? second : ""));
        CHECK_FALSE(header(sent[2], "x-amz-checksum-crc32"));
        CHECK_FALSE(header(sent[2], "content-md5"));
        CHECK(header(sent[4], "x-amz-checksum-crc64nvme").value_or("") == (aws ? whole : ""));
        CHECK(header(sent[4], "x-amz-mp-object-size").value_or("") == (aws ? "25" : ""));
        const std::string part = "<ChecksumCRC64NVME>" + second + "</ChecksumCRC64NVME>";
        CHECK((sent[4].body.bytes().find(part) != std::string_view::npos) == aws);
    }
}

TEST_CASE("upload: a checksum that cannot be put together is one of the parts' checksums") {
    const test::store_scene scene;
    const auto done = try_upload({.body = in_memory(),
                                  .bucket = "bucket",
                                  .checksum_algorithm = s3::checksum_algorithm::sha256,
                                  .key = "key"},
                                 scene.session(elsewhere), in_tens());
    REQUIRE(done);
    const auto& sent = scene.store->requests;
    CHECK(header(sent[0], "x-amz-checksum-type") == "COMPOSITE");
    CHECK(header(sent[1], "x-amz-checksum-sha256") ==
          *codec::checksum_of("0123456789", model::sha256));
    CHECK_FALSE(header(sent[4], "x-amz-checksum-sha256"));
    CHECK(header(sent[4], "x-amz-checksum-type") == "COMPOSITE");
}

TEST_CASE("upload: an answer with another checksum of the whole is a failure") {
    const test::store_scene scene;
    scene.store->first = [](const http::request& what) -> std::optional<expected<http::response>> {
        if (what.method != "POST" || what.target.query.find("uploadId") == std::string::npos)
            return {};
        return test::fake_store::told(
            200, "<R><ETag>x</ETag><ChecksumCRC64NVME>AAAAAAAAAAA=</ChecksumCRC64NVME></R>");
    };
    const auto done = try_upload({.body = in_memory(), .bucket = "bucket", .key = "key"},
                                 scene.session(), in_tens());
    REQUIRE_FALSE(done);
    CHECK(done.error().cause->code == "ChecksumMismatch");
    CHECK(done.error().message == "bucket/key: upload upload1 was completed");
}

TEST_CASE("upload: what is said of the object goes with the beginning of its upload") {
    const test::store_scene scene;
    REQUIRE(try_upload({.body = in_memory(),
                        .bucket = "bucket",
                        .content_type = "text/plain",
                        .if_none_match = "*",
                        .key = "key",
                        .metadata = {{"colour", "red"}},
                        .expected_bucket_owner = "111122223333"},
                       scene.session(elsewhere), in_tens()));
    const auto& sent = scene.store->requests;
    CHECK(header(sent[0], "content-type") == "text/plain");
    CHECK(header(sent[0], "x-amz-meta-colour") == "red");
    CHECK_FALSE(header(sent[0], "if-none-match"));
    CHECK_FALSE(header(sent[1], "x-amz-meta-colour"));
    CHECK(header(sent[4], "if-none-match") == "*");
    for (const auto& one : sent)
        CHECK(header(one, "x-amz-expected-bucket-owner") == "111122223333");
}

TEST_CASE("upload: a failure gives the upload up") {
    const test::store_scene scene;
    scene.store->first = [](const http::request& what) -> std::optional<expected<http::response>> {
        if (what.target.query.find("partNumber=2") == std::string::npos) return {};
        return test::fake_store::refused(403, "AccessDenied");
    };
    const auto done = try_upload({.body = in_memory(), .bucket = "bucket", .key = "key"},
                                 scene.session(elsewhere), in_tens());
    REQUIRE_FALSE(done);
    CHECK(done.error().code == "UploadFailed");
    CHECK(done.error().kind == error_kind::denied);
    CHECK(done.error().message == "bucket/key: upload upload1 was given up");
    CHECK(done.error().cause->code == "AccessDenied");
    CHECK(scene.store->uploads.empty());
    CHECK(scene.store->objects.empty());
}

TEST_CASE("upload: an object that was completed while the answer got lost is there") {
    for (const bool same : {true, false}) {
        const test::store_scene scene;
        std::vector<s3::completed_part> parts;
        for (const char* part : {"0123456789", "abcdefghij", "klmno"})
            parts.push_back({.e_tag = test::fake_store::tag_of(part)});
        const std::string tag = same ? recipes::s3::detail::tag_of_parts(parts) : "other-3";
        int ends = 0;
        scene.store->first =
            [&](const http::request& what) -> std::optional<expected<http::response>> {
            if (what.method == "HEAD") {
                auto head = test::fake_store::told(200);
                head.headers.add("etag", "\"" + tag + "\"");
                return head;
            }
            const bool end =
                what.method == "POST" && what.target.query.find("uploadId") != std::string::npos;
            if (!end || ++ends > 1) return {};
            REQUIRE(scene.store->for_upload(what, "upload1", "/key").status == 200);
            return test::fake_store::refused(503, "SlowDown");
        };
        const auto done = try_upload({.body = in_memory(), .bucket = "bucket", .key = "key"},
                                     scene.session(elsewhere), in_tens());
        CHECK(ends == 2);
        CHECK(done.has_value() == same);
        if (done) CHECK(done->e_tag == "\"" + tag + "\"");
        if (!done) CHECK(done.error().cause->code == "NoSuchUpload");
    }
}

namespace {

bool is_end(const http::request& what) {
    return what.method == "POST" && what.target.query.find("uploadId") != std::string::npos;
}
error lost() {
    return {.kind = error_kind::network, .retryable = true, .code = "ConnectionBroken"};
}

}  // namespace

TEST_CASE("upload: an end without an answer that can be read is looked for in the store") {
    enum class end { is_lost, is_unreadable, is_failure };
    enum class found { same, before, other, none };  // before: of an earlier upload
    for (const auto how : {end::is_lost, end::is_unreadable, end::is_failure})
        for (const auto there : {found::same, found::before, found::other, found::none}) {
            CAPTURE(how, there);
            const test::store_scene scene;
            std::vector<s3::completed_part> parts;
            for (const char* part : {"0123456789", "abcdefghij", "klmno"})
                parts.push_back({.e_tag = test::fake_store::tag_of(part)});
            const std::string tag =
                there == found::other ? "other-3" : recipes::s3::detail::tag_of_parts(parts);
            scene.store->first =
                [&](const http::request& what) -> std::optional<expected<http::response>> {
                if (what.method == "HEAD" && there == found::none)
                    return test::fake_store::told(404);
                if (what.method == "HEAD") {
                    auto head = test::fake_store::told(200);
                    head.headers.add("etag", "\"" + tag + "\"");
                    return head;
                }
                if (!is_end(what)) return {};
                if (there == found::same || there == found::other)
                    scene.store->for_upload(what, "upload1", "/key");
                if (how == end::is_lost) return expected<http::response>(lost());
                if (how == end::is_unreadable) return test::fake_store::told(200, "<R><ETa");
                return test::fake_store::refused(500, "InternalError");
            };
            const auto done = try_upload({.body = in_memory(), .bucket = "bucket", .key = "key"},
                                         scene.session(elsewhere), in_tens());
            CHECK(done.has_value() == (there == found::same));
            if (done) CHECK(done->e_tag == "\"" + tag + "\"");
            if (done) continue;
            const bool clear = there != found::other && how == end::is_failure;
            CHECK(done.error().message ==
                  (clear ? "bucket/key: upload upload1 was given up"
                         : "bucket/key: upload upload1 may have been completed, and is not given "
                           "up"));
            CHECK(scene.store->uploads.empty() == (clear || there == found::other));
        }
}

TEST_CASE("upload: an end that S3 refuses at once is no matter of doubt") {
    const test::store_scene scene;
    scene.store->first = [](const http::request& what) -> std::optional<expected<http::response>> {
        if (!is_end(what)) return {};
        return test::fake_store::refused(412, "PreconditionFailed");
    };
    const auto done = try_upload({.body = in_memory(), .bucket = "bucket", .key = "key"},
                                 scene.session(elsewhere), in_tens());
    REQUIRE_FALSE(done);
    CHECK(done.error().message == "bucket/key: upload upload1 was given up");
    CHECK(scene.store->uploads.empty());
}

TEST_CASE("upload: one that begins without an id is a malformed answer") {
    const test::store_scene scene;
    scene.store->first = [](const http::request&) -> std::optional<expected<http::response>> {
        return test::fake_store::told(200, "<R><UploadId></UploadId></R>");
    };
    const auto done = try_upload({.body = in_memory(), .bucket = "bucket", .key = "key"},
                                 scene.session(elsewhere), in_tens());
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == error_kind::malformed_answer);
    CHECK(done.error().cause->code == "NoUploadId");
    CHECK(scene.store->calls.size() == 1);
}

TEST_CASE("upload: one that is resumed goes on with its checksum, if that can be computed") {
    for (const char* name : {"CRC32", "CRC64NVME", "XXHASH64"}) {
        CAPTURE(name);
        const test::store_scene scene;
        auto& begun = scene.store->uploads["old"];
        begun.algorithm = name;
        begun.parts[1] = "0123456789";
        auto how = in_tens();
        how.resume = "old";
        const auto done = try_upload({.body = in_memory(), .bucket = "bucket", .key = "key"},
                                     scene.session(elsewhere), how);
        CHECK(done.has_value() == (name != std::string_view("XXHASH64")));
        const auto& last = scene.store->requests.back();
        if (done) {
            CHECK(header(last, "x-amz-checksum-type") ==
                  (name == std::string_view("CRC32") ? "COMPOSITE" : "FULL_OBJECT"));
        } else {
            CHECK(done.error().kind == error_kind::invalid_argument);
            CHECK(done.error().cause->code == "UnknownChecksum");
            CHECK(scene.store->calls.size() == 1);
            CHECK(scene.store->uploads.size() == 1);
        }
    }
}

TEST_CASE("upload: one that is kept is resumed with the parts that are not there or not the same") {
    for (const bool aws : {true, false}) {
        CAPTURE(aws);
        const test::store_scene scene;
        const auto by = aws ? scene.session() : scene.session(elsewhere);
        bool broken = true;
        scene.store->first =
            [&](const http::request& what) -> std::optional<expected<http::response>> {
            if (!broken || what.target.query.find("partNumber=3") == std::string::npos) return {};
            return test::fake_store::refused(403, "AccessDenied");
        };
        auto how = in_tens();
        how.keep_on_failure = true;
        const s3::put_object what{.body = in_memory(), .bucket = "bucket", .key = "key"};
        const auto failed = try_upload(what, by, how);
        REQUIRE_FALSE(failed);
        CHECK(failed.error().message == "bucket/key: upload upload1 is kept");
        broken = false;
        scene.store->uploads["upload1"].parts[2] = "ABCDEFGHIJ";
        scene.store->uploads["upload1"].checksums[2] = aws ? "AAAAAAAAAAA=" : "";
        scene.store->calls.clear();
        how.resume = "upload1";

        const auto done = try_upload(what, by, how);

        if (!done) FAIL(to_string(done.error()));
        CHECK(done->parts == 3);
        CHECK(done->parts_kept == 1);
        CHECK(done->size == 25);
        CHECK(scene.store->objects.begin()->second == content);
        CHECK(scene.store->calls.size() == 4);  // a listing, two parts, the end
    }
}

TEST_CASE(
    "upload: one that is resumed reads all pages of its parts, and parts as large as before") {
    const test::store_scene scene;
    const std::string large(26u << 20, 'x');
    auto& begun = scene.store->uploads["old"];
    for (int i = 1; i <= 4; ++i) begun.parts[i] = large.substr(0, 6u << 20);
    const auto done =
        try_upload({.body = http::body::view(large), .bucket = "bucket", .key = "key"},
                   scene.session(elsewhere), {.resume = "old"});
    REQUIRE(done);
    CHECK(done->parts == 5);
    CHECK(done->parts_kept == 4);
    CHECK(scene.store->calls.size() == 4);
}

TEST_CASE("upload: one that cannot be resumed is no reason to give anything up") {
    const test::store_scene scene;
    const auto done = try_upload({.body = in_memory(), .bucket = "bucket", .key = "key"},
                                 scene.session(elsewhere), {.resume = "gone"});
    REQUIRE_FALSE(done);
    CHECK(done.error().cause->code == "NoSuchUpload");
    CHECK(done.error().kind == error_kind::not_found);
    CHECK(scene.store->calls.size() == 1);
}

TEST_CASE("upload: progress is told at the beginning and after each part") {
    const test::store_scene scene;
    std::vector<std::string> told;
    auto how = in_tens();
    how.progress = [&](const transfer_progress& now) {
        told.push_back(std::to_string(now.bytes) + "/" + std::to_string(now.size.value_or(0)) +
                       " " + std::string(now.upload_id));
    };
    REQUIRE(try_upload({.body = in_memory(), .bucket = "bucket", .key = "key"},
                       scene.session(elsewhere), how));
    CHECK(told == std::vector<std::string>{"0/25 upload1", "10/25 upload1", "20/25 upload1",
                                           "25/25 upload1"});
}

TEST_CASE("upload: it is stopped before its next part, and by its time") {
    for (const bool by_time : {false, true}) {
        const test::store_scene scene;
        std::stop_source stop;
        auto how = in_tens();
        how.at_once = 1;
        how.stop = stop.get_token();
        how.at_most = std::chrono::seconds(10);
        how.progress = [&](const transfer_progress& now) {
            if (now.bytes < 20) return;
            if (by_time)
                scene.time->advance(std::chrono::seconds(10));
            else
                stop.request_stop();
        };
        const auto done = try_upload({.body = in_memory(), .bucket = "bucket", .key = "key"},
                                     scene.session(elsewhere), how);
        REQUIRE_FALSE(done);
        CHECK(done.error().kind == (by_time ? error_kind::timeout : error_kind::cancelled));
        CHECK(done.error().cause->code == (by_time ? "TransferTimedOut" : "TransferStopped"));
        CHECK(scene.store->uploads.empty());
        CHECK(calls_of(*scene.store).back() ==
              "DELETE /key?uploadId=upload1&x-id=AbortMultipartUpload");
    }
}

TEST_CASE("upload: a stream is read no further ahead than parts may be under way") {
    for (const int at_once : {1, 2}) {
        CAPTURE(at_once);
        const test::store_scene scene;
        std::size_t read = 0;
        std::size_t sent = 0;
        const std::string long_content(95, 'x');
        const auto from = http::callback_body(
            [&](std::span<char> room) -> expected<std::size_t> {
                const auto size =
                    std::min({room.size(), long_content.size() - read, std::size_t{7}});
                long_content.copy(room.data(), size, read);
                read += size;
                CHECK(read <= sent + static_cast<std::size_t>(at_once) * 10);
                return size;
            },
            long_content.size());
        auto how = in_tens();
        how.at_once = at_once;
        how.progress = [&](const transfer_progress& now) {
            sent = static_cast<std::size_t>(now.bytes);
        };
        const auto done = try_upload({.body = from, .bucket = "bucket", .key = "key"},
                                     scene.session(elsewhere), how);
        REQUIRE(done);
        CHECK(done->parts == 10);
        CHECK(scene.store->objects["/key"] == long_content);
    }
}

TEST_CASE("upload: nothing is under way while a slow stream is read") {
    const test::store_scene scene;
    std::size_t read = 0;
    std::size_t sent = 0;
    const std::string long_content(95, 'x');
    const auto from = http::callback_body(
        [&](std::span<char> room) -> expected<std::size_t> {
            CHECK(read <= sent + 10);  // the first part may wait for the second one
            scene.time->advance(std::chrono::seconds(30));
            const auto size = std::min({room.size(), long_content.size() - read, std::size_t{10}});
            long_content.copy(room.data(), size, read);
            read += size;
            return size;
        },
        long_content.size());
    auto how = in_tens();
    how.progress = [&](const transfer_progress& now) {
        sent = static_cast<std::size_t>(now.bytes);
    };
    REQUIRE(try_upload({.body = from, .bucket = "bucket", .key = "key"}, scene.session(elsewhere),
                       how));
    CHECK(scene.store->objects["/key"] == long_content);
}

TEST_CASE("upload: when a part fails those beside it end first, and no more are begun") {
    const test::store_scene scene;
    scene.store->first = [](const http::request& what) -> std::optional<expected<http::response>> {
        if (test::fake_store::parameter(what, "partNumber") != "2") return {};
        return test::fake_store::refused(403, "AccessDenied");
    };
    const std::string long_content(95, 'x');
    auto how = in_tens();
    how.at_once = 3;
    const auto done =
        try_upload({.body = http::body::view(long_content), .bucket = "bucket", .key = "key"},
                   scene.session(elsewhere), how);
    REQUIRE_FALSE(done);
    CHECK(done.error().cause->code == "AccessDenied");
    CHECK(scene.store->calls.size() == 5);  // the beginning, three parts, the end
    CHECK(scene.store->uploads.empty());
}

TEST_CASE("upload: a body that ends too early or a file that is not there fails") {
    const test::store_scene scene;
    const auto by = scene.session(elsewhere);
    const auto none = try_upload_file("/nonexistent/file", {.bucket = "b", .key = "k"}, by);
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == error_kind::invalid_argument);
    const auto nothing = http::callback_body(
        [](std::span<char>) -> expected<std::size_t> { return std::size_t{0}; }, 100);
    const auto early =
        try_upload({.body = nothing, .bucket = "bucket", .key = "key"}, by, in_tens());
    REQUIRE_FALSE(early);
    CHECK(early.error().cause->code == "CannotReadBody");
    CHECK(scene.store->uploads.empty());
}

TEST_CASE("upload: a file that changes meanwhile is noticed") {
    const test::store_scene scene;
    const std::string path = temporary_file(content);
    auto how = in_tens();
    how.progress = [&](const transfer_progress& now) {
        if (now.bytes == 10) REQUIRE(::truncate(path.c_str(), 24) == 0);
    };
    const auto done =
        try_upload_file(path, {.bucket = "bucket", .key = "key"}, scene.session(elsewhere), how);
    std::remove(path.c_str());
    REQUIRE_FALSE(done);
    CHECK(done.error().cause->code == "FileChanged");
    CHECK(scene.store->uploads.empty());
}

TEST_CASE("upload: a file that changes at its end is noticed, too") {
    for (const bool in_parts : {true, false}) {
        CAPTURE(in_parts);
        const test::store_scene scene;
        const std::string path = temporary_file(content);
        auto how = in_tens();
        if (!in_parts) how.parts_from = 100;
        how.progress = [&](const transfer_progress& now) {
            if (now.bytes == 25) REQUIRE(::truncate(path.c_str(), 24) == 0);
        };
        const auto done = try_upload_file(path, {.bucket = "bucket", .key = "key"},
                                          scene.session(elsewhere), how);
        std::remove(path.c_str());
        REQUIRE_FALSE(done);
        CHECK(done.error().cause->code == "FileChanged");
        CHECK(done.error().message ==
              (in_parts ? "bucket/key: upload upload1 was given up" : "bucket/key: it was stored"));
        CHECK(scene.store->uploads.empty());
        CHECK(scene.store->objects.empty() == in_parts);
    }
}

#if defined(__cpp_exceptions)
TEST_CASE("upload: what a source throws is its failure, and gives the upload up") {
    const test::store_scene scene;
    std::size_t given = 0;
    const auto from = http::callback_body(
        [&](std::span<char> room) -> expected<std::size_t> {
            if (given >= 10) throw std::runtime_error("the pipe broke");
            const std::size_t size = std::min<std::size_t>(room.size(), 10 - given);
            content.copy(room.data(), size, given);
            given += size;
            return size;
        },
        content.size());
    const auto done = try_upload_stream(*from.source(), {.bucket = "bucket", .key = "key"},
                                        scene.session(elsewhere), in_tens());
    REQUIRE_FALSE(done);
    CHECK(done.error().cause->code == "CallbackThrew");
    CHECK(done.error().cause->message == "the pipe broke");
    CHECK(done.error().message == "bucket/key: upload upload1 was given up");
    CHECK(scene.store->uploads.empty());
}
#endif

TEST_CASE("upload: a stream is not read after the stop, and its first part takes of the time") {
    for (const bool by_time : {false, true}) {
        const test::store_scene scene;
        std::stop_source stop;
        auto how = in_tens();
        how.stop = stop.get_token();
        how.at_most = std::chrono::seconds(10);
        if (!by_time) stop.request_stop();
        int reads = 0;
        const auto from = http::callback_body(
            [&](std::span<char>) -> expected<std::size_t> {
                ++reads;
                scene.time->advance(std::chrono::seconds(10));
                return std::size_t{0};
            },
            content.size());
        const auto done = try_upload_stream(*from.source(), {.bucket = "bucket", .key = "key"},
                                            scene.session(elsewhere), how);
        REQUIRE_FALSE(done);
        CHECK(done.error().cause->code == (by_time ? "TransferTimedOut" : "TransferStopped"));
        CHECK(reads == (by_time ? 1 : 0));
        CHECK(scene.store->calls.empty());
    }
}

TEST_CASE("upload: values that are of the whole body are refused") {
    const test::store_scene scene;
    const auto done = try_upload(
        {.body = "x", .bucket = "b", .content_md5 = "1B2M2Y8AsgTpgAmY7PhCfg==", .key = "k"},
        scene.session(elsewhere));
    REQUIRE_FALSE(done);
    CHECK(done.error().code == "InvalidUpload");
    CHECK(scene.store->calls.empty());
}
