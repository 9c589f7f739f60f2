// SPDX-License-Identifier: MIT
#include <awsxx/auth/canonical_headers.hpp>

#include <support/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace awsxx;

namespace {

using fields = std::vector<std::pair<std::string, std::string>>;

http::headers headers_of(const fields& given) {
    http::headers all;
    for (const auto& [name, value] : given) all.add(name, value);
    return all;
}

std::string lines_of(auth::canonical_headers& canonical, const fields& given) {
    const auto all = headers_of(given);
    if (!canonical.collect(all)) return "refused: " + canonical.problem(all);
    std::string room(canonical.bound() + 1, '?');
    const char* end = canonical.write(room.data(), all);
    if (end == nullptr) return "refused: " + canonical.problem(all);
    const auto size = static_cast<std::size_t>(end - room.data());
    REQUIRE(size <= canonical.bound());
    CHECK(room[canonical.bound()] == '?');
    return room.substr(0, size) + std::string(canonical.names());
}

std::string lines_of(const fields& given) {
    auth::canonical_headers fresh;
    return lines_of(fresh, given);
}

}  // namespace

TEST_CASE("canonical headers: names are small and in order, as bytes are") {
    CHECK(lines_of({{"b-b", "1"}, {"B", "2"}, {"b_b", "3"}, {"bb", "4"}, {"A", "5"}}) ==
          "a:5\nb:2\nb-b:1\nb_b:3\nbb:4\na;b;b-b;b_b;bb");
}

TEST_CASE("canonical headers: repeats are joined in the order in which they came") {
    CHECK(lines_of({{"x", "c"}, {"X", " a "}, {"a", "1"}, {"x", ""}, {"x", "b"}}) ==
          "a:1\nx:c,a,,b\na;x");
}

TEST_CASE("canonical headers: white space is trimmed and collapsed, inside quotes too") {
    CHECK(lines_of({{"a", "  1  2\t\t3 "}, {"b", "\"x   y\""}, {"c", " \t "}, {"d", ""}}) ==
          "a:1 2 3\nb:\"x y\"\nc:\nd:\na;b;c;d");
}

TEST_CASE("canonical headers: characters beyond ASCII stay") {
    CHECK(lines_of({{"a", "\xc3\xbc \xff"}}) == "a:\xc3\xbc \xff\na");
}

TEST_CASE("canonical headers: what others change or add is not signed") {
    fields given;
    for (const char* name :
         {"Authorization", "Connection", "Expect", "Keep-Alive", "Proxy-Authenticate",
          "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "User-Agent",
          "X-Amzn-Trace-Id", "Sec-WebSocket-Key", "Sec-WebSocket-Protocol",
          "Sec-WebSocket-Version"}) {
        CHECK(auth::is_unsignable(name));
        given.emplace_back(name, "x");
    }
    given.emplace_back("X-Amz-Target", "y");
    CHECK(lines_of(given) == "x-amz-target:y\nx-amz-target");
    for (const char* name : {"", "host", "x-amz-date", "content-length", "x-amzn-trace-ie"})
        CHECK(!auth::is_unsignable(name));
}

TEST_CASE("canonical headers: forty of them are in order as well") {
    fields given;
    for (int i = 0; i < 40; ++i)
        given.emplace_back(
            (i % 2 == 0 ? "X-Long-Name-" : "x-long-name-") + std::to_string(10 + i * 7 % 40 / 2),
            std::to_string(i));
    const std::string text = lines_of(given);
    const std::string names = text.substr(text.rfind('\n') + 1);
    std::string last;
    for (std::size_t at = 0; at < names.size(); at += 15) {
        CHECK(names.substr(at, 14) > last);
        last = names.substr(at, 14);
    }
    CHECK(names.size() == 20 * 15 - 1);
}

TEST_CASE("canonical headers: the same names with other values, and other names, come out right") {
    auth::canonical_headers kept;
    CHECK(lines_of(kept, {{"b", "1"}, {"a", "2"}}) == "a:2\nb:1\na;b");
    CHECK(lines_of(kept, {{"b", "a longer value"}, {"a", ""}}) == "a:\nb:a longer value\na;b");
    CHECK(lines_of(kept, {{"a", "1"}, {"b", "2"}}) == "a:1\nb:2\na;b");
    CHECK(lines_of(kept, {{"ab", "1"}}) == "ab:1\nab");
    CHECK(lines_of(kept, {{"A", "1"}, {"B", "2"}}) == "a:1\nb:2\na;b");
    CHECK(lines_of(kept, {}) == "");
    CHECK(lines_of(kept, {{"a b", "1"}}).starts_with("refused"));
    CHECK(lines_of(kept, {{"a b", "1"}}).starts_with("refused"));
    CHECK(lines_of(kept, {{"a", "1"}}) == "a:1\na");
}

TEST_CASE("canonical headers: what cannot be a field is refused without showing its value") {
    for (const char* name : {"", " ", "a b", "a:", "a\n", "a;b", "a,b", "\xc3\xbc", "a\x7f", "(a)"})
        CHECK(lines_of({{name, "secret"}}).find("secret") == std::string::npos);
    for (const std::string value : {"secret\n", "secret\r\n x", "\rsecret", "sec\x01ret", "a\x7f"})
        CHECK(lines_of({{"name", value}}) ==
              "refused: header name has a line break or another control character in its value");
    CHECK(lines_of({{"name", std::string("a\0b", 3)}}).starts_with("refused: header name"));
}
