#include <awsxx/http/percent.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <string>

namespace http = awsxx::http;

TEST_CASE("percent: all but letters, digits and four marks is encoded in capitals") {
    CHECK(http::encoded("aZ09-._~") == "aZ09-._~");
    CHECK(http::encoded(" +/=&%*\"") == "%20%2B%2F%3D%26%25%2A%22");
    CHECK(http::encoded("\xc3\xbc\xff") == "%C3%BC%FF");
    CHECK(http::encoded(std::string("a\0b", 3)) == "a%00b");
}

TEST_CASE("percent: a slash is kept where it separates") {
    CHECK(http::encoded("a/b c", true) == "a/b%20c");
    CHECK(http::encoded("a/b c", false) == "a%2Fb%20c");
}

TEST_CASE("percent: encoding appends") {
    std::string out = "key=";
    http::append_encoded(out, "a b");
    CHECK(out == "key=a%20b");
}

TEST_CASE("percent: decoding turns pairs into bytes and leaves plus signs") {
    CHECK(*http::decoded("a%20b+c%2f%2F") == "a b+c//");
    CHECK(*http::decoded("") == "");
}

TEST_CASE("percent: decoding undoes encoding for every byte") {
    std::string all;
    for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
    CHECK(*http::decoded(http::encoded(all)) == all);
}

TEST_CASE("percent: a broken pair is refused with its place and changes nothing") {
    for (const char* broken : {"ab%", "ab%4", "ab%g0", "ab%0g", "ab%%41"}) {
        std::string out = "kept";
        const auto done = http::append_decoded(out, broken);
        REQUIRE_FALSE(done);
        CHECK(done.error().kind == awsxx::error_kind::invalid_argument);
        CHECK(done.error().message.find("character 3") == 0);
        CHECK(out == "kept");
    }
}
