// SPDX-License-Identifier: MIT
// Reads errors that are told in JSON, or in the headers beside it.
#pragma once

#include <awsxx/codec/json_reader.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/protocols/error_answer.hpp>
#include <awsxx/protocols/query_error_code.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

namespace detail::json_error {

/// The members of the body that tell of the error, in the spellings that are in use.
struct members {
    std::string type{};
    std::string code{};
    std::string message{};
    std::string reason{};

    /// Where the text of that member goes, or null.
    std::string* room_for(std::string_view name) noexcept {
        if (name == "__type") return &type;
        if (text::equal_ignoring_case(name, "code")) return &code;
        if (name == "error") return &reason;
        const bool tells = text::equal_ignoring_case(name, "message") ||
                           text::equal_ignoring_case(name, "errorMessage") ||
                           name == "error_description";
        return tells && message.empty() ? &message : nullptr;
    }
};

/// What the body tells; nothing if it is not a JSON object, or cut.
inline members read(std::string_view body) {
    members found;
    codec::json::reader in(body);
    in.open_object();
    for (std::string_view name; in.member(name);) {
        std::string* room = found.room_for(name);
        std::string_view text;
        const bool wanted = room != nullptr && in.peek() == codec::json::token::string;
        if (!(wanted ? in.string(text) : in.skip())) break;
        if (wanted) room->assign(text);
    }
    if (!in.finish()) return {};
    return found;
}

/// OAuth's `error` is a word such as invalid_grant; anything else under that name is not.
constexpr bool is_word(std::string_view said) noexcept {
    for (const char c : said)
        if (!text::is_alnum(c) && c != '_') return false;
    return !said.empty() && said.size() <= 64;
}

}  // namespace detail::json_error

/// What a JSON error says, body and headers together. The header X-Amzn-ErrorType outdoes
/// `__type`, which outdoes `code`.
inline error_answer read_json_error(const http::response& answer) {
    auto told = detail::json_error::read(answer.body);
    error_answer result{.message = std::move(told.message)};
    if (detail::json_error::is_word(told.reason)) result.reason = std::move(told.reason);
    const std::string_view header = answer.headers.find("x-amzn-errortype").value_or("");
    for (const std::string_view type :
         {header, std::string_view(told.type), std::string_view(told.code)})
        if (result.code.empty()) result.code = shape_name(type);
    prefer_query_code(answer, result);
    return result;
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
