// SPDX-License-Identifier: MIT
#include <awsxx/recipes/s3.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <string>
#include <string_view>

using namespace awsxx;
using test::api_scene;

namespace {

/// Keeps what comes.
struct kept final : http::body_sink {
    expected<void> begin(const http::response&) override { return {}; }
    expected<void> write(std::string_view piece) override {
        text += piece;
        return {};
    }
    bool restart() override { return false; }
    std::string text;
};

std::string listing(const std::string& keys, const std::string& next) {
    return "<ListBucketResult><EncodingType>url</EncodingType>" + keys +
           (next.empty() ? "<IsTruncated>false</IsTruncated>"
                         : "<IsTruncated>true</IsTruncated><NextContinuationToken>" + next +
                               "</NextContinuationToken>") +
           "</ListBucketResult>";
}
std::string entry(const std::string& key) {
    return "<Contents><Key>" + key + "</Key><Size>1</Size></Contents>";
}

}  // namespace

#if defined(__cpp_exceptions)
TEST_CASE("s3: an object comes with its bytes") {
    const api_scene scene({{.status = 200, .body = "hello"}});
    const auto object = recipes::s3::get_object({.bucket = "photos", .key = "a b"}, scene.home);
    CHECK(object.body == "hello");
    CHECK(scene.network->requests().at(0).target.path.ends_with("/a%20b"));
}
#endif

#if defined(__cpp_exceptions)
TEST_CASE("s3: an object's bytes go where they are wanted") {
    const api_scene scene({{.status = 200, .body = "hello"}, {.status = 200, .body = "again"}});
    kept into;
    CHECK(recipes::s3::get_object({.bucket = "photos", .key = "a"}, into, scene.home).body.empty());
    CHECK(recipes::s3::try_get_object({.bucket = "photos", .key = "a"}, into, scene.home));
    CHECK(into.text == "helloagain");
}
#endif

TEST_CASE("s3: an object whose bytes are not those of its checksum is an error") {
    http::response wrong{.status = 200, .body = "hello"};
    wrong.headers.set("x-amz-checksum-crc32", "AAAAAA==");
    const api_scene scene({wrong, wrong, wrong});
    CHECK(recipes::s3::try_get_object({.bucket = "photos", .key = "a"}, scene.home).error().code ==
          "ChecksumMismatch");
}

#if defined(__cpp_exceptions)
TEST_CASE("s3: the buckets of all pages") {
    const auto scene =
        api_scene::of({"<ListAllMyBucketsResult><Buckets><Bucket><Name>a</Name></Bucket></Buckets>"
                       "<ContinuationToken>t</ContinuationToken></ListAllMyBucketsResult>",
                       "<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name></Bucket></Buckets>"
                       "</ListAllMyBucketsResult>"});
    const auto all = recipes::s3::list_buckets({}, scene.home);
    REQUIRE(all.size() == 2);
    CHECK(all[1].name == "b");
    CHECK(scene.network->requests().at(1).target.query.find("continuation-token=t") !=
          std::string::npos);
}
#endif

#if defined(__cpp_exceptions)
TEST_CASE("s3: a bucket's contents are those of all pages, under their own keys") {
    const auto scene = api_scene::of(
        {listing(entry("a%2Bb+c%01") + entry("%C3%A4"), "t1"), listing(entry("z"), "")});
    const auto all =
        recipes::s3::list_bucket_contents({.bucket = "photos", .prefix = "2026/"}, scene.home);
    REQUIRE(all.size() == 3);
    CHECK(all[0].key == "a+b c\x01");
    CHECK(all[1].key == "\xC3\xA4");
    CHECK(all[2].size == 1);
    const auto query = scene.network->requests().at(0).target.query;
    CHECK(query.find("encoding-type=url") != std::string::npos);
    CHECK(query.find("prefix=2026%2F") != std::string::npos);
    CHECK(query.find("delimiter") == std::string::npos);
}
#endif

#if defined(__cpp_exceptions)
TEST_CASE("s3: keys stay as they are where nobody encoded them, or the caller wants them so") {
    const std::string plain = "<ListBucketResult>" + entry("a%2Bb+c") + "</ListBucketResult>";
    CHECK(recipes::s3::list_bucket_contents({.bucket = "photos"}, api_scene::of({plain}).home)
              .at(0)
              .key == "a%2Bb+c");
    const auto scene = api_scene::of({listing(entry("a%2Bb+c"), "")});
    CHECK(
        recipes::s3::list_bucket_contents({.bucket = "photos", .encoding_type = "url"}, scene.home)
            .at(0)
            .key == "a%2Bb+c");
}
#endif

TEST_CASE("s3: a listing that breaks off or has keys that are none is an error") {
    const auto torn = api_scene::of({listing(entry("a%2"), "")});
    CHECK(recipes::s3::try_list_bucket_contents({.bucket = "photos"}, torn.home).error().kind ==
          error_kind::malformed_answer);
    const api_scene gone(
        {{.status = 200, .body = listing(entry("a"), "t")},
         {.status = 404, .body = "<Error><Code>NoSuchBucket</Code><Message>no</Message></Error>"}});
    CHECK(recipes::s3::try_list_bucket_contents({.bucket = "photos"}, gone.home).error().code ==
          "NoSuchBucket");
}
