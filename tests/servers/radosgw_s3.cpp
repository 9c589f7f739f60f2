// SPDX-License-Identifier: MIT
// S3 by typed calls on a radosgw: buckets, objects, ranges, parts, copies, listings, URLs.
#include <servers/odd_keys.hpp>
#include <servers/radosgw.hpp>

#include <awsxx/core/text.hpp>
#include <awsxx/http/curl_transport.hpp>
#include <awsxx/protocols/modeled_error.hpp>
#include <awsxx/services/s3.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace test::radosgw;
namespace s3 = awsxx::s3;

/// The output of a call that has to succeed.
template <class T>
T good(awsxx::expected<T> answer) {
    if (!answer) FAIL(to_string(answer.error()));
    return *std::move(answer);
}

/// The failure of a call that has to fail.
template <class T>
awsxx::error bad(awsxx::expected<T> answer) {
    if (answer) FAIL("it succeeded");
    return answer ? awsxx::error{} : answer.error();
}

/// A bucket of its own for each test. They end with the server.
std::string new_bucket(const awsxx::session& by) {
    static int last = 0;
    std::string name = "typed-" + std::to_string(++last);
    good(by.try_call(s3::create_bucket{.bucket = name}));
    return name;
}

void put(const awsxx::session& by, const std::string& bucket, std::string_view key,
         std::string content) {
    good(by.try_call(
        s3::put_object{.body = std::move(content), .bucket = bucket, .key = std::string(key)}));
}

std::string content_of(std::size_t size) {
    std::string content(size, '\0');
    unsigned state = 1;
    for (char& c : content) c = static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
    return content;
}

void check_key(const awsxx::session& by, const std::string& bucket, std::string_view odd) {
    const std::string key(odd);
    CAPTURE(key);
    put(by, bucket, key, "this is " + key);

    CHECK(good(by.try_call(s3::get_object{.bucket = bucket, .key = key})).body == "this is " + key);
    CHECK(good(by.try_call(s3::head_object{.bucket = bucket, .key = key})).content_length ==
          8 + key.size());
    const auto listed = good(by.try_call(s3::list_objects_v2{.bucket = bucket}));
    REQUIRE(listed.contents.size() == 1);
    CHECK(listed.contents[0].key == key);
    good(by.try_call(s3::delete_object{.bucket = bucket, .key = key}));
    const auto gone = bad(by.try_call(s3::get_object{.bucket = bucket, .key = key}));
    CHECK(gone.kind == awsxx::error_kind::not_found);
    CHECK(awsxx::modeled<s3::no_such_key>(gone));
}

s3::completed_part send_part(const awsxx::session& by, s3::upload_part what) {
    const auto sent = good(by.try_call(what));
    return {.e_tag = sent.e_tag, .part_number = what.part_number};
}

}  // namespace

TEST_CASE("radosgw, typed: buckets are made, seen, listed and deleted") {
    const awsxx::session by(user_keys(), over_http());
    const std::string bucket = new_bucket(by);

    good(by.try_wait(s3::waiters::bucket_exists, s3::head_bucket{.bucket = bucket},
                     {.at_most = std::chrono::seconds(30)}));
    bool listed = false;
    for (const auto& one : good(by.try_call(s3::list_buckets{})).buckets)
        listed |= one.name == bucket;
    CHECK(listed);
    CHECK(bad(by.try_call(s3::list_objects_v2{.bucket = "no-" + bucket})).code == "NoSuchBucket");
    put(by, bucket, "in the way", "x");
    CHECK(bad(by.try_call(s3::delete_bucket{.bucket = bucket})).code == "BucketNotEmpty");
    good(by.try_call(s3::delete_object{.bucket = bucket, .key = "in the way"}));
    good(by.try_call(s3::delete_bucket{.bucket = bucket}));
    CHECK(bad(by.try_call(s3::head_bucket{.bucket = bucket})).kind == awsxx::error_kind::not_found);
}

TEST_CASE("radosgw, typed: a name that would be no bucket's is refused before anything is sent") {
    const awsxx::session by(user_keys(), over_http());
    for (const char* name : {"", ".", ".."}) {
        CAPTURE(name);
        CHECK(bad(by.try_call(s3::head_bucket{.bucket = name})).kind ==
              awsxx::error_kind::invalid_argument);
    }
}

TEST_CASE("radosgw, typed: objects with odd keys are put, got, listed and deleted") {
    for (const auto& settings : {over_http(), over_tls()}) {
        const awsxx::session by(user_keys(), settings);
        const std::string bucket = new_bucket(by);
        for (const std::string_view key : test::odd_keys) check_key(by, bucket, key);
    }
}

