// SPDX-License-Identifier: MIT
#include <awsxx/auth/chunk_layout.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace awsxx;
using auth::chunk_signatures;

namespace {

const std::vector<http::trailer>& crc32() {
    static const std::vector<http::trailer> one{{.name = "x-amz-checksum-crc32", .value_size = 8}};
    return one;
}

std::string header(const http::headers& from, const char* name) {
    return std::string(from.find(name).value_or("none"));
}

}  // namespace

TEST_CASE("chunk layout: the length is the one of the example in the S3 manual") {
    CHECK(auth::encoded_length({.length = 66560, .signatures = chunk_signatures::sigv4}) == 66824);
}

TEST_CASE("chunk layout: lengths count every frame") {
    const auto unsigned_length = [](std::uint64_t length) {
        return auth::encoded_length({.length = length, .trailers = crc32()});
    };
    const std::uint64_t end = 3 + 20 + 1 + 8 + 2 + 2;
    CHECK(unsigned_length(0) == end);
    CHECK(unsigned_length(1) == 3 + 1 + 2 + end);
    CHECK(unsigned_length(65536) == 7 + 65536 + 2 + end);
    CHECK(unsigned_length(65536 + 16) == 7 + 65536 + 2 + 4 + 16 + 2 + end);
    CHECK(auth::encoded_length({.length = 0, .signatures = chunk_signatures::sigv4}) == 86);
    CHECK(auth::encoded_length({.signatures = chunk_signatures::sigv4, .trailers = crc32()}) ==
          86 + 31 + 24 + 64 + 2);
    CHECK(auth::encoded_length({.length = 0, .signatures = chunk_signatures::sigv4a}) == 166);
}

TEST_CASE("chunk layout: what is said in place of the hash tells signatures and trailer") {
    const auto words = [](chunk_signatures kind, bool trails) {
        auth::chunk_layout layout{.signatures = kind};
        if (trails) layout.trailers = crc32();
        return auth::payload_words(layout);
    };
    CHECK(words(chunk_signatures::none, true) == "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    CHECK(words(chunk_signatures::sigv4, false) == "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    CHECK(words(chunk_signatures::sigv4, true) == "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
    CHECK(words(chunk_signatures::sigv4a, false) == "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD");
    CHECK(words(chunk_signatures::sigv4a, true) ==
          "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER");
}

TEST_CASE("chunk layout: the headers say how the body is coded, and how long it was") {
    http::headers headers;
    headers.add("Content-Length", "10");
    headers.add("X-Amz-Trailer", "old");
    auth::add_chunk_headers(headers, {.length = 10, .trailers = crc32()});
    CHECK(header(headers, "content-encoding") == "aws-chunked");
    CHECK(header(headers, "x-amz-decoded-content-length") == "10");
    CHECK(header(headers, "x-amz-trailer") == "x-amz-checksum-crc32");
    CHECK(header(headers, "x-amz-content-sha256") == "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    CHECK_FALSE(headers.contains("content-length"));
    CHECK(headers.size() == 4);
}

TEST_CASE("chunk layout: aws-chunked comes behind other codings, once") {
    const auto coding = [](std::vector<const char*> before) {
        http::headers headers;
        for (const char* one : before) headers.add("content-encoding", one);
        auth::add_chunk_headers(headers, {.length = 1, .trailers = crc32()});
        auth::add_chunk_headers(headers, {.length = 1, .trailers = crc32()});
        return header(headers, "content-encoding");
    };
    CHECK(coding({"gzip"}) == "gzip,aws-chunked");
    CHECK(coding({"gzip, AWS-chunked"}) == "gzip, AWS-chunked");
    CHECK(coding({"gzip", "br"}) == "gzip,br,aws-chunked");
    CHECK(coding({""}) == "aws-chunked");
}

TEST_CASE("chunk layout: a Content-Length stays where it is right") {
    http::headers headers;
    headers.add("Content-Length", "66824");
    auth::add_chunk_headers(headers, {.length = 66560, .signatures = chunk_signatures::sigv4});
    CHECK(header(headers, "content-length") == "66824");
}

TEST_CASE("chunk layout: what S3 would refuse is refused") {
    const auto refused = [](const auth::chunk_layout& one) {
        const auto done = auth::check(one);
        return done ? std::string() : done.error().code;
    };
    CHECK(refused({.chunk_size = 8191, .trailers = crc32()}) == "BadChunks");
    CHECK(refused({.chunk_size = 8192, .trailers = crc32()}).empty());
    CHECK(refused({.length = ~std::uint64_t{0}, .trailers = crc32()}) == "BadChunks");
    CHECK(refused({.length = 1}) == "BadChunks");
    CHECK(refused({.length = 1, .signatures = chunk_signatures::sigv4}).empty());
    for (const char* name : {"", "a b", "a:b", "X-Amz-Checksum", "host\r\n", "trailer"}) {
        const std::vector<http::trailer> bad{{.name = name}};
        CHECK(refused({.length = 1, .trailers = bad}) == "BadChunks");
    }
}
