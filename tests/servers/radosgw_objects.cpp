// SPDX-License-Identifier: MIT
// Objects of a radosgw, put and got by raw signed requests at the end of a chain of two roles.
#include <servers/odd_keys.hpp>
#include <servers/radosgw.hpp>

#include <awsxx/auth/presign.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/http/callback_body.hpp>
#include <awsxx/http/curl_transport.hpp>
#include <awsxx/http/file_body.hpp>
#include <awsxx/http/parse_uri.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <span>

#include <unistd.h>

namespace {

using namespace test::radosgw;
using awsxx::http::body;
using awsxx::http::response;

awsxx::session role_b_of(awsxx::settings settings) {
    const awsxx::session user(user_keys(), std::move(settings));
    return user.try_assume_role({.role_arn = role_a()})
        ->try_assume_role({.role_arn = role_b()})
        .value_or(user);
}

response sent(const awsxx::session& by, awsxx::http::request what, const char* operation) {
    auto answer = by.try_send(std::move(what), s3(operation));
    if (!answer) FAIL(to_string(answer.error()));
    return *std::move(answer);
}

std::string got(const awsxx::session& by, std::string_view key) {
    return sent(by, object("GET", key), "GetObject").body;
}

void check_odd_keys(const awsxx::session& b) {
    for (const std::string_view key : test::odd_keys) {
        CAPTURE(key);
        const std::string content = "this is " + std::string(key);

        sent(b, object("PUT", key, content), "PutObject");

        CHECK(got(b, key) == content);
        const auto head = sent(b, object("HEAD", key), "HeadObject");
        CHECK(head.headers.find("content-length") == std::to_string(content.size()));
        CHECK(sent(b, object("DELETE", key), "DeleteObject").status == 204);
        const auto gone = b.try_send(object("GET", key), s3("GetObject"));
        REQUIRE_FALSE(gone);
        CHECK(gone.error().code == "NoSuchKey");
        CHECK(gone.error().kind == awsxx::error_kind::not_found);
    }
}

std::string big_content() {
    std::string content(3'000'000, '\0');
    unsigned state = 1;
    for (char& c : content) c = static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
    return content;
}

/// Hands `content`, which has to live as long, out in pieces of odd sizes.
body in_pieces(const std::string& content) {
    const auto at = std::make_shared<std::size_t>(0);
    const auto read = [&content, at](std::span<char> room) -> awsxx::expected<std::size_t> {
        const std::size_t size = std::min({room.size(), content.size() - *at, std::size_t{4099}});
        content.copy(room.data(), size, *at);
        *at += size;
        return size;
    };
    return awsxx::http::callback_body(read, content.size(), [at] {
        *at = 0;
        return true;
    });
}

}  // namespace

TEST_CASE("radosgw: objects with odd keys are put, got and deleted by the second role") {
    check_odd_keys(role_b_of(over_http()));
}

TEST_CASE("radosgw: objects with odd keys are put, got and deleted over TLS") {
    check_odd_keys(role_b_of(over_tls()));
}

TEST_CASE("radosgw: a body that a callback hands out arrives, hashed or under TLS") {
    const std::string content = big_content();
    for (const auto& settings : {over_http(), over_tls()}) {
        CAPTURE(*settings.endpoint_url);
        const awsxx::session b = role_b_of(settings);

        sent(b, object("PUT", "streamed", in_pieces(content)), "PutObject");

        CHECK((got(b, "streamed") == content));
    }
}

TEST_CASE("radosgw: a file arrives, the whole of it and a part of it") {
    const std::string content = big_content();
    std::array<char, 32> path{"/tmp/awsxx-test.XXXXXX"};
    const int file = ::mkstemp(path.data());
    REQUIRE(file >= 0);
    ::close(file);
    std::ofstream(path.data(), std::ios::binary) << content;
    const awsxx::session b = role_b_of(over_http());

    sent(b, object("PUT", "file", *awsxx::http::file_body(path.data())), "PutObject");
    sent(b, object("PUT", "part", *awsxx::http::file_body(path.data(), 1000, 70'000)), "PutObject");
    std::remove(path.data());

    CHECK((got(b, "file") == content));
    CHECK((got(b, "part") == content.substr(1000, 70'000)));
}

TEST_CASE("radosgw: a range of an object is got as what it is") {
    const awsxx::session b = role_b_of(over_http());
    sent(b, object("PUT", "range", "0123456789"), "PutObject");
    auto what = object("GET", "range");
    what.headers.add("Range", "bytes=2-5");

    const response part = sent(b, std::move(what), "GetObject");

    CHECK(part.status == 206);
    CHECK(part.body == "2345");
    CHECK(part.headers.find("content-range") == "bytes 2-5/10");
}

TEST_CASE("radosgw: headers and queries in odd spelling are signed as they are sent") {
    const awsxx::session b = role_b_of(over_http());
    auto what = object("PUT", "meta", "m");
    what.headers.add("X-Amz-Meta-Odd", "  two   spaces and \"quotes\"  ");
    what.headers.add("Content-Type", "text/plain; charset=utf-8");
    what.headers.add("x-amz-meta-empty", "");
    sent(b, std::move(what), "PutObject");

    auto list = object("GET", "");
    list.target.query = "prefix=meta&list-type=2&delimiter=%2F&start-after";
    const response listed = sent(b, std::move(list), "ListObjectsV2");

    CHECK(listed.body.find("<Key>meta</Key>") != std::string::npos);
    const response head = sent(b, object("HEAD", "meta"), "HeadObject");
    CHECK(head.headers.find("content-type") == "text/plain; charset=utf-8");
    CHECK(head.headers.find("x-amz-meta-odd").value_or("").starts_with("two"));
}

TEST_CASE("radosgw: whoever has a presigned URL gets the object without keys") {
    const awsxx::session b = role_b_of(over_http());
    const awsxx::session user(user_keys(), over_http());
    const awsxx::session a(keys_of(user, role_a()), over_http());
    const awsxx::credentials keys = keys_of(a, role_b());
    for (const std::string_view key : {"shared", "a b+c%/../d?e=f&g"}) {
        CAPTURE(key);
        sent(b, object("PUT", key, "for everybody"), "PutObject");
        auto what = object("GET", key);
        const auto endpoint = *awsxx::http::parse_uri(variable("RGW_ENDPOINT"));
        what.target.scheme = endpoint.scheme;
        what.target.host = endpoint.host;
        what.target.port = endpoint.port;
        const std::string region = variable("RGW_REGION");

        const auto link = awsxx::auth::presign(what, keys,
                                               {.region = region,
                                                .service = "s3",
                                                .when = awsxx::system_clock().now(),
                                                .rules = awsxx::auth::rules_for("s3")},
                                               awsxx::seconds(60));

        REQUIRE(link);
        CHECK(link->headers.empty());
        awsxx::http::curl_transport bare;
        CHECK(bare.send(*link, {})->body == "for everybody");
        auto forged = *link;
        forged.target.query.back() = forged.target.query.back() == '0' ? '1' : '0';
        CHECK(bare.send(forged, {})->status == 403);
    }
}
