// SPDX-License-Identifier: MIT
// Walks any JSON document and tells a handler what is in it.
#pragma once

#include <awsxx/codec/json_reader.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec::json {

namespace detail::json_walk {

template <class Handler>
void value(reader& in, Handler& handler) {
    std::string_view text;
    bool flag = false;
    switch (in.peek()) {
        case token::null:
            if (in.take_null()) handler.null();
            break;
        case token::boolean:
            if (in.boolean(flag)) handler.boolean(flag);
            break;
        case token::number:
            if (in.number(text)) handler.number(text);
            break;
        case token::string:
            if (in.string(text)) handler.string(text);
            break;
        case token::object:
            handler.open_object();
            for (in.open_object(); in.member(text);) {
                handler.member(text);
                value(in, handler);
            }
            handler.close_object();
            break;
        case token::array:
            handler.open_array();
            for (in.open_array(); in.element();) value(in, handler);
            handler.close_array();
            break;
        case token::none: in.fail("expected a value"); break;
    }
}

}  // namespace detail::json_walk

/// What a reader ended with.
AWSXX_COLD inline error failure_of(const reader& in) {
    return {.kind = error_kind::malformed_answer,
            .code = "MalformedJson",
            .message = "byte " + std::to_string(in.offset()) + ": " + in.problem()};
}

/// Reads a whole document and calls `null()`, `boolean(bool)`, `number(digits)`, `string(text)`,
/// `open_object()`, `member(name)`, `close_object()`, `open_array()` and `close_array()` of the
/// handler in the order of the text. What they are given is valid during the call.
///
/// Fails for anything that is not JSON; the handler has seen what stands before it.
template <class Handler>
expected<void> walk(std::string_view text, Handler& handler) {
    reader in(text);
    detail::json_walk::value(in, handler);
    if (!in.finish()) return failure_of(in);
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::codec::json
