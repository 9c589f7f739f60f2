// SPDX-License-Identifier: MIT
// What is answered to a request for a container's credentials, as bytes of HTTP/1.1.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/codec/json_writer.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/recipes/credentials_document.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes {

/// The credentials for whoever asks a container's endpoint. Those that do not tell when they end
/// are handed out for an hour. Fails with `action_needed` for long-lived keys, which such an endpoint
/// has no place for.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
inline expected<secret> container_document(const credentials& keys, instant now) {
    if (keys.session_token.empty())
        return error{.kind = error_kind::action_needed,
                     .code = "LongLivedKeys",
                     .message = "only temporary credentials are served: assume a role"};
    return credentials_document(keys,
                                {.token_name = "Token", .expiration = now + std::chrono::hours(1)});
}

namespace detail::container_answer {

constexpr std::string_view reason(int status) noexcept {
    switch (status) {
        case 200: return "OK";
        case 400: return "Bad Request";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 431: return "Request Header Fields Too Large";
        default: return "Internal Server Error";
    }
}

inline secret message(int status, std::string_view body) {
    std::string bytes;
    bytes.reserve(body.size() + 256);
    bytes.append("HTTP/1.1 ").append(std::to_string(status)).append(" ").append(reason(status));
    bytes.append("\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n");
    if (status == 405) bytes.append("Allow: GET\r\n");
    bytes.append("Connection: close\r\nContent-Length: ").append(std::to_string(body.size()));
    bytes.append("\r\n\r\n").append(body);
    return secret(std::move(bytes));
}

}  // namespace detail::container_answer

/// A refusal with a code and a message in it.
inline secret container_refusal(int status, std::string_view code, std::string_view why) {
    std::string body;
    codec::json::writer out(body);
    out.open_object();
    bool good = out.member("Code") && out.string(code);
    good = good && out.member("Message") && out.string(why);
    out.close_object();
    return detail::container_answer::message(status, good ? body : "{}");
}

/// The whole answer, from its status line on.
inline secret container_answer(int status, const expected<credentials_snapshot>& keys,
                               instant now) {
    if (status != 200)
        return container_refusal(status, "Refused", detail::container_answer::reason(status));
    const auto document = keys ? container_document(**keys, now) : expected<secret>(keys.error());
    if (!document)
        return container_refusal(500, document.error().code, to_string(document.error()));
    return detail::container_answer::message(200, document->expose());
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