TEST_CASE("radosgw, typed: what is said of an object is kept with it") {
    const awsxx::session by(user_keys(), over_http());
    const std::string bucket = new_bucket(by);

    good(by.try_call(s3::put_object{.body = "content",
                                    .bucket = bucket,
                                    .cache_control = "max-age=60",
                                    .content_type = "text/plain; charset=utf-8",
                                    .key = "told",
                                    .metadata = {{"colour", "red"}, {"size", "two words"}}}));
    const auto told = good(by.try_call(s3::get_object{.bucket = bucket, .key = "told"}));

    CHECK(told.content_type == "text/plain; charset=utf-8");
    CHECK(told.cache_control == "max-age=60");
    CHECK(told.metadata ==
          std::map<std::string, std::string>{{"colour", "red"}, {"size", "two words"}});
    CHECK(told.last_modified);
    CHECK_FALSE(told.e_tag.empty());
    const auto not_new = bad(
        by.try_call(s3::get_object{.bucket = bucket, .if_none_match = told.e_tag, .key = "told"}));
    CHECK(not_new.http_status == 304);
    const auto other =
        bad(by.try_call(s3::get_object{.bucket = bucket, .if_match = "\"other\"", .key = "told"}));
    CHECK(other.http_status == 412);
}

TEST_CASE("radosgw, typed: ranges are got as what they are") {
    const awsxx::session by(user_keys(), over_http());
    const std::string bucket = new_bucket(by);
    put(by, bucket, "digits", "0123456789");
    const auto range = [&](const char* wanted) {
        return by.try_call(s3::get_object{.bucket = bucket, .key = "digits", .range = wanted});
    };

    const auto middle = good(range("bytes=2-5"));
    CHECK(middle.body == "2345");
    CHECK(middle.content_range == "bytes 2-5/10");
    CHECK(good(range("bytes=7-")).body == "789");
    CHECK(good(range("bytes=-2")).body == "89");
    CHECK(good(range("bytes=8-100")).body == "89");
    CHECK(bad(range("bytes=10-")).http_status == 416);
}

TEST_CASE("radosgw, typed: an object is uploaded in three parts of 5 MiB") {
    const awsxx::session by(user_keys(), over_http());
    const std::string bucket = new_bucket(by);
    const std::size_t size = 5u << 20;
    const std::string content = content_of(3 * size);

    const auto begun =
        good(by.try_call(s3::create_multipart_upload{.bucket = bucket, .key = "in parts"}));
    s3::completed_multipart_upload all;
    for (int i = 0; i < 3; ++i) {
        const std::size_t at = static_cast<std::size_t>(i) * size;
        const std::string_view bytes = std::string_view(content).substr(at, size);
        all.parts.push_back(send_part(by, {.body = awsxx::http::body::view(bytes),
                                           .bucket = bucket,
                                           .key = "in parts",
                                           .part_number = i + 1,
                                           .upload_id = begun.upload_id}));
    }
    int listed = 0;
    for (const auto& part : by.try_items(s3::list_parts{
             .bucket = bucket, .key = "in parts", .max_parts = 2, .upload_id = begun.upload_id})) {
        CHECK(good(part).size == size);
        ++listed;
    }
    CHECK(listed == 3);
    good(by.try_call(s3::complete_multipart_upload{.bucket = bucket,
                                                   .key = "in parts",
                                                   .multipart_upload = all,
                                                   .upload_id = begun.upload_id}));

    const auto whole = good(by.try_call(s3::head_object{.bucket = bucket, .key = "in parts"}));
    CHECK(whole.e_tag.ends_with("-3\""));
    CHECK((good(by.try_call(s3::get_object{.bucket = bucket, .key = "in parts"})).body == content));
    const auto over = bad(by.try_call(
        s3::list_parts{.bucket = bucket, .key = "in parts", .upload_id = begun.upload_id}));
    CHECK(over.kind == awsxx::error_kind::not_found);
}

TEST_CASE("radosgw, typed: an upload that is given up leaves nothing") {
    const awsxx::session by(user_keys(), over_http());
    const std::string bucket = new_bucket(by);
    const auto begun =
        good(by.try_call(s3::create_multipart_upload{.bucket = bucket, .key = "never"}));
    send_part(by, {.body = "a part",
                   .bucket = bucket,
                   .key = "never",
                   .part_number = 1,
                   .upload_id = begun.upload_id});
    CHECK(good(by.try_call(s3::list_multipart_uploads{.bucket = bucket})).uploads.size() == 1);

    good(by.try_call(s3::abort_multipart_upload{
        .bucket = bucket, .key = "never", .upload_id = begun.upload_id}));

    CHECK(good(by.try_call(s3::list_multipart_uploads{.bucket = bucket})).uploads.empty());
    good(by.try_call(s3::delete_bucket{.bucket = bucket}));
}

TEST_CASE("radosgw, typed: presigned calls need no keys") {
    const awsxx::session by(user_keys(), over_http());
    const std::string bucket = new_bucket(by);
    awsxx::http::curl_transport bare;
    for (const std::string_view odd : {"shared", "a b+c%/../d?e=f&g", "\u00fc/\U0001f511"}) {
        const std::string key(odd);
        CAPTURE(key);
        auto upload = good(
            by.try_presign(s3::put_object{.bucket = bucket, .key = key}, std::chrono::seconds(60)));
        upload.body = "from anybody";
        CHECK(good(bare.send(upload, {})).status == 200);
        const auto link = good(
            by.try_presign(s3::get_object{.bucket = bucket, .key = key}, std::chrono::seconds(60)));

        CHECK(good(bare.send(link, {})).body == "from anybody");
        auto forged = link;
        forged.target.query.back() = forged.target.query.back() == '0' ? '1' : '0';
        CHECK(good(bare.send(forged, {})).status == 403);
    }
}

