// SPDX-License-Identifier: MIT
// Reads errors that are told in CBOR.
#pragma once

#include <awsxx/codec/cbor_reader.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/protocols/error_answer.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

namespace detail::cbor_error {

/// The text of the members that tell of the error; nothing if the body is no map, or cut.
inline protocols::error_answer read(std::string_view body) {
    protocols::error_answer told;
    codec::cbor::reader in(body);
    codec::cbor::scope members;
    if (!in.skip_tags() || !in.open_map(members)) return {};
    while (in.more(members)) {
        std::string_view text;
        if (!in.text(text)) return {};
        std::string* room = nullptr;
        if (text == "__type") room = &told.code;
        if (text::equal_ignoring_case(text, "message")) room = &told.message;
        const bool wanted = room != nullptr && in.peek() == codec::cbor::token::text;
        if (!(wanted ? in.text(text) : in.skip())) return {};
        if (wanted) room->assign(text);
    }
    if (!in.finish()) return {};
    told.code = std::string(shape_name(told.code));
    return told;
}

}  // namespace detail::cbor_error

/// True if the answer comes from a server that speaks the protocol; another's body means nothing.
inline bool is_rpc_v2_cbor(const http::response& answer) noexcept {
    return answer.headers.find("smithy-protocol") == "rpc-v2-cbor";
}

/// What a CBOR error says. Codes in headers or in members of other names do not count.
inline error_answer read_cbor_error(const http::response& answer) {
    if (!is_rpc_v2_cbor(answer)) return {};
    return detail::cbor_error::read(answer.body);
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
