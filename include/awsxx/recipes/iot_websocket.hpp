// SPDX-License-Identifier: MIT
// The address at which AWS IoT Core speaks MQTT over a WebSocket with whoever has it.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/recipes/presigned_token.hpp>

#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes {

/// Where devices connect to.
struct iot_endpoint {
    std::string host{};    ///< The account's, as in "abc-ats.iot.eu-west-1.amazonaws.com".
    std::string region{};  ///< The endpoint's; empty: the session's.
    seconds valid{300};    ///< Of the address; a connection that is open stays so.
};

/// An address `wss://host/mqtt?...`, to be used once connecting is due. The session token is added
/// behind the signature, as IoT wants it. `by` is a session or `keys_at`.
/// https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html#mqtt-ws
template <class By>
expected<presigned_token> iot_websocket_url(const iot_endpoint& at, const By& by) {
    auto target = token_address("https", at.host, 443, {});
    if (!target) return std::move(target).error();
    token_request what{.service = "iotdevicegateway", .region = at.region, .valid = at.valid};
    what.request.target = *std::move(target);
    what.request.target.path = "/mqtt";
    auto signed_request = presigned(what, by);
    if (!signed_request) return std::move(signed_request).error();
    http::uri& to = signed_request->target;
    std::string address;
    address.reserve(to.query.size() + at.host.size() + 16);
    address.append("wss://").append(to.host).append(to.path).append("?").append(to.query);
    presigned_token made{.text = std::move(address), .expires = expiration_of(to, at.valid)};
    wipe(to.query);
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
