// SPDX-License-Identifier: MIT
#include <awsxx/recipes/s3_download.hpp>

#include <awsxx/codec/checksum.hpp>
#include <awsxx/http/body_pause.hpp>
#include <awsxx/http/file_body.hpp>

#include <support/catch.hpp>
#include <support/fake_store.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

using namespace awsxx;
using namespace awsxx::recipes::s3;

namespace {

const std::string content = "0123456789abcdefghijklmno";  // 25 bytes: 3 ranges of 10
const s3::get_object object{.bucket = "bucket", .key = "key"};
constexpr auto elsewhere = "http://store.example";

/// A store with the object in it.
struct scene : test::store_scene {
    scene() { store->objects["/key"] = content; }
    test::store_session by() const { return session(elsewhere); }

    /// The ranges that were asked for.
    std::vector<std::string> ranges() const {
        std::vector<std::string> all;
        for (const auto& one : store->requests)
            all.emplace_back(one.headers.find("range").value_or("none"));
        return all;
    }
};

download_options in_tens() { return {.range_size = 10}; }

/// A folder of its own, empty in the beginning.
struct folder {
    folder() {
        std::array<char, 32> name{"/tmp/awsxx-test.XXXXXX"};
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name.data();
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() { std::filesystem::remove_all(path); }

    std::ptrdiff_t files() const {
        return std::distance(std::filesystem::directory_iterator(path),
                             std::filesystem::directory_iterator());
    }
    std::string path{};
};

std::string content_of(const std::string& path) {
    std::ifstream from(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(from), {}};
}

}  // namespace

TEST_CASE("content range: what cannot be one is none") {
    const auto good = recipes::s3::detail::read_content_range("bytes 10-19/25");
    REQUIRE(good);
    CHECK(good->begin == 10);
    CHECK(good->end == 20);
    CHECK(good->size == 25);
    for (const char* bad : {"", "bytes", "bytes */25", "bytes 10-19/*", "bytes 19-10/25",
                            "bytes 0-25/25", "items 0-1/2", "bytes -1-2/3", "bytes 1-2",
                            "bytes 1-99999999999999999999/3", "bytes 1-2/3x"}) {
        CAPTURE(bad);
        CHECK_FALSE(recipes::s3::detail::read_content_range(bad));
    }
}

TEST_CASE("download: an object comes by ranges, all of the same object") {
    const scene it;
    std::string got = "before";

    const auto done = try_download(object, got, it.by(), in_tens());

    if (!done) FAIL(to_string(done.error()));
    CHECK(got == content);
    CHECK(done->size == 25);
    CHECK_FALSE(done->checked);
    CHECK(done->object.e_tag == test::fake_store::tag_of(content));
    CHECK(it.ranges() == std::vector<std::string>{"bytes=0-9", "bytes=10-19", "bytes=20-24"});
    const auto& sent = it.store->requests;
    CHECK_FALSE(sent[0].headers.contains("if-match"));
    CHECK(sent[1].headers.find("if-match") == test::fake_store::tag_of(content));
    CHECK(sent[2].headers.find("if-match") == test::fake_store::tag_of(content));
}

TEST_CASE("download: sizes around those of ranges need no range behind the end") {
    const scene it;
    for (const std::size_t size : {1u, 9u, 10u, 11u, 20u, 21u}) {
        CAPTURE(size);
        it.store->objects["/key"] = content.substr(0, size);
        it.store->calls.clear();
        std::string got;
        REQUIRE(try_download(object, got, it.by(), in_tens()));
        CHECK(got == content.substr(0, size));
        CHECK(it.store->calls.size() == (size + 9) / 10);
    }
}

TEST_CASE("download: an object without a byte comes without a range") {
    for (const bool aws : {false, true}) {
        const scene it;
        it.store->objects["/key"] = "";
        it.store->checksum_header = "x-amz-checksum-crc64nvme: AAAAAAAAAAA=";
        std::string got = "before";
        const auto done = try_download(object, got, aws ? it.session() : it.by(), in_tens());
        if (!done) FAIL(to_string(done.error()));
        CHECK(got.empty());
        CHECK(done->size == 0);
        CHECK(done->checked == aws);
        CHECK(it.ranges().back() == "none");
    }
}

TEST_CASE("download: it fills memory that is large enough, and no other") {
    const scene it;
    std::array<char, 25> room{};
    REQUIRE(try_download(object, std::span<char>(room), it.by(), in_tens()));
    CHECK(std::string_view(room.data(), room.size()) == content);

    const auto small = try_download(object, std::span<char>(room).first(24), it.by(), in_tens());
    REQUIRE_FALSE(small);
    CHECK(small.error().kind == error_kind::too_large);
}

TEST_CASE("download: what breaks off goes on where it broke") {
    const scene it;
    it.store->breaks = {3, 7, 10, 1};
    std::string got;

    const auto done = try_download(object, got, it.by(), in_tens());

    if (!done) FAIL(to_string(done.error()));
    CHECK(got == content);
    CHECK(it.ranges() == std::vector<std::string>{"bytes=0-9", "bytes=3-9", "bytes=10-19",
                                                  "bytes=20-24", "bytes=21-24"});
    CHECK(it.time->sleeps().empty());
}

TEST_CASE("download: what breaks before a byte came is tried again as any call is") {
    const scene it;
    it.store->breaks = {0, 0};
    std::string got;
    REQUIRE(try_download(object, got, it.by(), in_tens()));
    CHECK(got == content);
    auto asked = it.ranges();
    std::sort(asked.begin(), asked.end());
    CHECK(asked == std::vector<std::string>{"bytes=0-9", "bytes=0-9", "bytes=10-19", "bytes=10-19",
                                            "bytes=20-24"});
    // Two wait at once, equally long: one pause serves both.
    CHECK(it.time->sleeps() == std::vector<milliseconds>{milliseconds(25)});
}

TEST_CASE("download: one that breaks off all the time fails") {
    const scene it;
    it.store->breaks = {1, 1, 1, 1, 1};
    std::string got;
    auto how = in_tens();
    how.resumptions = 3;
    how.at_once = 1;  // or others have a part in it

    const auto done = try_download(object, got, it.by(), how);

    REQUIRE_FALSE(done);
    CHECK(done.error().code == "DownloadFailed");
    CHECK(done.error().message == "bucket/key");
    CHECK(done.error().kind == error_kind::network);
    CHECK(done.error().cause->code == "ConnectionBroken");
    CHECK(got == "0123");
}

TEST_CASE("download: an object that changes meanwhile is noticed") {
    const scene it;
    std::string got;
    auto how = in_tens();
    how.progress = [&](const transfer_progress& now) {
        if (now.bytes == 10) it.store->objects["/key"] = "something else, of another size";
    };
    const auto done = try_download(object, got, it.by(), how);
    REQUIRE_FALSE(done);
    CHECK(done.error().cause->code == "ObjectChanged");
    CHECK(done.error().cause->cause->code == "PreconditionFailed");
    CHECK(got == content.substr(0, 10));
}

TEST_CASE("download: a store that does not compare tags is found out by size and range") {
    const auto second = [](http::response answer) {
        const scene it;
        it.store->first = [&](const http::request&) {
            return it.store->calls.size() == 2 ? std::optional<expected<http::response>>(answer)
                                               : std::nullopt;
        };
        std::string got;
        const auto done = try_download(object, got, it.by(), in_tens());
        REQUIRE_FALSE(done);
        CHECK(got == content.substr(0, 10));
        return done.error().cause->code;
    };
    const auto answer = [](int status, const char* range, const char* tag) {
        http::response made{.status = status};
        if (*range != '\0') made.headers.add("content-range", range);
        if (*tag != '\0') made.headers.add("etag", tag);
        made.body = "xxxxxxxxxx";
        return made;
    };
    CHECK(second(answer(206, "bytes 10-19/26", "")) == "ObjectChanged");
    CHECK(second(answer(206, "bytes 10-19/25", "\"other\"")) == "ObjectChanged");
    CHECK(second(answer(206, "bytes 0-9/25", "")) == "WrongRange");
    CHECK(second(answer(206, "", "")) == "WrongRange");
    CHECK(second(answer(206, "bytes 10-12/25", "")) == "WrongRange");
    CHECK(second(answer(200, "", "")) == "WrongRange");
}

TEST_CASE("range sink: what follows the first range begins where its first answer ends") {
    namespace own = awsxx::recipes::s3::detail;
    std::string got;
    own::string_sink into(got);
    const testing::fake_clock time;
    const own::transfer::guard guard(time, {}, {});
    own::object_sink object_of(into, guard);
    own::range_sink first(object_of, 0);
    const auto answer = [](const char* range) {
        http::response made{.status = 206};
        made.headers.add("content-range", range);
        return made;
    };
    REQUIRE(first.begin(answer("bytes 0-9/25")));
    REQUIRE(first.write("012"));
    REQUIRE(first.begin(answer("bytes 3-5/25")));  // shorter than what was asked for
    CHECK(first.end() == std::uint64_t{10});
    CHECK_FALSE(first.write("3456"));
    CHECK_FALSE(first.begin(answer("bytes 3-24/25")));
}

TEST_CASE("range sink: the caller's sink is asked whether it is ready where its bytes go to it") {
    namespace own = awsxx::recipes::s3::detail;
    struct choosy final : http::body_sink {
        bool ready(http::body_pause&) override { return ++asked, false; }
        expected<void> write(std::string_view) override { return {}; }
        bool restart() override { return true; }
        int asked = 0;
    };
    struct nowhere final : http::body_pause {
        http::resumption later() override { return {}; }
    };
    choosy into;
    nowhere here;
    const testing::fake_clock time;
    const own::transfer::guard guard(time, {}, {});
    own::object_sink object_of(into, guard);
    own::range_sink first(object_of, 0);
    own::range_sink second(object_of, 10, 20);

    CHECK_FALSE(first.ready(here));
    CHECK(second.ready(here));
    CHECK(into.asked == 1);
    REQUIRE(second.go_on());
    CHECK_FALSE(second.ready(here));
}

TEST_CASE("download: a store that knows no ranges gives the whole") {
    const scene it;
    it.store->first = [&](const http::request&) -> std::optional<expected<http::response>> {
        http::response all{.status = 200};
        all.body = content;
        all.headers.add("content-length", "25");
        return all;
    };
    std::string got;
    REQUIRE(try_download(object, got, it.by(), in_tens()));
    CHECK(got == content);
    CHECK(it.store->calls.size() == 1);
}

TEST_CASE("download: for AWS the whole is held against its checksum") {
    const scene it;
    it.store->checksum_header =
        "x-amz-checksum-crc64nvme: " + *codec::checksum_of(content, model::crc64nvme);
    it.store->breaks = {4};
    std::string got;

    const auto good = try_download(object, got, it.session(), in_tens());
    it.store->checksum_header = "x-amz-checksum-crc64nvme: AAAAAAAAAAA=";
    const auto bad = try_download(object, got, it.session(), in_tens());
    it.store->checksum_header = "x-amz-checksum-sha256: AAAA-3";
    const auto unknown = try_download(object, got, it.session(), in_tens());

    if (!good) FAIL(to_string(good.error()));
    CHECK(good->checked);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().cause->code == "ChecksumMismatch");
    REQUIRE(unknown);
    CHECK_FALSE(unknown->checked);
    CHECK(it.store->requests[0].method == "HEAD");
    CHECK(it.store->requests[0].headers.find("x-amz-checksum-mode") == "ENABLED");
}

