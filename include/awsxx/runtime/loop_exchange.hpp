// SPDX-License-Identifier: MIT
// Begins exchanges on an event loop, over whatever transport a session has.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_loop.hpp>
#include <awsxx/http/curl_options.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/runtime/loop_call.hpp>

#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// An exchange on a loop: begun, or over at once where the transport has no way but to block.
struct loop_exchange {
    const http::request& what;
    const http::exchange& how;
    http::exchange_listener& to;
};
inline std::optional<expected<http::response>> exchange_on(http::curl_loop& on,
                                                           const loop_network& by,
                                                           const loop_exchange& parts,
                                                           http::curl_loop::transfer*& begun) {
    const http::curl_options* const options = by.transport->options();
    if (options == nullptr) return by.transport->send(parts.what, parts.how);
    auto started = on.start(*options, parts.what, parts.how, parts.to);
    if (!started) return std::move(started).error();
    begun = *started;
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
