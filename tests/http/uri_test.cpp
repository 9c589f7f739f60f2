#include <awsxx/http/parse_uri.hpp>  // first: it must compile on its own
#include <awsxx/http/uri.hpp>

#include <support/catch.hpp>

#include <string>

namespace http = awsxx::http;

namespace {

std::string problem_of(const std::string& text) {
    const auto uri = http::parse_uri(text);
    REQUIRE_FALSE(uri);
    CHECK(uri.error().kind == awsxx::error_kind::invalid_argument);
    CHECK(uri.error().code == "InvalidUri");
    return uri.error().message;
}

}  // namespace

TEST_CASE("uri: the parts of a whole one") {
    const auto uri = http::parse_uri("HTTPS://Bucket.S3.amazonaws.com:8443/a//b/../c%20d?x=1&y=?");
    REQUIRE(uri);
    CHECK(uri->scheme == "https");
    CHECK(uri->host == "bucket.s3.amazonaws.com");
    CHECK(uri->port == 8443);
    CHECK(uri->path == "/a//b/../c%20d");
    CHECK(uri->query == "x=1&y=?");
}

TEST_CASE("uri: an empty path is a slash") {
    CHECK(http::parse_uri("https://a.com")->path == "/");
    CHECK(http::parse_uri("https://a.com?x")->path == "/");
    CHECK(http::parse_uri("https://a.com?x")->query == "x");
}

TEST_CASE("uri: the scheme's own port is no port") {
    CHECK(http::parse_uri("https://a.com:443/")->port == 0);
    CHECK(http::parse_uri("http://a.com:80/")->port == 0);
    CHECK(http::parse_uri("http://a.com:443/")->port == 443);
    CHECK(http::parse_uri("https://a.com:/")->port == 0);
    CHECK(http::parse_uri("http://a.com/")->effective_port() == 80);
    CHECK(http::parse_uri("https://a.com/")->effective_port() == 443);
}

TEST_CASE("uri: an IPv6 address loses its brackets and gets them back") {
    const auto uri = http::parse_uri("http://[FD00:EC2::254]:8080/latest");
    REQUIRE(uri);
    CHECK(uri->host == "fd00:ec2::254");
    CHECK(uri->port == 8080);
    CHECK(http::host_header(*uri) == "[fd00:ec2::254]:8080");
    CHECK(http::to_string(*uri) == "http://[fd00:ec2::254]:8080/latest");
}

TEST_CASE("uri: a host header has the port only where it is not the scheme's own") {
    CHECK(http::host_header({.scheme = "https", .host = "a.com", .port = 443}) == "a.com");
    CHECK(http::host_header({.scheme = "http", .host = "a.com", .port = 80}) == "a.com");
    CHECK(http::host_header({.scheme = "https", .host = "a.com", .port = 80}) == "a.com:80");
    CHECK(http::host_header({.scheme = "https", .host = "a.com"}) == "a.com");
}

TEST_CASE("uri: written out it is what was read") {
    for (const char* text : {"https://a.com/", "http://a.com:8080/x?y=z", "http://127.0.0.1:1/",
                             "https://a-b_c.d/%2F%2f?a=%20", "http://localhost./?q"}) {
        std::string out = "<";
        http::append_to(out, *http::parse_uri(text));
        CHECK(out == std::string("<") + text);
    }
}

TEST_CASE("uri: what is no http or https is refused") {
    CHECK(problem_of("ftp://a.com/") == "the URI is neither http nor https");
    CHECK(problem_of("a.com") == "the URI does not begin with https://");
    CHECK(problem_of("") == "the URI does not begin with https://");
    CHECK(problem_of("https:/a.com") == "the URI does not begin with https://");
}

TEST_CASE("uri: characters that must be encoded are refused with their place") {
    CHECK(problem_of("https://a.com/a b") == "character 16 of the URI is a space");
    CHECK(problem_of("https://a.com/\r\nHost: b") == "character 15 of the URI is a line break");
    CHECK(problem_of("https://a\n.com/") == "character 10 of the URI is a line break");
    CHECK(problem_of("https://a.com/\t") == "character 15 of the URI is a control character");
    CHECK(problem_of("https://a.com/\x7f") == "character 15 of the URI is a control character");
    CHECK(problem_of(std::string("https://a.com/\0", 15)) ==
          "character 15 of the URI is a control character");
    CHECK(problem_of("https://a.com/\xc3\xbc") ==
          "character 15 of the URI is not ASCII and not percent-encoded");
    CHECK(problem_of("https://a.com/#top") ==
          "character 15 of the URI is the # of a fragment, which servers never see");
}

TEST_CASE("uri: user names and passwords are refused and never repeated") {
    const std::string problem = problem_of("https://user:hunter2@a.com/");
    CHECK(problem == "the URI: it carries a user name, which would be sent in the clear");
}

TEST_CASE("uri: hosts that cannot be are refused") {
    for (const char* text :
         {"https://",          "https:///x",         "https://?x",         "https://.",
          "https://.a.com",    "https://a..com",     "https://a,b",        "https://a%20b",
          "https://a\\b",      "https://[::1",       "https://[::1]x",     "https://[1.2.3.4]",
          "https://[v1.x]",    "https://[::g]",      "https://::1/",       "https://1.2.3",
          "https://1.2.3.4.5", "https://2852039166", "https://0x7f000001", "https://127.0x1",
          "https://256.1.1.1"}) {
        CAPTURE(text);
        problem_of(text);
    }
    problem_of("https://" + std::string(64, 'a') + ".com/");
    std::string long_host = "https://";
    for (int i = 0; i < 130; ++i) long_host += "a.";
    problem_of(long_host);
}

TEST_CASE("uri: ports that cannot be are refused") {
    for (const char* port : {"0", "65536", "-1", "+1", "1a", "99999999999", "1:2"}) {
        CAPTURE(port);
        problem_of(std::string("https://a.com:") + port + "/");
    }
    CHECK(http::parse_uri("https://a.com:65535")->port == 65535);
}