TEST_CASE("download: what is not there is told by its GET") {
    const scene it;
    std::string got;
    const auto done =
        try_download({.bucket = "bucket", .key = "none"}, got, it.session(), in_tens());
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == error_kind::not_found);
    CHECK(done.error().cause->code == "NoSuchKey");
}

TEST_CASE("download: a file is there when it is whole") {
    const scene it;
    const folder in;
    const std::string path = in.path + "/file";
    std::ofstream(path) << "what was there before, which is longer than the object";
    auto how = in_tens();
    how.progress = [&](const transfer_progress& now) {
        if (now.bytes < 25) CHECK(content_of(path).starts_with("what was there"));
    };

    const auto done = try_download_file(path, object, it.by(), how);

    if (!done) FAIL(to_string(done.error()));
    CHECK(content_of(path) == content);
    CHECK(in.files() == 1);
}

TEST_CASE("download: a failure leaves no file and the old one as it was") {
    const scene it;
    const folder in;
    const std::string path = in.path + "/file";
    std::ofstream(path) << "before";
    auto how = in_tens();
    how.resumptions = 0;
    it.store->breaks = {10, 3};

    CHECK_FALSE(try_download_file(path, object, it.by(), how));

    CHECK(content_of(path) == "before");
    CHECK(in.files() == 1);
    const auto nowhere = try_download_file(in.path + "/none/file", object, it.by(), how);
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().code == "FileNotWritten");
    CHECK_FALSE(try_download_file(in.path, object, it.by(), how));  // a folder stands there
    CHECK(in.files() == 1);
}

