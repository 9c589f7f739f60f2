// SPDX-License-Identifier: MIT
#include <awsxx/runtime/request_body.hpp>

#include <support/catch.hpp>
#include <support/text_stream.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace config = awsxx::config;
namespace http = awsxx::http;
namespace model = awsxx::model;
namespace runtime = awsxx::runtime;
using test::drained;
using test::text_stream;

namespace {

struct upload {
    std::optional<std::string> algorithm{};
};
constexpr model::field upload_fields[] = {{"x-amz-sdk-checksum-algorithm",
                                           &model::optional_text,
                                           offsetof(upload, algorithm),
                                           {},
                                           model::place::header}};
constexpr model::type upload_type = model::structure(upload_fields);

model::operation operation(model::checksum_traits traits) {
    model::operation what{.name = "Upload", .input = &upload_type};
    what.checksums = traits;
    return what;
}
constexpr model::checksum_traits optional_sum{.algorithm_member = 0};
constexpr model::checksum_traits required_sum{.algorithm_member = 0, .required = true};
constexpr model::checksum_traits required_md5{.required = true, .content_md5 = true};

http::request draft(http::body body, const char* scheme = "https") {
    http::request made{.method = "PUT", .target = {}, .headers = {}, .body = std::move(body)};
    made.target.scheme = scheme;
    made.target.host = "bucket.s3.us-east-1.amazonaws.com";
    return made;
}

std::string header(const http::request& from, std::string_view name) {
    return std::string(from.headers.find(name).value_or("(none)"));
}

const config::body_rules usual{};
const std::string hash_of_hello =
    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

}  // namespace

TEST_CASE("request body: a checksum is added wherever the service knows them") {
    auto sent = draft(std::string("hello"));
    REQUIRE(runtime::prepare_body(operation(optional_sum), std::make_unique<upload>().get(),
                                  {usual}, sent));
    CHECK(header(sent, "x-amz-checksum-crc32") == "NhCmhg==");
    CHECK(header(sent, "x-amz-sdk-checksum-algorithm") == "CRC32");
}

TEST_CASE("request body: Glacier gets two sums of the body, unless the caller gives them") {
    const upload in;
    const std::string known = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
    for (http::body body : {http::body("hello world"), text_stream("hello world")}) {
        auto sent = draft(std::move(body), "http");
        REQUIRE(runtime::prepare_body(operation({.tree_hash = true}), &in, {usual}, sent));
        CHECK(header(sent, "x-amz-content-sha256") == known);
        CHECK(header(sent, "x-amz-sha256-tree-hash") == known);
    }
    auto sent = draft(std::string("hello world"));
    sent.headers.set("x-amz-sha256-tree-hash", "their own");
    REQUIRE(runtime::prepare_body(operation({.tree_hash = true}), &in, {usual}, sent));
    CHECK(header(sent, "x-amz-content-sha256") == known);
    CHECK(header(sent, "x-amz-sha256-tree-hash") == "their own");

    auto once = draft(text_stream("hello world", false));
    CHECK(!runtime::prepare_body(operation({.tree_hash = true}), &in, {usual}, once));
}

