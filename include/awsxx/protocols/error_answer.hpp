// SPDX-License-Identifier: MIT
// What an answer says went wrong, whichever protocol it came in, turned into an error.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/headers.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

/// What the body of an answer that is no success tells. What it does not tell stays empty.
struct error_answer {
    std::string code{};
    std::string message{};
    std::string modeled_code{};
    std::string request_id{};
    std::string extended_id{};
    std::string region{};
    std::string reason{};
};

/// An answer that was an error, kept so that what its shape has can be read from it when somebody
/// asks for that.
struct kept_answer {
    const model::protocol* protocol{};
    http::response answer{};
};

/// The words that HTTP has for a status, or none.
constexpr std::string_view reason_phrase(int status) noexcept {
    switch (status) {
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 407: return "Proxy Authentication Required";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 411: return "Length Required";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 424: return "Failed Dependency";
        case 426: return "Upgrade Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        case 509: return "Bandwidth Limit Exceeded";
        default: return {};
    }
}

/// The name of an error's shape in "aws.protocol#FooError:http://internal.example/docs".
constexpr std::string_view shape_name(std::string_view type) noexcept {
    type = type.substr(0, type.find(':'));
    const std::size_t hash = type.find('#');
    return text::trimmed(hash == std::string_view::npos ? type : type.substr(hash + 1));
}

namespace detail::error_answer {

/// The value of the first of these header fields that is there.
inline std::string_view header(const http::headers& all,
                               std::initializer_list<std::string_view> names) noexcept {
    for (const std::string_view name : names)
        if (const auto value = all.find(name)) return *value;
    return {};
}

/// Where "x-amz-security-token" and what parts it from its value end, or npos.
inline std::size_t token_begin(std::string_view message, std::size_t from) noexcept {
    constexpr std::string_view name = "x-amz-security-token";
    for (std::size_t at = from; at + name.size() < message.size(); ++at) {
        if (!text::equal_ignoring_case(message.substr(at, name.size()), name)) continue;
        const std::size_t mark = at + name.size();
        if (message[mark] == ':' || message[mark] == '=') return mark + 1;
    }
    return std::string_view::npos;
}

/// A service that rejects a signature quotes the request it expected, session token and all.
inline std::string without_tokens(std::string message) {
    std::size_t at = token_begin(message, 0);
    for (; at != std::string::npos; at = token_begin(message, at)) {
        const std::size_t end = message.find_first_of("\n\r&\"' <", at);
        message.replace(at, end == std::string::npos ? end : end - at, "[redacted]");
    }
    return message;
}

/// Nothing where there is no use for it, or where it holds secrets.
inline std::shared_ptr<const void> kept(const model::operation& what,
                                        const http::response& answer) {
    constexpr std::size_t largest = std::size_t{256} << 10;
    const bool wanted = what.service->protocol != nullptr &&
                        what.service->protocol->decode_modeled != nullptr &&
                        !what.service->issues_credentials && answer.body.size() <= largest;
    if (!wanted) return {};
    return std::make_shared<const kept_answer>(kept_answer{what.service->protocol, answer});
}

}  // namespace detail::error_answer

/// The error that an answer stands for. A body that tells no code leaves the status to do so:
/// "503", "Service Unavailable". Ids that the body does not have are taken from the headers.
AWSXX_COLD inline error to_error(const model::operation& what, const http::response& answer,
                                 error_answer told) {
    namespace own = detail::error_answer;
    const auto fill = [&](std::string& gap, std::initializer_list<std::string_view> names) {
        if (gap.empty()) gap = own::header(answer.headers, names);
    };
    fill(told.request_id, {"x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"});
    fill(told.extended_id, {"x-amz-id-2"});
    fill(told.region, {"x-amz-bucket-region"});
    if (told.code.empty()) {
        told.code = std::to_string(answer.status);
        if (told.message.empty()) told.message = reason_phrase(answer.status);
    }
    return {.http_status = answer.status,
            .code = std::move(told.code),
            .message = own::without_tokens(std::move(told.message)),
            .details = std::make_shared<const error_details>(
                error_details{.service = std::string(what.service->id),
                              .operation = std::string(what.name),
                              .request_id = std::move(told.request_id),
                              .extended_id = std::move(told.extended_id),
                              .modeled_code = std::move(told.modeled_code),
                              .region = std::move(told.region),
                              .reason = std::move(told.reason),
                              .answer = own::kept(what, answer)})};
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
