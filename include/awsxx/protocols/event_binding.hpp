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
#include <awsxx/protocols/http_binding.hpp>
#include <awsxx/protocols/member_room.hpp>

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

/// The header is of a type that such a member takes.
inline bool fits(const header& from, model::kind kind) noexcept {
    const bool number = from.type >= header_type::int8 && from.type <= header_type::int64;
    switch (kind) {
        case model::kind::boolean:
            return from.type == header_type::true_ || from.type == header_type::false_;
        case model::kind::integer:
            return number && from.number == static_cast<std::int32_t>(from.number);
        case model::kind::long_: return number;
        case model::kind::timestamp: return from.type == header_type::timestamp;
        case model::kind::text:
        case model::kind::sensitive: return from.type == header_type::text;
        case model::kind::blob:
        case model::kind::sensitive_blob: return from.type == header_type::bytes;
        default: return false;
    }
}

/// A header of another type than the model's leaves the member as it was.
inline void read_header(const header& from, const model::field& field, void* structure) {
    if (!fits(from, without_optionals(*field.shape).kind)) return;
    const room to = make_room(field, structure);
    switch (to.shape->kind) {
        case model::kind::boolean:
            *static_cast<bool*>(to.value) = from.type == header_type::true_;
            break;
        case model::kind::integer:
            *static_cast<int*>(to.value) = static_cast<int>(from.number);
            break;
        case model::kind::long_: *static_cast<std::int64_t*>(to.value) = from.number; break;
        case model::kind::timestamp:
            *static_cast<timestamp*>(to.value) = instant(milliseconds(from.number));
            break;
        case model::kind::sensitive:
        case model::kind::sensitive_blob:
            *static_cast<secret*>(to.value) = secret(from.bytes);
            break;
        default: *static_cast<std::string*>(to.value) = from.bytes; break;
    }
}

/// A payload as the body of an answer; CBOR's says what it is.
inline http::response answer_of(int status, std::string payload) {
    http::response made{.status = status, .headers = {}, .body = std::move(payload)};
    made.headers.set("smithy-protocol", "rpc-v2-cbor");
    return made;
}

/// Reads a payload as the protocol reads the body of an answer. The result tells what of it cannot
/// be read, and is empty if all was.
inline expected<std::string> read_document(const model::operation& what, const model::type& shape,
                                           std::string payload, void* out) {
    const model::operation as{.name = what.name, .service = what.service, .output = &shape};
    http::response answer = answer_of(200, std::move(payload));
    return what.service->protocol->decode(as, answer, out);
}

inline expected<std::string> read_payload(const model::operation& what, const model::field& field,
                                          message& from, void* structure) {
    const room to = make_room(field, structure);
    switch (to.shape->kind) {
        case model::kind::text:
        case model::kind::blob:
            *static_cast<std::string*>(to.value) = std::move(from.payload);
            return std::string();
        case model::kind::sensitive_blob:
        case model::kind::sensitive:
            *static_cast<secret*>(to.value) = secret(from.payload);
            wipe(from.payload);
            return std::string();
        default: return read_document(what, *to.shape, std::move(from.payload), to.value);
    }
}

/// The members of one event: from headers, from the whole payload, or from members of it.
inline expected<std::string> read_members(const model::operation& what, message& from,
                                          const room& event) {
    const model::field* payload = nullptr;
    for (std::size_t i = 0; i < event.shape->field_count; ++i) {
        const model::field& field = event.shape->fields[i];
        if (field.place == model::place::event_payload) payload = &field;
        if (field.place != model::place::event_header) continue;
        if (const header* found = from.find(field.name)) read_header(*found, field, event.value);
    }
    if (payload != nullptr) return read_payload(what, *payload, from, event.value);
    if (from.payload.empty() || event.shape->field_count == 0) return std::string();
    return read_document(what, *event.shape, std::move(from.payload), event.value);
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
    error why = what.service->protocol->decode_error(what, answer_of(400, from.payload));
    why.http_status = 200;
    why.code =
        from.text(":exception-type");  // the member's name, which is the shape's but for case
    if (!why.code.empty()) why.code.front() = text::upper(why.code.front());
    return why;
}

}  // namespace detail::event_binding

/// Fills the union from an event. One that the union does not know is told by `unknown_member`; the
/// result tells what cannot be read of one that it knows, and is empty if all was.
///
/// Fails with the service's own error where the message says that the stream ends with one, and
/// with `malformed_answer` where it is no event.
/// https://smithy.io/2.0/aws/amazon-eventstream.html
inline expected<std::string> read_event(const model::operation& what, const model::type& events,
                                        codec::event_stream::message& from, void* out) {
    namespace own = detail::event_binding;
    const std::string_view kind = from.text(":message-type");
    if (kind == "exception" || kind == "error") return own::ended_by(what, from);
    if (kind != "event") return own::malformed("a message without a type");
    const std::string_view name = from.text(":event-type");
    if (name.empty()) return own::malformed("an event without a type");
    for (std::size_t i = 0; i < events.field_count; ++i)
        if (events.fields[i].name == name)
            return own::read_members(what, from, make_room(events.fields[i], out));
    model::unknown_member(events, out) = name;
    return std::string();
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
