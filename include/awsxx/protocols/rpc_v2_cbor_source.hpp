// SPDX-License-Identifier: MIT
// What the protocol rpcv2Cbor does: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/codec/cbor.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/cbor_error.hpp>
#include <awsxx/protocols/error_answer.hpp>
#include <awsxx/protocols/http_binding.hpp>
#include <awsxx/protocols/query_error_code.hpp>

#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::rpc_v2_cbor {

namespace detail::rpc_v2_cbor {

inline void set_target(const model::operation& what, http::request& draft) {
    draft.method = "POST";
    std::string& path = draft.target.path;
    if (path.ends_with('/')) path.pop_back();
    path.append("/service/").append(what.service->target).append("/operation/").append(what.name);
    draft.headers.set("smithy-protocol", "rpc-v2-cbor");
    draft.headers.set("Accept", what.events ? protocols::event_stream_type : "application/cbor");
    if (what.service->query_compatible) draft.headers.set("x-amzn-query-mode", "true");
}

AWSXX_ONCE expected<void> encode(const model::operation& what, const void* in, http::request& draft,
                                 const std::string& token) {
    set_target(what, draft);
    if (what.input == &model::empty_structure) return {};  // none is modelled
    std::string body;
    body.reserve(240);  // most are shorter
    if (auto done = codec::cbor::write(*what.input, in, body, {.token = &token}); !done)
        return done;
    draft.headers.set("Content-Type", "application/cbor");
    draft.body = http::body(std::move(body));
    return {};
}

AWSXX_ONCE expected<std::string> decode(const model::operation& what, http::response& answer,
                                        void* out) {
    if (!protocols::is_rpc_v2_cbor(answer))
        return error{.kind = error_kind::malformed_answer,
                     .code = "MalformedCbor",
                     .message = "no header smithy-protocol: rpc-v2-cbor"};
    if (what.output->field_count == 0 || answer.body.empty()) return std::string();
    auto done = codec::cbor::read_answer(answer.body, *what.output, out);
    if (!done) model::clear(*what.output, out);
    return done;
}

AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer) {
    auto told = protocols::read_cbor_error(answer);
    if (what.service->query_compatible) protocols::prefer_query_code(answer, told);
    return protocols::to_error(what, answer, std::move(told));
}

AWSXX_ONCE void decode_modeled(const model::type& shape, http::response& answer, void* out) {
    (void)codec::cbor::read_answer(answer.body, shape, out);
}

}  // namespace detail::rpc_v2_cbor

}  // namespace awsxx::inline AWSXX_ABI::rpc_v2_cbor
