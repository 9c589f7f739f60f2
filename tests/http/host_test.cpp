#include <awsxx/http/host.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <string>

namespace http = awsxx::http;

TEST_CASE("host: metadata and link-local addresses are recognised") {
    for (const char* near : {"169.254.169.254", "169.254.170.2", "169.254.0.0", "169.254.255.255",
                             "169.254.170.23", "fe80::1", "febf::1", "fd00:ec2::254",
                             "fd00:ec2::23", "FD00:EC2:0:1::1", "::ffff:169.254.169.254"}) {
        CAPTURE(near);
        CHECK(http::is_link_local_or_metadata(near));
    }
}

TEST_CASE("host: other addresses and names are not link-local") {
    for (const char* far :
         {"169.253.1.1", "169.255.0.0", "10.0.0.1", "fec0::1", "fe00::1", "fd00:ec3::254",
          "sts.amazonaws.com", "169.254.169.254.example.com", "", "127.0.0.1", "169.254.169"}) {
        CAPTURE(far);
        CHECK_FALSE(http::is_link_local_or_metadata(far));
    }
}

TEST_CASE("host: this machine is recognised by name and by address") {
    for (const char* here :
         {"localhost", "LOCALHOST", "localhost.", "a.localhost", "127.0.0.1", "127.9.9.9", "::1"})
        CHECK(http::is_loopback(here));
    for (const char* away : {"localhost.example.com", "notlocalhost", "128.0.0.1", "::2", ""})
        CHECK_FALSE(http::is_loopback(away));
}

TEST_CASE("host: a label is letters, digits and inner hyphens, at most 63") {
    for (const char* good : {"a", "A9", "a-b", "0", "a--b"}) CHECK(http::valid_host_label(good));
    for (const char* bad : {"", "-a", "a-", "a_b", "a.b", "a b", "\xc3\xbc"})
        CHECK_FALSE(http::valid_host_label(bad));
    CHECK(http::valid_host_label(std::string(63, 'a')));
    CHECK_FALSE(http::valid_host_label(std::string(64, 'a')));
}

TEST_CASE("host: an address with a zero byte in it is none") {
    CHECK_FALSE(http::parse_address(std::string("127.0.0.1\0.evil", 15)));
}

TEST_CASE("host: a domain holds itself and what is below it") {
    CHECK(awsxx::http::is_in_domain("s3.amazonaws.com", "s3.amazonaws.com"));
    CHECK(awsxx::http::is_in_domain("bucket.s3.amazonaws.com", "s3.amazonaws.com"));
    CHECK_FALSE(awsxx::http::is_in_domain("evils3.amazonaws.com", "s3.amazonaws.com"));
    CHECK_FALSE(awsxx::http::is_in_domain("amazonaws.com", "s3.amazonaws.com"));
}
