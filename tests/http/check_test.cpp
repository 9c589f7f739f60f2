#include <awsxx/http/check.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <string>

namespace http = awsxx::http;

namespace {

http::request good() {
    http::request what{.target = {.host = "a.com", .path = "/x", .query = "y=1"}};
    what.headers.add("x-name", "a value with\ttabs and \xc3\xbc");
    return what;
}

std::string refusal(const http::request& what) {
    const auto checked = http::check(what);
    if (checked) return "";
    CHECK(checked.error().kind == awsxx::error_kind::invalid_argument);
    CHECK_FALSE(checked.error().retryable);
    return checked.error().message;
}

std::string header_refusal(const std::string& name, const std::string& value) {
    http::request what = good();
    what.headers.add(name, value);
    return refusal(what);
}

}  // namespace

TEST_CASE("check: an ordinary request may go") { CHECK(http::check(good())); }

TEST_CASE("check: a header value with a line break or a zero byte is refused and not repeated") {
    for (const std::string& bad : {std::string("hunter2\r\nx: y"), std::string("hunter2\n"),
                                   std::string("\rhunter2"), std::string("hunter2\0", 8)}) {
        const std::string why = header_refusal("x-amz-security-token", bad);
        CHECK(why == "the value of header x-amz-security-token has a line break or a zero byte");
    }
}

TEST_CASE("check: line breaks are found wherever in a value they are") {
    for (std::size_t length = 1; length < 40; ++length)
        for (std::size_t at = 0; at < length; ++at) {
            std::string value(length, '\xff');
            CHECK(header_refusal("x", value).empty());
            value[at] = '\n';
            CHECK_FALSE(header_refusal("x", value).empty());
        }
}

TEST_CASE("check: a header name that is not one word is refused") {
    for (const char* bad : {"", "a b", "a:b", "a\r\nb", "\xc3\xbc", "a;"})
        CHECK_FALSE(header_refusal(bad, "v").empty());
}

TEST_CASE("check: lengths that are not the body's are refused") {
    CHECK(header_refusal("Content-Length", "0").empty());
    CHECK_FALSE(header_refusal("Content-Length", "5").empty());
    CHECK_FALSE(header_refusal("content-length", "x").empty());
    CHECK_FALSE(header_refusal("transfer-encoding", "chunked").empty());
}

TEST_CASE("check: a target that would end early is refused") {
    const auto with = [](auto change) {
        http::request what = good();
        change(what.target);
        return refusal(what);
    };
    CHECK_FALSE(with([](http::uri& to) { to.path = "x"; }).empty());
    CHECK_FALSE(with([](http::uri& to) { to.path = ""; }).empty());
    CHECK_FALSE(with([](http::uri& to) { to.path = "/a b"; }).empty());
    CHECK_FALSE(with([](http::uri& to) { to.path = "/a HTTP/1.1\r\nx: y\r\n"; }).empty());
    CHECK_FALSE(with([](http::uri& to) { to.path = "/a?b"; }).empty());
    CHECK_FALSE(with([](http::uri& to) { to.path = "/a#b"; }).empty());
    CHECK_FALSE(with([](http::uri& to) { to.query = "a\nb"; }).empty());
    CHECK_FALSE(with([](http::uri& to) { to.query = "a#b"; }).empty());
    CHECK_FALSE(with([](http::uri& to) { to.host = ""; }).empty());
    CHECK_FALSE(with([](http::uri& to) { to.host = "a.com/b"; }).empty());
    CHECK_FALSE(with([](http::uri& to) { to.host = "user@a.com"; }).empty());
    CHECK_FALSE(with([](http::uri& to) { to.scheme = "file"; }).empty());
}

TEST_CASE("check: methods are one word, and HEAD has no body") {
    http::request what = good();
    what.method = "GET /";
    CHECK_FALSE(refusal(what).empty());
    what.method = "";
    CHECK_FALSE(refusal(what).empty());
    what.method = "HEAD";
    CHECK(refusal(what).empty());
    what.body = "x";
    CHECK_FALSE(refusal(what).empty());
}
