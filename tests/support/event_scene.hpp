// SPDX-License-Identifier: MIT
// An operation that answers with a stream of events, and such streams.
#pragma once

#include <awsxx/codec/event_stream.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/aws_json.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace test {

namespace model = awsxx::model;

struct tick {
    std::string text{};
    template <class>
    struct wire;
};
struct clock_events {
    awsxx::maybe<test::tick> tick{};
    awsxx::maybe<test::tick> end{};
    std::string unknown_member{};
    template <class>
    struct wire;
};
struct watch_response {
    std::string place{};
    template <class>
    struct wire;
};
/// "Watch": events Tick until End, and a member of the output.
struct watch {
    std::string place{};
    using output = test::watch_response;
    template <class>
    struct wire;
};

inline constexpr model::service clock_service{.id = "Clock",
                                              .endpoint_prefix = "clock",
                                              .version = "2026-01-01",
                                              .target = "Clock",
                                              .protocol = &awsxx::aws_json::protocol_1_1};

template <class D>
struct tick::wire {
    static constexpr model::field fields[] = {
        {"Text", &model::text, offsetof(test::tick, text), {}}};
    static constexpr model::type type = model::structure(fields);
};
template <class D>
struct clock_events::wire {
    static constexpr model::field fields[] = {
        {"Tick", model::maybe_of<test::tick, D>, offsetof(test::clock_events, tick), {}},
        {"End", model::maybe_of<test::tick, D>, offsetof(test::clock_events, end), {}},
    };
    static constexpr model::type type =
        model::choice(fields, offsetof(test::clock_events, unknown_member));
};
template <class D>
struct watch_response::wire {
    static constexpr model::field fields[] = {
        {"Place", &model::text, offsetof(test::watch_response, place), {}}};
    static constexpr model::type type = model::structure(fields);
};
template <class D>
struct watch::wire {
    static constexpr model::field fields[] = {
        {"Place", &model::text, offsetof(test::watch, place), {}}};
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{.name = "Watch",
                                                .service = &clock_service,
                                                .input = &type,
                                                .output = &output::wire<D>::type};
    using events = test::clock_events;
};

/// One message of a stream, as bytes.
inline std::string message(const char* type, const char* name, std::string payload) {
    using awsxx::codec::event_stream::header_type;
    std::string bytes;
    const std::string about = std::string(":") + type + "-type";
    const awsxx::codec::event_stream::message one{
        .headers = {{.name = ":message-type", .type = header_type::text, .bytes = type},
                    {.name = about, .type = header_type::text, .bytes = name}},
        .payload = std::move(payload)};
    if (!awsxx::codec::event_stream::append(one, bytes)) return {};
    return bytes;
}
inline std::string event(const char* name, std::string payload) {
    return message("event", name, std::move(payload));
}
inline std::string tick_event(const std::string& text) {
    return event("Tick", R"({"Text":")" + text + R"("})");
}

}  // namespace test
