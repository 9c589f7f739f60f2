// SPDX-License-Identifier: MIT
// What it takes to be able to send requests.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>

#include <concepts>

namespace awsxx::inline AWSXX_ABI::http {

/// A type that sends one request and waits for its answer.
///
/// An answer of any status is a success of the transport. Failures are of kind `network`,
/// `timeout`, `cancelled`, `too_large`, `malformed_answer`, `configuration` or `invalid_argument`.
/// `send` is called from many threads at once and never follows a redirect.
template <class T>
concept transport = requires(T& sender, const request& what, const exchange& how) {
    { sender.send(what, how) } -> std::same_as<expected<response>>;
};

}  // namespace awsxx::inline AWSXX_ABI::http
