// SPDX-License-Identifier: MIT
#include <awsxx/protocols/event_binding.hpp>

#include <awsxx/protocols/rest_json.hpp>
#include <awsxx/protocols/rpc_v2_cbor.hpp>

#include <support/catch.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

using namespace awsxx;
using codec::event_stream::header_type;
using codec::event_stream::message;

namespace {

/// An event with a member in each place.
struct reading {
    std::optional<bool> final_one{};
    std::optional<int> number{};
    std::optional<std::int64_t> total{};
    std::optional<timestamp> when{};
    std::optional<std::string> station{};
    std::optional<std::string> text{};
    secret key{};
};
struct picture {
    std::optional<std::string> kind{};
    std::string bytes{};
};
struct note {
    std::string text{};
    std::optional<int> size{};
};
struct events {
    maybe<reading> one{};
    maybe<picture> image{};
    maybe<note> remark{};
    std::string unknown_member{};
};

constexpr model::place in_header = model::place::event_header;
constexpr model::field reading_fields[] = {
    {"final", &model::optional_boolean, offsetof(reading, final_one), {}, in_header},
    {"number", &model::optional_integer, offsetof(reading, number), {}, in_header},
    {"total", &model::optional_long, offsetof(reading, total), {}, in_header},
    {"when", &model::optional_timestamp, offsetof(reading, when), {}, in_header},
    {"station", &model::optional_text, offsetof(reading, station), {}, in_header},
    {"key", &model::sensitive, offsetof(reading, key), {}, in_header},
    {"text", &model::optional_text, offsetof(reading, text)},
};
constexpr model::type reading_type = model::structure(reading_fields);
constexpr model::field picture_fields[] = {
    {"bytes", &model::blob, offsetof(picture, bytes), {}, model::place::event_payload},
    {"kind", &model::optional_text, offsetof(picture, kind), {}, in_header},
};
constexpr model::type picture_type = model::structure(picture_fields);
constexpr model::field note_fields[] = {
    {"text", &model::text, offsetof(note, text)},
    {"size", &model::optional_integer, offsetof(note, size)},
};
constexpr model::type note_type = model::structure(note_fields);
constexpr model::type maybe_reading = model::optional_type<maybe<reading>>(reading_type);
constexpr model::type maybe_picture = model::optional_type<maybe<picture>>(picture_type);
constexpr model::type maybe_note = model::optional_type<maybe<note>>(note_type);
constexpr model::field event_fields[] = {
    {"Reading", &maybe_reading, offsetof(events, one)},
    {"Picture", &maybe_picture, offsetof(events, image)},
    {"Note", &maybe_note, offsetof(events, remark)},
};
constexpr model::type events_type = model::choice(event_fields, offsetof(events, unknown_member));
constexpr model::service service{.id = "Weather", .protocol = &rest_json::protocol};
constexpr model::operation watch{
    .name = "Watch", .service = &service, .input = &model::empty_structure, .events = true};

message event(const char* name, std::string payload) {
    return {.headers = {{.name = ":message-type", .type = header_type::text, .bytes = "event"},
                        {.name = ":event-type", .type = header_type::text, .bytes = name}},
            .payload = std::move(payload)};
}

expected<std::string> read(message from, events& out) {
    return protocols::read_event(watch, events_type, from, &out);
}

error failure_of(message from) {
    events out;
    const auto done = read(std::move(from), out);
    REQUIRE_FALSE(done);
    return done.error();
}

}  // namespace

TEST_CASE("event binding: members are in headers, the others in the payload") {
    message from = event("Reading", R"({"text":"mild"})");
    from.headers.push_back({.name = "final", .type = header_type::true_});
    from.headers.push_back({.name = "number", .type = header_type::int8, .number = -3});
    from.headers.push_back({.name = "total", .type = header_type::int64, .number = 1LL << 40});
    from.headers.push_back({.name = "when", .type = header_type::timestamp, .number = 1500});
    from.headers.push_back({.name = "station", .type = header_type::text, .bytes = "north"});
    from.headers.push_back({.name = "key", .type = header_type::text, .bytes = "k"});
    events out;
    const auto unread = read(from, out);
    REQUIRE(unread);
    CHECK(unread->empty());

    REQUIRE(out.one);
    CHECK(out.one->final_one == true);
    CHECK(out.one->number == -3);
    CHECK(out.one->total == 1LL << 40);
    CHECK(out.one->when == timestamp(1, 500'000'000));
    CHECK(out.one->station == "north");
    CHECK(out.one->key.expose() == "k");
    CHECK(out.one->text == "mild");
}

