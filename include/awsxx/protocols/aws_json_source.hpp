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

inline expected<void> encode(const model::operation& what, const void* in, http::request& draft,
                             std::string_view content_type) {
    std::string body;
    body.reserve(240);  // most are shorter
    if (auto done = codec::json::write(*what.input, in, body); !done) return done;
    protocols::post(draft, content_type, std::move(body));
    const std::string_view prefix = what.service->target;
    char* target = draft.headers.add_room("X-Amz-Target", prefix.size() + 1 + what.name.size());
    target = text::write(target, prefix);
    *target = '.';
    text::write(target + 1, what.name);
    return {};
}

AWSXX_ONCE expected<void> encode_1_0(const model::operation& what, const void* in,
                                     http::request& draft) {
    return encode(what, in, draft, "application/x-amz-json-1.0");
}

AWSXX_ONCE expected<void> encode_1_1(const model::operation& what, const void* in,
                                     http::request& draft) {
    return encode(what, in, draft, "application/x-amz-json-1.1");
}

AWSXX_ONCE expected<void> decode(const model::operation& what, http::response& answer, void* out) {
    if (what.output->field_count == 0 || text::trimmed(answer.body).empty()) return {};
    auto done = codec::json::read(answer.body, *what.output, out);
    if (!done) model::clear(*what.output, out);
    return done;
}

AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer) {
    return protocols::to_error(what, answer, protocols::read_json_error(answer));
}

}  // namespace detail::aws_json

}  // namespace awsxx::inline AWSXX_ABI::aws_json
