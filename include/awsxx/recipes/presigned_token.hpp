// SPDX-License-Identifier: MIT
// Passwords and tokens that are the address of a presigned request.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/presign.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/runtime/request_scope.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes {

/// A password or token that is good for a while.
struct presigned_token {
    secret text{};
    instant expires{};  ///< For new connections; the keys may expire before.
};

/// Keys and the time, for programs that sign without a session.
struct keys_at {
    const credentials& keys;
    instant when;
};

/// A request whose presigned address is the token.
struct token_request {
    http::request request{};
    std::string service{};  ///< The signing name.
    std::string region{};   ///< Empty: the session's.
    seconds valid{900};
};

/// The address `scheme://host:port/?query`. Fails with `invalid_argument` if the host is none.
inline expected<http::uri> token_address(std::string_view scheme, std::string_view host,
                                         std::uint16_t port, std::string query) {
    auto made = http::parse_uri(std::string(scheme) + "://" + std::string(host));
    if (!made) return made;
    if (host.find_first_of("/?:") != std::string_view::npos)
        return error{.kind = error_kind::invalid_argument,
                     .code = "InvalidHost",
                     .message = "what should be the name of a host has a port or a path"};
    made->port = port == made->effective_port() ? std::uint16_t{0} : port;
    made->query = std::move(query);
    return made;
}

/// The request, presigned with keys. Fails with `invalid_argument` if the region is empty.
inline expected<http::request> presigned(const token_request& what, const keys_at& by) {
    return auth::presign(what.request, by.keys,
                         {.region = what.region,
                          .service = what.service,
                          .when = by.when,
                          .rules = auth::rules_for(what.service)},
                         what.valid);
}
/// The request, presigned by a session, which may have to fetch credentials.
template <class Session>
expected<http::request> presigned(const token_request& what, const Session& by) {
    return by.try_presign(
        what.request, request_scope{.service = what.service, .region = what.region}, what.valid);
}

/// The moment that a presigned address stops to work.
inline instant expiration_of(const http::uri& presigned, seconds valid) {
    constexpr std::string_view name = "X-Amz-Date=";
    for (std::string_view rest = presigned.query; !rest.empty();) {
        const std::string_view pair = text::take_until(rest, '&');
        if (!pair.starts_with(name)) continue;
        if (const auto when = parse_date(pair.substr(name.size()), date_format::basic))
            return when->to_instant() + valid;
    }
    return {};
}

/// A token that is the presigned address without its scheme, as databases want it for a password.
template <class By>
expected<presigned_token> address_token(const token_request& what, const By& by) {
    auto signed_request = presigned(what, by);
    if (!signed_request) return std::move(signed_request).error();
    http::uri& target = signed_request->target;
    std::string text;
    text.reserve(target.host.size() + target.path.size() + target.query.size() + 16);
    http::append_host_header(text, target);
    text.append(target.path).append("?").append(target.query);
    presigned_token made{.text = std::move(text), .expires = expiration_of(target, what.valid)};
    wipe(target.query);
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
