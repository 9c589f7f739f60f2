// SPDX-License-Identifier: MIT
// Typed calls through an HTTP proxy, and over HTTP/2 to what stands in front of a server.
#include <servers/odd_keys.hpp>
#include <servers/radosgw.hpp>

#include <awsxx/services/s3.hpp>

#include <cstddef>
#include <fstream>
#include <string>
#include <string_view>

namespace {

using namespace test::radosgw;
namespace s3 = awsxx::s3;

/// How many lines of a server's log have that in them.
int mentions(const char* log, std::string_view what) {
    std::ifstream from(variable(log));
    int found = 0;
    for (std::string line; std::getline(from, line);) found += line.find(what) != std::string::npos;
    return found;
}

/// The servers of this machine by an address that is not taken for this machine: that would be
/// reached directly.
std::string from_afar(std::string url) {
    const std::size_t at = url.find("127.0.0.1");
    return at == std::string::npos ? url : url.replace(at, 9, "0.0.0.0");
}

awsxx::settings over_http2() {
    auto settings = over(variable("HTTP2_ENDPOINT"));
    settings.ca_bundle = variable("HTTP2_CA_FILE");
    settings.http2 = true;
    return settings;
}

awsxx::settings through_proxy(awsxx::settings settings, const std::string& password) {
    const std::string url = "http://" + awsxx::http::encoded(variable("PROXY_USER")) + ":" +
                            awsxx::http::encoded(password) + "@" + variable("PROXY_ADDRESS");
    settings.proxies = awsxx::http::proxy_settings{.http = url, .https = url};
    settings.endpoint_url = from_afar(*settings.endpoint_url);
    return settings;
}

/// nghttpx brings paths into their shortest form, which ends their signatures.
bool is_short(std::string_view key) {
    return ("/" + std::string(key) + "/").find("/.") == std::string::npos &&
           key.find("//") == std::string_view::npos && !key.starts_with('/');
}

void check_objects(const awsxx::session& by, bool (*fits)(std::string_view)) {
    const std::string bucket = variable("RGW_BUCKET");
    for (const std::string_view odd : test::odd_keys) {
        if (!fits(odd)) continue;
        const std::string key(odd);
        CAPTURE(key);
        const auto put =
            by.try_call(s3::put_object{.body = "content of " + key, .bucket = bucket, .key = key});
        if (!put) FAIL(to_string(put.error()));
        const auto got = by.try_call(s3::get_object{.bucket = bucket, .key = key});
        if (!got) FAIL(to_string(got.error()));
        CHECK(got->body == "content of " + key);
        CHECK(by.try_call(s3::delete_object{.bucket = bucket, .key = key}));
    }
    const std::string large(3'000'000, 'x');
    CHECK(by.try_call(
        s3::put_object{.body = awsxx::http::body::view(large), .bucket = bucket, .key = "large"}));
    const auto back = by.try_call(s3::get_object{.bucket = bucket, .key = "large"});
    REQUIRE(back);
    CHECK((back->body == large));
    const auto none = by.try_call(s3::get_object{.bucket = bucket, .key = "none"});
    REQUIRE_FALSE(none);
    CHECK(none.error().code == "NoSuchKey");
}

}  // namespace

TEST_CASE("proxies: typed calls go through an HTTP proxy as they are") {
    const int before = mentions("PROXY_LOG", "GET http://");
    const auto settings = through_proxy(over_http(), variable("PROXY_PASSWORD"));
    check_objects(awsxx::session(user_keys(), settings), [](std::string_view) { return true; });
    CHECK(mentions("PROXY_LOG", "GET http://") > before);
}

TEST_CASE("proxies: typed calls go through a proxy's tunnel and there over HTTP/2") {
    const int before = mentions("PROXY_LOG", "CONNECT 0.0.0.0:");
    const auto settings = through_proxy(over_http2(), variable("PROXY_PASSWORD"));
    check_objects(awsxx::session(user_keys(), settings), is_short);
    CHECK(mentions("PROXY_LOG", "CONNECT 0.0.0.0:") > before);
}

TEST_CASE("proxies: one that does not know the visitor lets nothing through") {
    const auto refusal = [](const awsxx::settings& settings) {
        const awsxx::session by(user_keys(), through_proxy(settings, "another"));
        const auto refused = by.try_call(s3::list_buckets{});
        REQUIRE_FALSE(refused);
        CHECK(to_string(refused.error()).find("another") == std::string::npos);
        return refused.error();
    };
    const int status = refusal(over_http()).http_status;  // tinyproxy says 401 where 407 is due
    CHECK((status == 401 || status == 407));
    CHECK(refusal(over_http2()).code == "ProxyFailed");
}

TEST_CASE("proxies: typed calls are made over HTTP/2 where that is wanted") {
    auto settings = over_http2();
    settings.http2 = false;
    CHECK(awsxx::session(user_keys(), settings).try_call(s3::list_buckets{}));
    const int before = mentions("HTTP2_LOG", "HTTP/2 200");

    check_objects(awsxx::session(user_keys(), over_http2()), is_short);

    CHECK(mentions("HTTP2_LOG", "HTTP/1.1 200") == 1);
    CHECK(mentions("HTTP2_LOG", "HTTP/1.1") == 1);
    CHECK(mentions("HTTP2_LOG", "HTTP/2 200") > before + 30);
    CHECK(mentions("HTTP2_LOG", "HTTP/2 404") > 0);
}
