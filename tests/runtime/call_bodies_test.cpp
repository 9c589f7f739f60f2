// SPDX-License-Identifier: MIT
#include <awsxx/runtime/call_bodies.hpp>

#include <awsxx/model/field.hpp>

#include <awsxx/http/body_reader.hpp>

#include <support/catch.hpp>
#include <support/text_stream.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

using namespace awsxx;

namespace {

struct input {
    std::optional<std::string> algorithm{};
    std::optional<std::string> mode{};
};
constexpr model::field fields[] = {
    {"x-amz-sdk-checksum-algorithm",
     &model::optional_text,
     offsetof(input, algorithm),
     {},
     model::place::header},
    {"x-amz-checksum-mode", &model::optional_text, offsetof(input, mode), {}, model::place::header},
};
constexpr model::type input_type = model::structure(fields);
constexpr model::operation get{.name = "Get",
                               .input = &input_type,
                               .checksums = {.validation_member = 1, .answers = model::crc32}};
constexpr model::operation put{
    .name = "Put", .input = &input_type, .checksums = {.algorithm_member = 0}};
constexpr model::operation plain{.name = "Plain", .input = &input_type};

const config::body_rules usual{};

/// Keeps what is written to it.
struct kept_sink final : http::body_sink {
    expected<void> write(std::string_view piece) override {
        text += piece;
        return {};
    }
    expected<void> finish() override {
        finished = true;
        return {};
    }
    bool restart() override {
        text.clear();
        ++restarts;
        return may_restart;
    }
    std::string text{};
    bool finished = false;
    bool may_restart = true;
    int restarts = 0;
};

http::response answer(std::string body, const char* crc32) {
    http::response made{.status = 200, .body = std::move(body)};
    if (crc32 != nullptr) made.headers.add("x-amz-checksum-crc32", crc32);
    return made;
}

http::request draft(http::body body = {}) {
    http::request made{.method = "PUT", .target = {}, .headers = {}, .body = std::move(body)};
    made.target.scheme = "https";
    made.target.host = "bucket.example.com";
    return made;
}

struct body_choice {
    http::body_sink* sink{};
    bool custom{};
};

/// Bodies of a call that was prepared, and its request.
struct scene {
    explicit scene(const model::operation& what, http::body body = {}, body_choice how = {})
        : request(draft(std::move(body))) {
        if (how.sink != nullptr) bodies.deliver_to(how.sink);
        REQUIRE(bodies.prepare(what, &in, {usual, how.custom}, request));
    }
    input in{};
    http::request request;
    runtime::call_bodies bodies{};
};

}  // namespace

TEST_CASE("call bodies: an answer is held against its checksum") {
    scene s(get);
    CHECK(s.request.headers.find("x-amz-checksum-mode") == "ENABLED");
    CHECK_FALSE(s.bodies.verdict(answer("hello", "NhCmhg==")));
    CHECK_FALSE(s.bodies.verdict(answer("hello", nullptr)));
    const auto wrong = s.bodies.verdict(answer("hellO", "NhCmhg=="));
    REQUIRE(wrong);
    CHECK(wrong->code == "ChecksumMismatch");
    CHECK(wrong->retryable);
}

TEST_CASE("call bodies: at somebody's own endpoint no checksum is asked for") {
    scene s(get, {}, {.custom = true});
    CHECK_FALSE(s.request.headers.contains("x-amz-checksum-mode"));
    CHECK_FALSE(s.bodies.verdict(answer("hellO", "NhCmhg==")));
}

TEST_CASE("call bodies: what DynamoDB says of an answer is checked without being asked for") {
    scene s(plain);
    http::response said{.status = 200, .body = "hello"};
    said.headers.add("x-amz-crc32", "907060870");
    CHECK_FALSE(s.bodies.verdict(said));
    said.body = "hellO";
    CHECK(s.bodies.verdict(said));
}

TEST_CASE("call bodies: a sink gets the body, and its checksum is looked at when it is whole") {
    kept_sink to;
    scene s(get, {}, {.sink = &to});
    http::body_sink* const sink = s.bodies.sink();
    REQUIRE(sink != nullptr);
    const auto head = answer("", "NhCmhg==");
    REQUIRE(sink->begin(head));
    REQUIRE(sink->write("hel"));
    REQUIRE(sink->write("lo"));
    CHECK_FALSE(s.bodies.verdict(head));
    CHECK(to.text == "hello");
    CHECK(to.finished);

    http::body_sink* const next = s.bodies.sink();
    REQUIRE(next->begin(head));
    REQUIRE(next->write("hellO"));
    to.finished = false;
    CHECK(s.bodies.verdict(head));
    CHECK_FALSE(to.finished);
}

TEST_CASE("call bodies: a sink begins again only where something may have gone to it") {
    kept_sink to;
    scene s(plain, {}, {.sink = &to});
    CHECK(s.bodies.start_again(s.request));
    CHECK(to.restarts == 0);
    REQUIRE(s.bodies.sink()->write("a"));
    CHECK(s.bodies.start_again(s.request));
    CHECK(s.bodies.start_again(s.request));
    CHECK(to.restarts == 1);
    to.may_restart = false;
    CHECK(s.bodies.start_again(s.request));
    REQUIRE(s.bodies.sink()->begin(answer("", nullptr)));
    CHECK_FALSE(s.bodies.start_again(s.request));
}

#if defined(__cpp_exceptions)
TEST_CASE("call bodies: what a program's source or sink throws is an error") {
    struct thrower final : http::body_sink, http::body_source {
        expected<void> write(std::string_view) override { return {}; }
        expected<void> finish() override { throw std::runtime_error("finish"); }
        bool restart() override { throw std::runtime_error("restart"); }
        expected<std::size_t> read(std::span<char>) override { throw std::runtime_error("read"); }
        bool rewind() override {
            if (rewinds-- == 0) throw std::runtime_error("rewind");
            return true;
        }
        int rewinds = 100;
    };
    thrower both;
    scene s(
        plain,
        http::body::stream(std::shared_ptr<http::body_source>(std::shared_ptr<void>(), &both), 5),
        {.sink = &both});

    CHECK(s.bodies.verdict(answer("", nullptr))->code == "CallbackThrew");
    REQUIRE(s.bodies.sink()->write("a"));
    CHECK_FALSE(s.bodies.start_again(s.request));
    both.rewinds = 0;
    CHECK_FALSE(s.bodies.start_again(s.request));
    both.rewinds = 100;
    const auto summed = http::for_each_piece(s.request.body, [](std::string_view) {});
    CHECK(summed.error().cause->code == "CallbackThrew");
    both.rewinds = 0;
    CHECK(http::for_each_piece(s.request.body, [](std::string_view) {}).error().code ==
          "CannotReadBody");
}
#endif

TEST_CASE("call bodies: a stream is sent again with the same checksum behind it") {
    scene s(put, test::text_stream("hello"));
    const std::string wire = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
    CHECK(test::drained(s.request.body) == wire);
    REQUIRE(s.bodies.start_again(s.request));
    CHECK(test::drained(s.request.body) == wire);

    REQUIRE(s.bodies.start_again(s.request));
    char some[7];
    REQUIRE(s.request.body.source()->read(some));  // an attempt that broke
    REQUIRE(s.bodies.start_again(s.request));
    CHECK(test::drained(s.request.body) == wire);
}
