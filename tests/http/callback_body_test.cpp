#include <awsxx/http/callback_body.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <array>
#include <string>

namespace http = awsxx::http;

TEST_CASE("callback body: bytes come from the callable, and it cannot start again") {
    const http::body body = http::callback_body(
        [](std::span<char> room) -> awsxx::expected<std::size_t> {
            room[0] = 'x';
            return std::size_t{1};
        },
        7);
    std::array<char, 4> room;
    CHECK(body.size() == 7);
    CHECK(*body.source()->read(room) == 1);
    CHECK(room[0] == 'x');
    CHECK_FALSE(body.source()->rewind());
}

TEST_CASE("callback body: with a second callable it starts again") {
    int rewinds = 0;
    const http::body body = http::callback_body(
        [](std::span<char>) -> awsxx::expected<std::size_t> { return std::size_t{0}; }, 7,
        [&] { return ++rewinds > 0; });
    CHECK(body.source()->rewind());
    CHECK(rewinds == 1);
}
