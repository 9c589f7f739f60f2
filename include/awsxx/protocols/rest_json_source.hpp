// SPDX-License-Identifier: MIT
// What the protocol restJson1 does: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/codec/json.hpp>
#include <awsxx/codec/presence.hpp>
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
#include <awsxx/protocols/json_error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::rest_json {

namespace detail::rest_json {

inline constexpr std::string_view content_type = "application/json";

/// Most bodies are shorter. Of one with tokens in it no copy may stay behind where it grew.
inline std::size_t usual_size(const model::operation& what) noexcept {
    return what.service->issues_credentials ? std::size_t{16} << 10 : 240;
}

/// A structure that is absent is sent as an empty one: services expect JSON then.
inline expected<void> encode_payload(const model::operation& what, const model::field& payload,
                                     const void* in, http::request& draft) {
    if (protocols::is_raw_payload(*payload.shape)) {
        protocols::bind_raw_payload(payload, in, draft);
        return {};
    }
    std::string body;
    body.reserve(usual_size(what));
    const model::type& inner = protocols::without_optionals(*payload.shape);
    if (const auto held = codec::sent_member(in, payload)) {
        if (auto done = codec::json::write(*held.shape, held.value, body); !done) return done;
    } else if (inner.kind == model::kind::structure && !inner.exclusive) {
        body = "{}";
    } else {
        return {};
    }
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
    std::string body;
    body.reserve(usual_size(what));
    const codec::message_rules rules{.body_only = true, .token = &token};
    if (auto done = codec::json::write(input, in, body, rules); !done) return done;
    protocols::set_body(draft, content_type, std::move(body));
    return {};
}

inline expected<std::string> decode_body(const model::type& output, http::response& answer,
                                         void* out) {
    const auto* payload = protocols::find_place(output, model::place::payload);
    if (payload != nullptr && protocols::is_raw_payload(*payload->shape)) {
        protocols::read_raw_payload(*payload, answer, out);
        return std::string();
    }
    if (text::trimmed(answer.body).empty()) return std::string();
    if (payload != nullptr)
        return codec::json::read_answer(answer.body, *payload->shape, model::member(out, *payload));
    if (!protocols::answers_with_members(output)) return std::string();
    return codec::json::read_answer(answer.body, output, out, true);
}

AWSXX_ONCE expected<std::string> decode(const model::operation& what, http::response& answer,
                                        void* out) {
    std::string unread = protocols::read_bound(*what.output, answer, out);
    auto done = decode_body(*what.output, answer, out);
    if (!done) model::clear(*what.output, out);
    if (done && !unread.empty()) return unread;
    return done;
}

AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer) {
    return protocols::to_error(what, answer, protocols::read_json_error(answer));
}

AWSXX_ONCE void decode_modeled(const model::type& shape, http::response& answer, void* out) {
    (void)protocols::read_bound(shape, answer, out);
    (void)decode_body(shape, answer, out);
}

}  // namespace detail::rest_json

}  // namespace awsxx::inline AWSXX_ABI::rest_json
