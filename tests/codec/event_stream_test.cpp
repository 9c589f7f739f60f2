// SPDX-License-Identifier: MIT
#include <awsxx/codec/event_decoder.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace awsxx;
namespace stream = codec::event_stream;
using stream::header_type;

namespace {

stream::message rich_message() {
    return {
        .headers = {{.name = ":event-type", .type = header_type::text, .bytes = "Records"},
                    {.name = "t", .type = header_type::true_},
                    {.name = "f", .type = header_type::false_},
                    {.name = "a", .type = header_type::int8, .number = -128},
                    {.name = "b", .type = header_type::int16, .number = -2},
                    {.name = "c", .type = header_type::int32, .number = 2147483647},
                    {.name = "d",
                     .type = header_type::int64,
                     .number = std::numeric_limits<std::int64_t>::min()},
                    {.name = "e", .type = header_type::bytes, .bytes = std::string("\0\xff", 2)},
                    {.name = "g", .type = header_type::timestamp, .number = 1'576'540'098'000},
                    {.name = "h", .type = header_type::uuid, .bytes = "0123456789abcdef"}},
        .payload = "some payload"};
}

std::string encoded(const stream::message& one) {
    std::string bytes;
    REQUIRE(stream::append(one, bytes));
    return bytes;
}

/// A message with these bytes as its headers, all checks right.
std::string frame_with(const std::string& headers) {
    namespace wire = stream::detail::event_stream;
    std::string bytes;
    wire::append_number(bytes, headers.size() + 16, 4);
    wire::append_number(bytes, headers.size(), 4);
    wire::append_number(bytes, crypto::crc32_of(bytes), 4);
    bytes += headers;
    wire::append_number(bytes, crypto::crc32_of(bytes), 4);
    return bytes;
}

error failure_of(const std::string& bytes) {
    stream::decoder decoder;
    decoder.feed(bytes);
    const auto found = decoder.next();
    REQUIRE_FALSE(found);
    return found.error();
}

}  // namespace

TEST_CASE("event stream: all types of headers come back as they were") {
    const stream::message sent = rich_message();
    stream::decoder decoder;
    decoder.feed(encoded(sent));

    const auto found = decoder.next();

    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->payload == sent.payload);
    REQUIRE((*found)->headers.size() == sent.headers.size());
    for (std::size_t i = 0; i < sent.headers.size(); ++i) {
        const stream::header& one = (*found)->headers[i];
        CHECK(one.name == sent.headers[i].name);
        CHECK(one.type == sent.headers[i].type);
        CHECK(one.number == sent.headers[i].number);
        CHECK(one.bytes == sent.headers[i].bytes);
    }
    CHECK((*found)->text(":event-type") == "Records");
    CHECK((*found)->text("h").empty());
    CHECK((*found)->find("none") == nullptr);
    CHECK(decoder.finish());
}

TEST_CASE("event stream: messages may be split anywhere, and several may come at once") {
    const std::string bytes = encoded(rich_message()) + encoded({}) + encoded({.payload = "x"});
    for (std::size_t size = 1; size <= bytes.size(); ++size) {
        stream::decoder decoder;
        std::vector<std::string> payloads;
        for (std::size_t at = 0; at < bytes.size(); at += size) {
            decoder.feed(std::string_view(bytes).substr(at, size));
            for (auto next = decoder.next(); next && *next; next = decoder.next())
                payloads.push_back((*next)->payload);
        }
        REQUIRE(payloads == std::vector<std::string>{"some payload", "", "x"});
        CHECK(decoder.finish());
    }
}

TEST_CASE("event stream: a changed byte ends it, and it stays ended") {
    const std::string good = encoded(rich_message());
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        stream::decoder decoder;
        decoder.feed(bad);
        REQUIRE_FALSE(decoder.next());
        decoder.feed(good);
        CHECK(decoder.next().error().code == "MalformedEventStream");
        CHECK_FALSE(decoder.finish());
    }
}

TEST_CASE("event stream: lengths are trusted only after their check") {
    std::string bytes = encoded(rich_message());
    bytes[0] = '\x7f';
    CHECK(failure_of(bytes.substr(0, 12)).message ==
          "the lengths of a message do not fit their check");
}