TEST_CASE("download: what is there and no plain file stays; long names are no matter") {
    const scene it;
    const folder in;
    const std::string pipe = in.path + "/pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const auto done = try_download_file(pipe, object, it.by(), in_tens());
    REQUIRE_FALSE(done);
    CHECK(done.error().message.find("no plain file") != std::string::npos);
    struct stat now {};
    REQUIRE(::stat(pipe.c_str(), &now) == 0);
    CHECK(S_ISFIFO(now.st_mode));
    CHECK_FALSE(http::file_body(pipe));

    const std::string longest = in.path + "/" + std::string(255, 'n');
    REQUIRE(try_download_file(longest, object, it.by(), in_tens()));
    CHECK(content_of(longest) == content);
    CHECK(in.files() == 2);
}

TEST_CASE("download: a file that is replaced keeps its mode, and a new one has the usual") {
    const scene it;
    const folder in;
    const auto before = ::umask(022);
    for (const mode_t mode : {mode_t{0600}, mode_t{0664}, mode_t{0755}}) {
        const std::string path = in.path + "/file";
        std::ofstream(path) << "before";
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        REQUIRE(try_download_file(path, object, it.by(), in_tens()));
        struct stat now {};
        REQUIRE(::stat(path.c_str(), &now) == 0);
        CHECK((now.st_mode & mode_t{07777}) == mode);
        CHECK(content_of(path) == content);
    }
    REQUIRE(try_download_file(in.path + "/other", object, it.by(), in_tens()));
    struct stat now {};
    REQUIRE(::stat((in.path + "/other").c_str(), &now) == 0);
    CHECK((now.st_mode & mode_t{07777}) == mode_t{0644});
    ::umask(before);
}

