#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/proxy.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <string>

namespace http = awsxx::http;

namespace {

bool direct(const std::string& none, const std::string& url) {
    const http::proxy_settings settings{.http = "p:1", .https = "p:2", .none = none};
    return http::proxy_for(settings, *http::parse_uri(url)).empty();
}

}  // namespace

TEST_CASE("proxy: each scheme has its own") {
    const http::proxy_settings settings{.http = "http://p:1", .https = "http://p:2"};
    CHECK(http::proxy_for(settings, *http::parse_uri("http://a.com")) == "http://p:1");
    CHECK(http::proxy_for(settings, *http::parse_uri("https://a.com")) == "http://p:2");
    CHECK(http::proxy_for({}, *http::parse_uri("https://a.com")).empty());
}

TEST_CASE("proxy: metadata, link-local addresses and this machine are never asked through one") {
    for (const char* near :
         {"http://169.254.169.254/", "http://169.254.170.2/v2", "http://[fd00:ec2::254]/",
          "http://[fe80::1]/", "http://localhost:81/", "http://127.0.0.1/", "https://[::1]/"})
        CHECK(direct("", near));
}

TEST_CASE("proxy: a name excepts itself and everything below") {
    for (const char* entry :
         {"amazonaws.com", ".amazonaws.com", "*.amazonaws.com", "x, AmazonAWS.com ,y"}) {
        CAPTURE(entry);
        CHECK(direct(entry, "https://sts.amazonaws.com"));
        CHECK(direct(entry, "https://amazonaws.com./"));
        CHECK_FALSE(direct(entry, "https://notamazonaws.com"));
        CHECK_FALSE(direct(entry, "https://amazonaws.com.evil.org"));
    }
    CHECK(direct("*", "https://anything.org"));
    CHECK_FALSE(direct(",, ,", "https://a.com"));
}

TEST_CASE("proxy: addresses and networks except what is in them") {
    CHECK(direct("10.1.2.3", "http://10.1.2.3"));
    CHECK_FALSE(direct("10.1.2.3", "http://10.1.2.4"));
    CHECK(direct("10.0.0.0/8", "http://10.255.0.1"));
    CHECK_FALSE(direct("10.0.0.0/8", "http://11.0.0.1"));
    CHECK(direct("0.0.0.0/0", "http://11.0.0.1"));
    CHECK(direct("fd00::/8", "http://[fd12::1]"));
    CHECK(direct("[fd12::1]", "http://[fd12::1]"));
    CHECK(direct("fd12:0::1", "http://[fd12::1]"));
    CHECK_FALSE(direct("10.0.0.0/33", "http://10.0.0.1"));
    CHECK_FALSE(direct("10.0.0.0/x", "http://10.0.0.1"));
    CHECK_FALSE(direct("10.0.0.0/8", "http://name.org"));
}

TEST_CASE("proxy: an exception with a port is for that port") {
    CHECK(direct("a.com:8080", "http://a.com:8080"));
    CHECK_FALSE(direct("a.com:8080", "http://a.com"));
    CHECK(direct("a.com:80", "http://a.com"));
    CHECK(direct("[fd12::1]:8080", "http://[fd12::1]:8080"));
    CHECK_FALSE(direct("[fd12::1]:8080", "http://[fd12::1]"));
    CHECK_FALSE(direct("a.com:x", "http://a.com"));
}

TEST_CASE("proxy: what libcurl would not take for one is refused without being repeated") {
    for (const char* good : {"http://p:1", "https://user:pass@p:1/", "p", "p:3128", "user:p@ss@p:1",
                             "socks5h://127.0.0.1:1080", "HTTP://[::1]:8080"}) {
        CAPTURE(good);
        CHECK(http::check_proxy(good));
    }
    for (const char* bad : {"", "gopher://user:hunter2@p:1", "http://user:hunter2@p:port",
                            "http://", "http://user:hunter2@", "http://p:1/hunter2 x"}) {
        CAPTURE(bad);
        const auto checked = http::check_proxy(bad);
        REQUIRE_FALSE(checked);
        CHECK(checked.error().kind == awsxx::error_kind::configuration);
        CHECK(checked.error().message.find("hunter2") == std::string::npos);
    }
}