TEST_CASE("request body: the caller's algorithm is used") {
    const upload in{.algorithm = "SHA256"};
    auto sent = draft(std::string("hello"));
    REQUIRE(runtime::prepare_body(operation(optional_sum), &in, {usual}, sent));
    CHECK(header(sent, "x-amz-checksum-sha256") == "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
    CHECK(header(sent, "x-amz-checksum-crc32") == "(none)");
}

TEST_CASE(
    "request body: an algorithm that is not computed here is refused, unless its value came") {
    const upload in{.algorithm = "XXHASH64"};
    auto sent = draft(std::string("hello"));
    const auto done = runtime::prepare_body(operation(optional_sum), &in, {usual}, sent);
    REQUIRE(!done);
    CHECK(done.error().code == "UnknownChecksum");
    sent.headers.set("x-amz-checksum-xxhash64", "AAAAAAAAAAA=");
    CHECK(runtime::prepare_body(operation(optional_sum), &in, {usual}, sent));
}

TEST_CASE("request body: a checksum that the caller computed stands alone") {
    for (const char* name : {"x-amz-checksum-crc32c", "Content-MD5"}) {
        const upload in;
        auto sent = draft(std::string("hello"));
        sent.headers.set(name, "their own");
        REQUIRE(runtime::prepare_body(operation(required_sum), &in, {usual}, sent));
        CHECK(header(sent, name) == "their own");
        CHECK(header(sent, "x-amz-checksum-crc32") == "(none)");
    }
}

TEST_CASE(
    "request body: other makers' stores get a checksum only where one is required or asked for") {
    const upload plain;
    const upload asking{.algorithm = "CRC32"};
    const auto has = [](model::checksum_traits traits, const upload& in) {
        auto sent = draft(std::string("hello"));
        REQUIRE(runtime::prepare_body(operation(traits), &in,
                                      {.rules = usual, .custom_endpoint = true}, sent));
        return sent.headers.contains("x-amz-checksum-crc32");
    };
    CHECK(!has(optional_sum, plain));
    CHECK(has(optional_sum, asking));
    CHECK(has(required_sum, plain));
}

TEST_CASE("request body: other makers' stores get one, too, where somebody has chosen so") {
    config::body_rules rules;
    rules.request_checksums.source = "code";
    const upload in;
    auto sent = draft(std::string("hello"));
    REQUIRE(runtime::prepare_body(operation(optional_sum), &in,
                                  {.rules = rules, .custom_endpoint = true}, sent));
    CHECK(sent.headers.contains("x-amz-checksum-crc32"));
}

TEST_CASE("request body: when_required leaves out what is not") {
    config::body_rules rules;
    rules.request_checksums.use = config::checksum_use::when_required;
    const upload in;
    auto sent = draft(std::string("hello"));
    REQUIRE(runtime::prepare_body(operation(optional_sum), &in, {rules}, sent));
    CHECK(sent.headers.size() == 0);
    REQUIRE(runtime::prepare_body(operation(required_sum), &in, {rules}, sent));
    CHECK(sent.headers.contains("x-amz-checksum-crc32"));
}

TEST_CASE("request body: services before flexible checksums get Content-MD5") {
    const upload in;
    auto sent = draft(std::string("hello"));
    REQUIRE(runtime::prepare_body(operation(required_md5), &in, {usual}, sent));
    CHECK(header(sent, "Content-MD5") == "XUFAKrxLKna5cZ2REBfFkg==");
}

TEST_CASE("request body: a stream that is hashed for its signature has its checksum before it") {
    const upload in;
    const runtime::body_policy hashing{.rules = usual, .hashes_streams = true};
    auto sent = draft(text_stream("hello"));
    REQUIRE(runtime::prepare_body(operation(optional_sum), &in, hashing, sent));
    CHECK(header(sent, "x-amz-checksum-crc32") == "NhCmhg==");
    CHECK(header(sent, "x-amz-trailer") == "(none)");
    CHECK(header(sent, "x-amz-content-sha256") == hash_of_hello);
    CHECK(drained(sent.body) == "hello");

    auto plain = draft(text_stream("hello"));
    REQUIRE(runtime::prepare_body(operation({}), &in, hashing, plain));
    CHECK(header(plain, "x-amz-content-sha256") == hash_of_hello);
    CHECK(plain.headers.size() == 1);

    auto told = draft(text_stream("hello", false));
    told.headers.set("x-amz-content-sha256", "their own");
    REQUIRE(runtime::prepare_body(operation({}), &in, hashing, told));
    CHECK(header(told, "x-amz-content-sha256") == "their own");
    CHECK(drained(told.body) == "hello");

    auto once = draft(text_stream("hello", false));
    CHECK_FALSE(runtime::prepare_body(operation({}), &in, hashing, once));
}

TEST_CASE("request body: a stream has its checksum behind it and is read once") {
    const upload in;
    auto sent = draft(text_stream("hello", false));
    REQUIRE(runtime::prepare_body(operation(optional_sum), &in, {usual}, sent));
    CHECK(header(sent, "x-amz-trailer") == "x-amz-checksum-crc32");
    CHECK(header(sent, "x-amz-decoded-content-length") == "5");
    CHECK(header(sent, "Content-Encoding") == "aws-chunked");
    const std::string wire = drained(sent.body);
    CHECK(wire == "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n");
    CHECK(wire.size() == sent.body.size());
}

TEST_CASE("request body: a stream over http is read twice instead") {
    const upload in;
    auto sent = draft(text_stream("hello"), "http");
    REQUIRE(runtime::prepare_body(operation(optional_sum), &in, {usual}, sent));
    CHECK(header(sent, "x-amz-checksum-crc32") == "NhCmhg==");
    CHECK(drained(sent.body) == "hello");

    auto once = draft(text_stream("hello", false), "http");
    const auto done = runtime::prepare_body(operation(optional_sum), &in, {usual}, once);
    REQUIRE(!done);
    CHECK(done.error().code == "CannotReadBody");
}

TEST_CASE("request body: a large one is compressed where the service takes that") {
    config::body_rules rules;
    rules.compress_from = 100;
    model::operation what = operation({});
    what.compressed = true;
    const upload in;
    auto large = draft(std::string(5000, 'a'));
    large.headers.set("Content-Encoding", "custom");
    REQUIRE(runtime::prepare_body(what, &in, {rules}, large));
    CHECK(header(large, "Content-Encoding") == "custom, gzip");
    CHECK(large.body.bytes().starts_with("\x1f\x8b"));
    CHECK(large.body.size() < 200);

    auto elsewhere = draft(std::string(5000, 'a'));
    REQUIRE(runtime::prepare_body(what, &in, {rules, true}, elsewhere));
    CHECK(header(elsewhere, "Content-Encoding") == "gzip");

    auto small = draft(std::string(99, 'a'));
    REQUIRE(runtime::prepare_body(what, &in, {rules}, small));
    CHECK(small.body.bytes() == std::string(99, 'a'));

    rules.compression.value = false;
    auto refused = draft(std::string(5000, 'a'));
    REQUIRE(runtime::prepare_body(what, &in, {rules}, refused));
    CHECK(refused.body.size() == 5000);
}
