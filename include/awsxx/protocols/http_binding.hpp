// SPDX-License-Identifier: MIT
// What the body of a message is made of, where members have places in HTTP.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

/// The first member in that place, or null.
constexpr const model::field* find_place(const model::type& structure,
                                         model::place where) noexcept {
    for (std::size_t i = 0; i < structure.field_count; ++i)
        if (structure.fields[i].place == where) return &structure.fields[i];
    return nullptr;
}

/// True if an answer's body has members of the output.
constexpr bool answers_with_members(const model::type& output) noexcept {
    for (std::size_t i = 0; i < output.field_count; ++i) {
        const model::place where = output.fields[i].place;
        if (where == model::place::body || model::is_for_requests_only(where)) return true;
    }
    return false;
}

/// The type behind the optionals, if there are any.
constexpr const model::type& without_optionals(const model::type& shape) noexcept {
    const model::type* inner = &shape;
    while (inner->kind == model::kind::optional) inner = inner->element;
    return *inner;
}

/// True if such a payload is its own bytes, whatever the protocol.
constexpr bool is_raw_payload(const model::type& shape) noexcept {
    const model::kind kind = without_optionals(shape).kind;
    return kind == model::kind::text || kind == model::kind::blob ||
           kind == model::kind::sensitive || kind == model::kind::sensitive_blob ||
           kind == model::kind::stream;
}

/// True if an answer's body is the bytes of a member and nothing else.
constexpr bool has_raw_payload(const model::type& output) noexcept {
    const model::field* payload = find_place(output, model::place::payload);
    return payload != nullptr && is_raw_payload(*payload->shape);
}

/// The media type of streams of events.
inline constexpr std::string_view event_stream_type = "application/vnd.amazon.eventstream";

/// The media type that an operation's answer has as a whole; empty: the protocol's.
constexpr std::string_view accepted(const model::operation& what) noexcept {
    if (what.events) return event_stream_type;
    const model::field* payload = find_place(*what.output, model::place::payload);
    if (payload == nullptr) return {};
    const model::type& shape = without_optionals(*payload->shape);
    return is_raw_payload(shape) ? shape.media_type : std::string_view{};
}

/// Gives the draft a body. A content type that the operation's input has chosen stays.
inline void set_body(http::request& draft, std::string_view content_type, http::body body) {
    if (!draft.headers.contains("Content-Type")) draft.headers.add("Content-Type", content_type);
    draft.body = std::move(body);
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