TEST_CASE("radosgw, typed: parts are uploaded by presigned URLs, too") {
    const awsxx::session by(user_keys(), over_http());
    const std::string bucket = new_bucket(by);
    const auto begun =
        good(by.try_call(s3::create_multipart_upload{.bucket = bucket, .key = "by link"}));
    auto link = good(by.try_presign(
        s3::upload_part{
            .bucket = bucket, .key = "by link", .part_number = 1, .upload_id = begun.upload_id},
        std::chrono::seconds(60)));
    link.body = "the only part";
    awsxx::http::curl_transport bare;

    const auto sent = good(bare.send(link, {}));
    REQUIRE(sent.status == 200);
    const std::string tag(sent.headers.find("ETag").value_or(""));
    const s3::completed_multipart_upload all{.parts = {{.e_tag = tag, .part_number = 1}}};
    good(by.try_call(s3::complete_multipart_upload{.bucket = bucket,
                                                   .key = "by link",
                                                   .multipart_upload = all,
                                                   .upload_id = begun.upload_id}));

    CHECK(good(by.try_call(s3::get_object{.bucket = bucket, .key = "by link"})).body ==
          "the only part");
}

TEST_CASE("radosgw, typed: an object is copied under another name") {
    const awsxx::session by(user_keys(), over_http());
    const std::string bucket = new_bucket(by);
    put(by, bucket, "the first", "twice");

    const auto made = good(by.try_call(s3::copy_object{
        .bucket = bucket, .copy_source = bucket + "/the first", .key = "the second"}));

    REQUIRE(made.copy_object_result);
    CHECK_FALSE(made.copy_object_result->e_tag.empty());
    CHECK(good(by.try_call(s3::get_object{.bucket = bucket, .key = "the second"})).body == "twice");
    const auto none = bad(by.try_call(
        s3::copy_object{.bucket = bucket, .copy_source = bucket + "/nothing", .key = "the third"}));
    CHECK(none.code == "NoSuchKey");
}

TEST_CASE("radosgw, typed: a listing comes in pages, and what it lists is deleted at once") {
    const awsxx::session by(user_keys(), over_http());
    const std::string bucket = new_bucket(by);
    for (int i = 0; i < 25; ++i) put(by, bucket, "a & <b>/" + std::to_string(100 + i), "x");
    const s3::list_objects_v2 listing{.bucket = bucket, .max_keys = 10};

    int pages = 0;
    s3::delete_ all;
    for (const auto& page : by.try_pages(listing)) {
        ++pages;
        for (const auto& one : good(page).contents) all.objects.push_back({.key = one.key});
    }
    CHECK(pages == 3);
    REQUIRE(all.objects.size() == 25);
    CHECK(all.objects[7].key == "a & <b>/107");
    const auto deleted = good(by.try_call(s3::delete_objects{.bucket = bucket, .delete_ = all}));

    CHECK(deleted.deleted.size() == 25);
    CHECK(deleted.errors.empty());
    CHECK(good(by.try_call(listing)).contents.empty());
    good(by.try_call(s3::delete_bucket{.bucket = bucket}));
}

TEST_CASE("radosgw, typed: a body that is not what its checksum says is refused") {
    const awsxx::session by(user_keys(), over_http());
    const std::string bucket = new_bucket(by);

    const auto refusal = bad(by.try_call(s3::put_object{.body = "what is sent",
                                                        .bucket = bucket,
                                                        .content_md5 = "1B2M2Y8AsgTpgAmY7PhCfg==",
                                                        .key = "damaged"}));

    CHECK(refusal.code == "BadDigest");
    CHECK(refusal.http_status == 400);
    CHECK(bad(by.try_call(s3::head_object{.bucket = bucket, .key = "damaged"})).kind ==
          awsxx::error_kind::not_found);
    good(by.try_call(s3::put_object{
        .body = "", .bucket = bucket, .content_md5 = "1B2M2Y8AsgTpgAmY7PhCfg==", .key = "empty"}));
}

TEST_CASE("radosgw, typed: checksums that were chosen do not disturb a store that knows none") {
    auto settings = over_http();
    settings.bodies = {.request_checksums = awsxx::config::checksum_use::when_supported,
                       .answer_checksums = awsxx::config::checksum_use::when_supported};
    const awsxx::session by(user_keys(), settings);
    const std::string bucket = new_bucket(by);

    put(by, bucket, "summed", "content");

    CHECK(good(by.try_call(s3::get_object{.bucket = bucket, .key = "summed"})).body == "content");
}
