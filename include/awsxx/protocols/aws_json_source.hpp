// SPDX-License-Identifier: MIT
// What the protocols awsJson 1.0 and 1.1 does: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/codec/json.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/error_answer.hpp>
#include <awsxx/protocols/json_error.hpp>
#include <awsxx/protocols/rpc_target.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::aws_json {

namespace detail::aws_json {

inline expected<void> encode_body(const model::operation& what, const void* in,
                                  const std::string& token, std::string& body) {
    body.reserve(240);  // most are shorter
    return codec::json::write(*what.input, in, body, {.token = &token});
}

inline void make_post(const model::operation& what, std::string_view content_type, std::string body,
                      http::request& draft) {
    protocols::post(draft, content_type, std::move(body));
    if (what.service->query_compatible) draft.headers.set("x-amzn-query-mode", "true");
    const std::string_view prefix = what.service->target;
    char* target = draft.headers.add_room("X-Amz-Target", prefix.size() + 1 + what.name.size());
    target = text::write(target, prefix);
    *target = '.';
    text::write(target + 1, what.name);
}

AWSXX_ONCE expected<void> encode_1_0(const model::operation& what, const void* in,
                                     http::request& draft, const std::string& token) {
    std::string body;
    if (auto done = encode_body(what, in, token, body); !done) return done;
    make_post(what, "application/x-amz-json-1.0", std::move(body), draft);
    return {};
}

AWSXX_ONCE expected<void> encode_1_1(const model::operation& what, const void* in,
                                     http::request& draft, const std::string& token) {
    std::string body;
    if (auto done = encode_body(what, in, token, body); !done) return done;
    make_post(what, "application/x-amz-json-1.1", std::move(body), draft);
    return {};
}

AWSXX_ONCE expected<std::string> decode(const model::operation& what, http::response& answer,
                                        void* out) {
    if (what.output->field_count == 0 || text::trimmed(answer.body).empty()) return std::string();
    auto done = codec::json::read_answer(answer.body, *what.output, out);
    if (!done) model::clear(*what.output, out);
    return done;
}

AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer) {
    return protocols::to_error(what, answer, protocols::read_json_error(answer));
}

AWSXX_ONCE void decode_modeled(const model::type& shape, http::response& answer, void* out) {
    (void)codec::json::read_answer(answer.body, shape, out);
}

}  // namespace detail::aws_json

}  // namespace awsxx::inline AWSXX_ABI::aws_json