TEST_CASE("download: the end is told once, when the whole came and is the one that it has to be") {
    struct sink final : http::body_sink {
        std::string got{};
        int ends = 0;
        bool fails = false;
        expected<void> write(std::string_view piece) override {
            got += piece;
            return {};
        }
        expected<void> finish() override {
            ++ends;
            if (fails) return error{.kind = error_kind::client, .code = "NotLiked"};
            return {};
        }
        bool restart() override { return false; }
    };
    const scene it;
    sink whole;
    REQUIRE(try_download(object, whole, it.by(), in_tens()));
    CHECK(whole.got == content);
    CHECK(whole.ends == 1);

    sink picky;
    picky.fails = true;
    const auto refused = try_download(object, picky, it.by(), in_tens());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().cause->code == "NotLiked");

    it.store->checksum_header = "x-amz-checksum-crc64nvme: AAAAAAAAAAA=";
    sink wrong;
    CHECK_FALSE(try_download(object, wrong, it.session(), in_tens()));
    CHECK(wrong.got == content);
    CHECK(wrong.ends == 0);
}

TEST_CASE("download: progress is told at the beginning and after each range") {
    const scene it;
    std::vector<std::string> told;
    auto how = in_tens();
    how.progress = [&](const transfer_progress& now) {
        told.push_back(std::to_string(now.bytes) + "/" +
                       (now.size ? std::to_string(*now.size) : "?"));
    };
    std::string got;
    REQUIRE(try_download(object, got, it.by(), how));
    CHECK(told == std::vector<std::string>{"0/?", "10/25", "20/25", "25/25"});
}

TEST_CASE("download: it is stopped by its token and its time") {
    for (const bool by_time : {false, true}) {
        const scene it;
        std::stop_source stop;
        auto how = in_tens();
        how.stop = stop.get_token();
        how.at_most = std::chrono::seconds(10);
        how.progress = [&](const transfer_progress& now) {
            if (now.bytes < 10) return;
            if (by_time)
                it.time->advance(std::chrono::seconds(10));
            else
                stop.request_stop();
        };
        std::string got;
        const auto done = try_download(object, got, it.by(), how);
        REQUIRE_FALSE(done);
        CHECK(done.error().kind == (by_time ? error_kind::timeout : error_kind::cancelled));
        CHECK(it.store->calls.size() == 1);
    }
}

TEST_CASE("download: the longest time there is does not overflow") {
    const scene it;
    auto how = in_tens();
    how.at_most = (awsxx::milliseconds::max)();
    std::string got;
    CHECK(try_download(object, got, it.by(), how));
}

TEST_CASE("download: ranges and parts of the caller's are refused") {
    const scene it;
    std::string got;
    for (const auto& what : {s3::get_object{.bucket = "b", .key = "k", .range = "bytes=0-1"},
                             s3::get_object{.bucket = "b", .key = "k", .part_number = 1}}) {
        const auto done = try_download(what, got, it.by());
        REQUIRE_FALSE(done);
        CHECK(done.error().code == "InvalidDownload");
    }
    CHECK(it.store->calls.empty());
}
