// SPDX-License-Identifier: MIT
// What some services want of requests beside what their wire format says.
#pragma once

#include <awsxx/codec/presence.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/model/operation.hpp>

#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

namespace detail::extra_parts {

/// The request goes to the host that its input names, if it names one.
inline expected<void> redirect(const model::operation& what, const void* in, http::request& draft) {
    const model::field& field = what.input->fields[what.endpoint_member];
    const auto held = codec::sent_member(in, field);
    if (!held || held.shape->kind != model::kind::text) return {};
    auto address = http::parse_uri(*static_cast<const std::string*>(held.value));
    if (!address)
        return caused_by({.kind = error_kind::invalid_argument,
                          .code = "InvalidInput",
                          .message = std::string(what.name) + ": member " +
                                     std::string(field.name) + " is no address"},
                         std::move(address).error());
    draft.target.scheme = std::move(address->scheme);
    draft.target.host = std::move(address->host);
    draft.target.port = address->port;
    return {};
}

}  // namespace detail::extra_parts

/// Completes an encoded request: with the header that its service always wants, unless the call has
/// set it, with the version that addresses are asked for, and with the host that its input names.
/// Fails where that is no address.
inline expected<void> add_extra_parts(const model::operation& what, const void* in,
                                      http::request& draft) {
    const model::constant_header& always = what.service->header;
    if (!always.name.empty() && !draft.headers.contains(always.name))
        draft.headers.add(always.name, always.value);
    if (what.tells_endpoints) draft.headers.set("x-amz-api-version", what.service->version);
    if (what.endpoint_member < 0) return {};
    return detail::extra_parts::redirect(what, in, draft);
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
