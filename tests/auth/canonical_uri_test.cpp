// SPDX-License-Identifier: MIT
#include <awsxx/auth/canonical_uri.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>

using namespace awsxx;

namespace {

std::string path_of(std::string_view path, bool double_encode, bool normalize) {
    auth::signing_rules rules;
    rules.double_encode = double_encode;
    rules.normalize_path = normalize;
    text::text_buffer out;
    const auto done = auth::append_canonical_path(out, path, rules);
    return done ? std::string(out.view()) : "refused: " + done.error().message;
}

std::string query_of(std::string_view query) {
    static auth::canonical_query kept;
    text::text_buffer out;
    const auto done = kept.append_to(out, query);
    return done ? std::string(out.view()) : "refused: " + done.error().message;
}

}  // namespace

TEST_CASE("canonical path: segments that mean nothing are removed") {
    const std::pair<const char*, const char*> examples[] = {{"", "/"},
                                                            {"/", "/"},
                                                            {"//", "/"},
                                                            {"/.", "/"},
                                                            {"/..", "/"},
                                                            {"/./", "/"},
                                                            {"/a/..", "/"},
                                                            {"/a/../", "/"},
                                                            {"/a/b/..", "/a"},
                                                            {"/a/b/../", "/a/"},
                                                            {"/a/./b", "/a/b"},
                                                            {"//a//b//", "/a/b/"},
                                                            {"/../../a", "/a"},
                                                            {"/a/.", "/a"},
                                                            {"/a/...", "/a/..."},
                                                            {"/.a/b.", "/.a/b."},
                                                            {"/a/../../b", "/b"},
                                                            {"/a/b/../../c/", "/c/"}};
    for (const auto& [given, expected] : examples) {
        CAPTURE(given);
        CHECK(path_of(given, true, true) == expected);
        CHECK(path_of(given, false, true) == expected);
    }
}

TEST_CASE("canonical path: S3's is the one that is sent") {
    for (const char* path : {"/", "//", "/a//b/../c/.", "/%20%C3%9f+", "/a(b)!*'"})
        CHECK(path_of(path, false, false) == path);
    CHECK(path_of("", false, false) == "/");
}

TEST_CASE("canonical path: others are encoded once more, but for slashes") {
    CHECK(path_of("/a%20b/~-._/%2F+", true, true) == "/a%2520b/~-._/%252F%2B");
    CHECK(path_of("/a//%20", true, false) == "/a//%2520");
}

TEST_CASE("canonical path: what cannot be sent is refused") {
    for (const char* path : {"/a b", "/\n", "/\xc3\xbc", "a"})
        for (const bool both : {true, false})
            CHECK(path_of(path, both, both).starts_with("refused: the path"));
}

TEST_CASE("canonical query: parameters are in order of their encoded names, then values") {
    CHECK(query_of("") == "");
    CHECK(query_of("b=1&a=2&a=1&A=3") == "A=3&a=1&a=2&b=1");
    CHECK(query_of("ab=1&a-b=2&a=3&a.b=4") == "a=3&a-b=2&a.b=4&ab=1");
    CHECK(query_of("%C3%A9=1&f=2&%41=3") == "%C3%A9=1&A=3&f=2");
    CHECK(query_of("a=1&a=1") == "a=1&a=1");
}

TEST_CASE("canonical query: a name without a value has an empty one") {
    CHECK(query_of("acl") == "acl=");
    CHECK(query_of("uploads&prefix=") == "prefix=&uploads=");
    CHECK(query_of("=v") == "=v");
    CHECK(query_of("=") == "=");
    CHECK(query_of("a&&b") == "=&a=&b=");
}

TEST_CASE("canonical query: all is encoded the strict way") {
    CHECK(query_of("a=b=c") == "a=b%3Dc");
    CHECK(query_of("a=%c3%bc%7e%2d") == "a=%C3%BC~-");
    CHECK(query_of("a=1+2") == "a=1%2B2");
    CHECK(query_of("a=(x)!*'/:@$,;?") == "a=%28x%29%21%2A%27%2F%3A%40%24%2C%3B%3F");
    CHECK(query_of("a=%00%0A") == "a=%00%0A");
}

TEST_CASE("canonical query: an old signature is left out") {
    CHECK(query_of("a=1&X-Amz-Signature=00&b=2") == "a=1&b=2");
    CHECK(query_of("X-Amz-Signature=00") == "");
    CHECK(query_of("x-amz-signature=00") == "x-amz-signature=00");
}

TEST_CASE("canonical query: what cannot be read is refused") {
    for (const char* query : {"%", "a=%4", "a=%zz", "%0g=1"})
        CHECK(query_of(query) == "refused: the query has a % without two hexadecimal digits");
    for (const char* query : {"a b", "a=\n", "a=\xc3\xbc"})
        CHECK(query_of(query) == "refused: the query is not percent-encoded");
}