TEST_CASE("event stream: lengths that cannot be are refused at once") {
    namespace wire = stream::detail::event_stream;
    const auto refusal = [](std::uint64_t total, std::uint64_t headers) {
        std::string bytes;
        wire::append_number(bytes, total, 4);
        wire::append_number(bytes, headers, 4);
        wire::append_number(bytes, crypto::crc32_of(bytes), 4);
        return failure_of(bytes).message;
    };
    CHECK(refusal(15, 0) == "the lengths of a message contradict each other");
    CHECK(refusal(20, 5) == "the lengths of a message contradict each other");
    CHECK(refusal(200'000, 131'073) == "the headers are longer than 128 KiB");
    CHECK(refusal(25'165'824 + 17, 0) == "the payload is longer than 24 MiB");
}

TEST_CASE("event stream: headers that cannot be are refused") {
    using namespace std::string_literals;
    CHECK(failure_of(frame_with("\1a\0\1a\0"s)).message == "two headers of one name");
    CHECK(failure_of(frame_with("\1a\x0a"s)).message == "a header of unknown type");
    CHECK(failure_of(frame_with("\1a\xff"s)).message == "a header of unknown type");
    CHECK(failure_of(frame_with("\0\0"s)).message == "a header has no name");
    CHECK(failure_of(frame_with("\5a"s)).message == "a header is cut short");
    CHECK(failure_of(frame_with("\1a"s)).message == "a header is cut short");
    CHECK(failure_of(frame_with("\1a\7\0"s)).message == "a header is cut short");
    CHECK(failure_of(frame_with("\1a\7\0\2x"s)).message == "a header is cut short");
    CHECK(failure_of(frame_with("\1a\x09short"s)).message == "a header is cut short");
    CHECK(failure_of(frame_with("\1a\7\0\1\xff"s)).message == "a header is not UTF-8");
}

TEST_CASE("event stream: an end in the midst of a message is an error") {
    stream::decoder decoder;
    decoder.feed(encoded({}).substr(0, 15));
    REQUIRE(decoder.next());
    CHECK(decoder.finish().error().message == "the stream is cut short");
}

TEST_CASE("event stream: what no message may have is not written") {
    const auto refusal = [](stream::header one) {
        std::string bytes = "before";
        const auto done = stream::append({.headers = {std::move(one)}}, bytes);
        REQUIRE_FALSE(done);
        CHECK(bytes == "before");
        return done.error().message;
    };
    CHECK(refusal({}) == "header 0: a name has 1 to 255 bytes");
    CHECK(refusal({.name = std::string(256, 'a')}) == "header 0: a name has 1 to 255 bytes");
    CHECK(refusal({.name = "\xff"}) == "header 0: the name is not UTF-8");
    CHECK(refusal({.name = "a", .type = header_type::int8, .number = 128}) ==
          "header 0: the number is too large");
    CHECK(refusal({.name = "a", .type = header_type::uuid, .bytes = "1"}) ==
          "header 0: a UUID has 16 bytes");
    CHECK(refusal({.name = "a", .type = header_type::text, .bytes = "\xc0"}) ==
          "header 0: the text is not UTF-8");
    CHECK(refusal({.name = "a", .type = header_type::bytes, .bytes = std::string(65536, 'a')}) ==
          "header 0: the value is too long");
    CHECK(refusal({.name = "a", .type = static_cast<header_type>(10)}) ==
          "header 0: there is no such type");

    std::string bytes;
    const stream::message twice{.headers = {{.name = "a"}, {.name = "a"}}};
    CHECK(stream::append(twice, bytes).error().message == "header 1: the name is there twice");
    stream::message long_one;
    for (char name : {'a', 'b', 'c'})
        long_one.headers.push_back({.name = std::string(1, name),
                                    .type = header_type::bytes,
                                    .bytes = std::string(60'000, 'x')});
    CHECK(stream::append(long_one, bytes).error().message == "the headers are longer than 128 KiB");
    CHECK(stream::append({.payload = std::string(25'165'825, 'x')}, bytes).error().code ==
          "BadEvent");
    CHECK(bytes.empty());
}
