// SPDX-License-Identifier: MIT
// Reads one message of an event stream into the union that the model has for its events.
#pragma once

#include <awsxx/codec/event_stream.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/timestamp.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

namespace detail::event_binding {

using codec::event_stream::header;
using codec::event_stream::header_type;
using codec::event_stream::message;

/// What a field holds behind its optionals, made new.
struct room {
    const model::type* shape;
    void* value;
};
inline room make_room(const model::field& field, void* structure) {
    room found{field.shape, model::member(structure, field)};
    while (found.shape->kind == model::kind::optional) {
        found.value = found.shape->access->emplace(found.value);
        found.shape = found.shape->element;
    }
    return found;
}

/// A header of another type than the model's leaves the member as it was made.
inline void read_header(const header& from, const room& to) {
    const bool truth = from.type == header_type::true_ || from.type == header_type::false_;
    const bool number = from.type >= header_type::int8 && from.type <= header_type::int64;
    switch (to.shape->kind) {
        case model::kind::boolean:
            if (truth) *static_cast<bool*>(to.value) = from.type == header_type::true_;
            break;
        case model::kind::integer:
            if (number) *static_cast<int*>(to.value) = static_cast<int>(from.number);
            break;
        case model::kind::long_:
            if (number) *static_cast<std::int64_t*>(to.value) = from.number;
            break;
        case model::kind::timestamp:
            if (from.type == header_type::timestamp)
                *static_cast<timestamp*>(to.value) = instant(milliseconds(from.number));
            break;
        case model::kind::text:
        case model::kind::blob: *static_cast<std::string*>(to.value) = from.bytes; break;
        case model::kind::sensitive: *static_cast<secret*>(to.value) = secret(from.bytes); break;
        default: break;
    }
}

/// Reads a payload as the protocol reads the body of an answer. What cannot be read is left out.
inline expected<void> read_document(const model::operation& what, const model::type& shape,
                                    std::string payload, void* out) {
    const model::operation as{.name = what.name, .service = what.service, .output = &shape};
    http::response answer{.status = 200, .headers = {}, .body = std::move(payload)};
    answer.headers.set("smithy-protocol", "rpc-v2-cbor");
    auto done = what.service->protocol->decode(as, answer, out);
    if (!done) return std::move(done).error();
    return {};
}

inline expected<void> read_payload(const model::operation& what, const model::field& field,
                                   message& from, void* structure) {
    const room to = make_room(field, structure);
    switch (to.shape->kind) {
        case model::kind::text:
        case model::kind::blob:
            *static_cast<std::string*>(to.value) = std::move(from.payload);
            return {};
        case model::kind::sensitive_blob:
        case model::kind::sensitive:
            *static_cast<secret*>(to.value) = secret(from.payload);
            wipe(from.payload);
            return {};
        default: return read_document(what, *to.shape, std::move(from.payload), to.value);
    }
}

/// The members of one event: from headers, from the whole payload, or from members of it.
inline expected<void> read_members(const model::operation& what, message& from, const room& event) {
    bool has_payload = false;
    for (std::size_t i = 0; i < event.shape->field_count; ++i) {
        const model::field& field = event.shape->fields[i];
        if (field.place == model::place::event_header) {
            if (const header* found = from.find(field.name))
                read_header(*found, make_room(field, event.value));
        } else if (field.place == model::place::event_payload) {
            has_payload = true;
            if (auto done = read_payload(what, field, from, event.value); !done) return done;
        }
    }
    const bool nothing = has_payload || from.payload.empty() || event.shape->field_count == 0;
    return nothing ? expected<void>()
                   : read_document(what, *event.shape, std::move(from.payload), event.value);
}

AWSXX_COLD inline error malformed(const char* why) {
    return {.kind = error_kind::malformed_answer, .code = "MalformedEventStream", .message = why};
}

/// The service gives up in the midst of a stream.
AWSXX_COLD inline error ended_by(const model::operation& what, const message& from) {
    if (from.text(":message-type") == "error")
        return {.http_status = 200,
                .code = std::string(from.text(":error-code")),
                .message = std::string(from.text(":error-message"))};
    http::response answer{.status = 400, .headers = {}, .body = from.payload};
    error why = what.service->protocol->decode_error(what, answer);
    why.http_status = 200;
    why.code =
        from.text(":exception-type");  // the member's name, which is the shape's but for case
    if (!why.code.empty()) why.code.front() = text::upper(why.code.front());
    return why;
}

}  // namespace detail::event_binding

/// Fills the union from an event. One that the union does not know is told by `unknown_member`.
///
/// Fails with the service's own error where the message says that the stream ends with one, and
/// with `malformed_answer` where it is no event.
/// https://smithy.io/2.0/aws/amazon-eventstream.html
inline expected<void> read_event(const model::operation& what, const model::type& events,
                                 codec::event_stream::message& from, void* out) {
    namespace own = detail::event_binding;
    const std::string_view kind = from.text(":message-type");
    if (kind == "exception" || kind == "error") return own::ended_by(what, from);
    if (kind != "event") return own::malformed("a message without a type");
    const std::string_view name = from.text(":event-type");
    if (name.empty()) return own::malformed("an event without a type");
    for (std::size_t i = 0; i < events.field_count; ++i)
        if (events.fields[i].name == name)
            return own::read_members(what, from, own::make_room(events.fields[i], out));
    model::unknown_member(events, out) = name;
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
