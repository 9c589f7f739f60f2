// SPDX-License-Identifier: MIT
#include <awsxx/auth/presign.hpp>

#include <awsxx/auth/sigv4.hpp>
#include <awsxx/http/uri.hpp>

#include <support/catch.hpp>
#include <support/signing_samples.hpp>

#include <string>

using namespace awsxx;
using test::sample_keys;
using test::sample_request;
using test::sample_signing;

namespace {

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("presign: the request's own parameters come first, the signature last") {
    http::request draft = sample_request();
    draft.target.query = "b=2&a=1";
    const auto link = auth::presign(draft, sample_keys(), sample_signing(), seconds(60));
    REQUIRE(link);
    CHECK(link->target.query.starts_with(
        "b=2&a=1&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2F"
        "us-east-1%2Fservice%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&"
        "X-Amz-SignedHeaders=host&X-Amz-Signature="));
    CHECK(link->headers.empty());
}

TEST_CASE("presign: other headers are signed and handed back, unsignable ones are not") {
    http::request draft = sample_request();
    draft.headers.add("Content-Type", "text/plain");
    draft.headers.add("User-Agent", "test");
    draft.headers.add("x-amz-date", "20000101T000000Z");
    draft.headers.add("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    const auto link = auth::presign(draft, sample_keys(), sample_signing(), seconds(60));
    REQUIRE(link);
    CHECK(has(link->target.query, "X-Amz-SignedHeaders=content-type%3Bhost&"));
    REQUIRE(link->headers.size() == 1);
    CHECK(link->headers[0].name == "Content-Type");
}

TEST_CASE("presign: a host header that was given is signed and handed back") {
    http::request draft = sample_request();
    draft.headers.add("Host", "other.example.com");
    const auto link = auth::presign(draft, sample_keys(), sample_signing(), seconds(60));
    REQUIRE(link);
    CHECK(link->headers.find("host") == "other.example.com");
}

TEST_CASE("presign: presigning again replaces the old signature") {
    auto keys = sample_keys();
    keys.session_token = "old";
    http::request draft = sample_request();
    draft.target.query = "a=1";
    const auto old = auth::presign(draft, keys, sample_signing(), seconds(60));
    const auto fresh = auth::presign(draft, sample_keys(), sample_signing(), seconds(30));
    REQUIRE(old);
    const auto again = auth::presign(*old, sample_keys(), sample_signing(), seconds(30));
    REQUIRE(again);
    CHECK(again->target.query == fresh->target.query);
}

TEST_CASE("presign: empty parameters are left out of the address") {
    http::request draft = sample_request();
    draft.target.query = "&a=1&&b&";
    const auto link = auth::presign(draft, sample_keys(), sample_signing(), seconds(60));
    REQUIRE(link);
    CHECK(link->target.query.starts_with("a=1&b&X-Amz-Algorithm="));
}

TEST_CASE("presign: the token is signed, or added when all is signed") {
    auto keys = sample_keys();
    auto how = sample_signing();
    const auto without = auth::presign(sample_request(), keys, how, seconds(60));
    keys.session_token = "a/b=";
    const auto with = auth::presign(sample_request(), keys, how, seconds(60));
    how.rules.sign_token = false;
    const auto after = auth::presign(sample_request(), keys, how, seconds(60));
    REQUIRE(after);
    CHECK(has(with->target.query, "&X-Amz-Security-Token=a%2Fb%3D&X-Amz-SignedHeaders=host&"));
    CHECK(after->target.query == without->target.query + "&X-Amz-Security-Token=a%2Fb%3D");
}

TEST_CASE("presign: an S3 Express session has a parameter of its own") {
    auto keys = sample_keys();
    keys.session_token = "token";
    auto how = sample_signing();
    how.rules = auth::rules_for("s3express");
    how.rules.s3_session = true;
    const auto link = auth::presign(sample_request(), keys, how, seconds(60));
    REQUIRE(link);
    CHECK(has(link->target.query, "&X-Amz-S3session-Token=token&"));
    CHECK(!has(link->target.query, "Security-Token"));
}

TEST_CASE("presign: the body is signed, but not for S3") {
    http::request draft = sample_request();
    draft.method = "PUT";
    auto how = sample_signing();
    const auto signature = [&](const char* body) {
        draft.body = std::string(body);
        const auto link = auth::presign(draft, sample_keys(), how, seconds(60));
        REQUIRE(link);
        return link->target.query;
    };
    CHECK(signature("a") != signature("b"));
    how.rules = auth::rules_for("s3");
    CHECK(signature("a") == signature("b"));
}

TEST_CASE("presign: an address is good for one second to seven days") {
    const auto link = [](long long valid) {
        return auth::presign(sample_request(), sample_keys(), sample_signing(), seconds(valid));
    };
    CHECK(link(1));
    CHECK(link(604800));
    for (const long long wrong : {0ll, -1ll, 604801ll}) {
        const auto refused = link(wrong);
        REQUIRE(!refused);
        CHECK(refused.error().kind == error_kind::invalid_argument);
        CHECK(has(refused.error().message, "1 to 604800 seconds"));
    }
}

TEST_CASE("presign: an address that would end elsewhere is refused") {
    for (const char* path : {"/a#b", "/a?b"}) {
        http::request draft = sample_request();
        draft.target.path = path;
        CHECK_FALSE(auth::presign(draft, sample_keys(), sample_signing(), seconds(60)));
    }
    http::request draft = sample_request();
    draft.target.query = "a=1#b";
    CHECK_FALSE(auth::presign(draft, sample_keys(), sample_signing(), seconds(60)));
}

TEST_CASE("presign: what cannot be signed is refused") {
    auto how = sample_signing();
    how.region = "a/b";
    CHECK(!auth::presign(sample_request(), sample_keys(), how, seconds(60)));
    http::request draft = sample_request();
    draft.headers.add("a", "b\nc");
    CHECK(!auth::presign(draft, sample_keys(), sample_signing(), seconds(60)));
    draft = sample_request();
    draft.target.query = "%";
    CHECK(!auth::presign(draft, sample_keys(), sample_signing(), seconds(60)));
    CHECK(!auth::presign(sample_request(), {}, sample_signing(), seconds(60)));
}
