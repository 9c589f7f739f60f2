// SPDX-License-Identifier: MIT
// The error codes of services that once spoke awsQuery, whose users still look for them.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/protocols/error_answer.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

namespace detail::query_error_code {

/// The code of "AWS.SimpleQueueService.NonExistentQueue;Sender"; nothing if it is not in that form.
inline std::string_view first_part(std::string_view field) noexcept {
    const std::string_view code = text::take_until(field, ';');
    const bool two_parts = !field.empty() && field.find(';') == std::string_view::npos;
    return two_parts ? text::trimmed(code) : std::string_view{};
}

}  // namespace detail::query_error_code

/// Gives the error the code that the header x-amzn-query-error has; the name of its shape becomes
/// the modelled one. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
inline void prefer_query_code(const http::response& answer, error_answer& told) {
    const auto field = answer.headers.find("x-amzn-query-error").value_or("");
    const std::string_view code = detail::query_error_code::first_part(field);
    if (!code.empty()) told.modeled_code = std::exchange(told.code, std::string(code));
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
