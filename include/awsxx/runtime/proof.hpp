// SPDX-License-Identifier: MIT
// How a request proves who sends it by a bearer token.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_buffer.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/uri.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Whoever sees a token can use it: it goes over https, or to this computer itself.
inline expected<void> check_bearer_target(const http::uri& target) {
    if (target.scheme == "https" || http::is_loopback(target.host)) return {};
    return error{.kind = error_kind::configuration,
                 .code = "InsecureEndpoint",
                 .message = "a bearer token is sent over https only, not to " + target.scheme +
                            "://" + target.host};
}

/// `out` becomes the draft with the token, which is the `session_token` of `from`.
inline expected<void> put_token(const http::request& draft, const credentials& from,
                                http::request& out) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view token = from.session_token.expose();
    if (token.empty() || !text::is_visible(token))
        return error{.kind = error_kind::credentials,
                     .code = "InvalidToken",
                     .message = "the bearer token of " + from.source + " is not one word"};
    out = draft;
    out.headers.remove("Authorization");
    char* at = out.headers.add_room("Authorization", scheme.size() + token.size());
    text::write(text::write(at, scheme), token);
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
