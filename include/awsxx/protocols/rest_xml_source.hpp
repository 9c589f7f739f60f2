// SPDX-License-Identifier: MIT
// What the protocol restXml does: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/codec/xml.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/error_answer.hpp>
#include <awsxx/protocols/http_binding.hpp>
#include <awsxx/protocols/http_request_binding.hpp>
#include <awsxx/protocols/http_response_binding.hpp>
#include <awsxx/protocols/member_room.hpp>
#include <awsxx/protocols/xml_error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::rest_xml {

namespace detail::rest_xml {

inline constexpr std::string_view content_type = "application/xml";

/// The element that is the whole body. The service's namespace is the last resort.
struct root_tag {
    model::xml_namespace space{};
    codec::xml::tag tag{};

    root_tag(const model::operation& what, const model::type& shape) noexcept
        : space{what.service->xml_namespace} {
        const model::type& inner = protocols::without_optionals(shape);
        tag.name = shape.xml_name.empty() ? inner.xml_name : shape.xml_name;
        if (tag.name.empty()) tag.name = what.name;
        tag.space = shape.xml_space != nullptr ? shape.xml_space : inner.xml_space;
        if (tag.space == nullptr && !space.uri.empty()) tag.space = &space;
    }
};

inline expected<void> encode_payload(const model::operation& what, const model::field& payload,
                                     const void* in, http::request& draft) {
    if (protocols::is_raw_payload(*payload.shape)) {
        protocols::bind_raw_payload(payload, in, draft);
        return {};
    }
    const auto held = codec::sent_member(in, payload);
    if (!held) return {};
    std::string body;
    const root_tag root(what, *payload.shape);
    if (auto done = codec::xml::write(root.tag, held, body); !done) return done;
    protocols::set_body(draft, content_type, std::move(body));
    return {};
}

AWSXX_ONCE expected<void> encode(const model::operation& what, const void* in, http::request& draft,
                                 const std::string& token) {
    if (auto done = protocols::bind_request(what, in, draft, token); !done) return done;
    const model::type& input = *what.input;
    if (const auto* payload = protocols::find_place(input, model::place::payload))
        return encode_payload(what, *payload, in, draft);
    if (protocols::find_place(input, model::place::body) == nullptr) return {};
    const codec::message_rules rules{.body_only = true, .token = &token};
    std::string body;
    const root_tag root(what, input);
    if (auto done = codec::xml::write(root.tag, {&input, in}, body, rules); !done) return done;
    protocols::set_body(draft, content_type, std::move(body));
    return {};
}

/// What the body is read into: the payload, the output itself, or nothing.
inline codec::present find_target(const model::type& output, void* out) noexcept {
    if (const auto* payload = protocols::find_place(output, model::place::payload))
        return {payload->shape, model::member(out, *payload)};
    if (!protocols::answers_with_members(output)) return {};
    return {&output, out};
}

/// The body of an answer that was asked for as an element. An error in its place is told as one,
/// with a status that says what it is.
AWSXX_COLD inline error hidden_error(const model::operation& what, const http::response& answer,
                                     protocols::error_answer told) {
    error why = protocols::to_error(what, answer, std::move(told));
    why.http_status = 500;
    return why;
}

/// S3 begins some answers before it knows how they end: then the body is an error, or cut off.
AWSXX_COLD inline error without_answer(const model::operation& what, const http::response& answer,
                                       std::string problem) {
    return hidden_error(what, answer, {.code = "MalformedXml", .message = std::move(problem)});
}

/// Reads the only member from the text of the root element. That is the region of a bucket, which
/// has older names for two of them.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
inline std::string read_bare(const codec::xml::element& root, const model::type& output,
                             void* out) {
    const auto* field = protocols::find_place(output, model::place::body);
    if (field == nullptr) return {};
    auto unread = codec::xml::read_answer(root, *field->shape, model::member(out, *field));
    const auto region = protocols::make_room(*field, out);
    if (region.shape->kind != model::kind::text) return unread;
    auto& name = *static_cast<std::string*>(region.value);
    if (name.empty()) name = "us-east-1";
    if (name == "EU") name = "eu-west-1";
    return unread;
}

inline expected<std::string> read_document(const model::operation& what, http::response& answer,
                                           void* out) {
    const bool wary = what.service->errors_in_success;
    const auto target = find_target(*what.output, out);
    const bool blank = text::trimmed(answer.body).empty();
    if (blank && wary && target) return without_answer(what, answer, "the body is empty");
    if (blank || (!target && !wary)) return std::string();
    answer.body.erase(0, answer.body.find_first_not_of(" \t\r\n"));  // sent to keep us waiting
    const auto document = codec::xml::document::parse_in_place(answer.body);
    if (!document && !target) return std::string();
    if (!document && wary) return without_answer(what, answer, document.error().message);
    if (!document) return document.error();
    const auto root = document->root();
    if (wary && root.name() == "Error")
        return hidden_error(what, answer, protocols::read_xml_error(root));
    if (!target) return std::string();
    if (what.bare_output) return read_bare(root, *what.output, out);
    return codec::xml::read_answer(root, *target.shape, const_cast<void*>(target.value),
                                   target.value == out);
}

inline expected<std::string> decode_body(const model::operation& what, http::response& answer,
                                         void* out) {
    const auto* payload = protocols::find_place(*what.output, model::place::payload);
    if (payload == nullptr || !protocols::is_raw_payload(*payload->shape))
        return read_document(what, answer, out);
    protocols::read_raw_payload(*payload, answer, out);
    return std::string();
}

AWSXX_ONCE expected<std::string> decode(const model::operation& what, http::response& answer,
                                        void* out) {
    std::string unread = protocols::read_bound(*what.output, answer, out);
    auto done = decode_body(what, answer, out);
    if (!done) model::clear(*what.output, out);
    if (done && !unread.empty()) return unread;
    return done;
}

AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer) {
    return protocols::to_error(what, answer, protocols::read_xml_error(answer.body));
}

AWSXX_ONCE void decode_modeled(const model::type& shape, http::response& answer, void* out) {
    (void)protocols::read_bound(shape, answer, out);
    protocols::read_modeled_xml(answer.body, shape, out);
}

}  // namespace detail::rest_xml

}  // namespace awsxx::inline AWSXX_ABI::rest_xml