TEST_CASE("event binding: a header of another type leaves its member absent") {
    message from = event("Reading", "");
    from.headers.push_back({.name = "final", .type = header_type::int8, .number = 1});
    from.headers.push_back({.name = "number", .type = header_type::int64, .number = 1LL << 40});
    from.headers.push_back({.name = "total", .type = header_type::text, .bytes = "1"});
    from.headers.push_back({.name = "when", .type = header_type::int64, .number = 1});
    from.headers.push_back({.name = "station", .type = header_type::bytes, .bytes = "north"});
    events out;
    REQUIRE(read(from, out));

    REQUIRE(out.one);
    CHECK_FALSE(out.one->final_one);
    CHECK_FALSE(out.one->number);
    CHECK_FALSE(out.one->total);
    CHECK_FALSE(out.one->when);
    CHECK_FALSE(out.one->station);
}

TEST_CASE("event binding: a member may be the whole payload, whatever headers come beside it") {
    message from = event("Picture", std::string("\0\xff", 2));
    from.headers.push_back({.name = "kind", .type = header_type::text, .bytes = "png"});
    events out;
    REQUIRE(read(from, out));

    REQUIRE(out.image);
    CHECK(out.image->bytes == std::string("\0\xff", 2));
    CHECK(out.image->kind == "png");
}

TEST_CASE("event binding: what cannot be read of a payload is told, the rest is there") {
    events out;
    const auto read_one = read(event("Note", R"({"size":"large","text":"mild"})"), out);
    REQUIRE(read_one);
    CHECK(read_one->starts_with("at size"));
    REQUIRE(out.remark);
    CHECK(out.remark->text == "mild");
    CHECK_FALSE(out.remark->size);
}

TEST_CASE("event binding: an event that the model does not know is named") {
    events out;
    REQUIRE(read(event("Storm", "{}"), out));
    CHECK(out.unknown_member == "Storm");
    CHECK_FALSE(out.one);
}

TEST_CASE("event binding: what is no event is refused") {
    CHECK(failure_of({}).code == "MalformedEventStream");
    CHECK(failure_of(event("", "")).code == "MalformedEventStream");
    CHECK(failure_of(event("Note", "{")).kind == error_kind::malformed_answer);
}

TEST_CASE("event binding: an error in CBOR has its message, too") {
    static constexpr model::service by_cbor{.id = "Weather", .protocol = &rpc_v2_cbor::protocol};
    static constexpr model::operation ask{
        .name = "Watch", .service = &by_cbor, .input = &model::empty_structure, .events = true};
    message from{
        .headers = {{.name = ":message-type", .type = header_type::text, .bytes = "exception"},
                    {.name = ":exception-type", .type = header_type::text, .bytes = "stormComing"}},
        .payload = "\xa1\x67message\x65hello"};
    events out;
    const auto done = protocols::read_event(ask, events_type, from, &out);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == "StormComing");
    CHECK(done.error().message == "hello");
}

TEST_CASE("event binding: the service may end a stream with an error") {
    const error modeled = failure_of(
        {.headers = {{.name = ":message-type", .type = header_type::text, .bytes = "exception"},
                     {.name = ":exception-type",
                      .type = header_type::text,
                      .bytes = "stormComing"}},
         .payload = R"({"message":"take cover"})"});
    CHECK(modeled.code == "StormComing");
    CHECK(modeled.message == "take cover");
    CHECK(modeled.http_status == 200);

    const error other = failure_of(
        {.headers = {{.name = ":message-type", .type = header_type::text, .bytes = "error"},
                     {.name = ":error-code", .type = header_type::text, .bytes = "InternalFailure"},
                     {.name = ":error-message", .type = header_type::text, .bytes = "sorry"}}});
    CHECK(other.code == "InternalFailure");
    CHECK(other.message == "sorry");
}
