// SPDX-License-Identifier: MIT
// What one attempt of a call did and waited for, in figures.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI {

/// One request of a call, for `observer::attempt`. Its texts and its error live until that returns.
struct attempt_report {
    std::string_view service{};    ///< As in "DynamoDB".
    std::string_view operation{};  ///< As in "GetItem".
    std::string_view host{};       ///< Where it went.
    int number{};                  ///< In its call, from 1.
    int status{};                  ///< Of the answer; 0: there was none.
    const error* failure{};        ///< Why there was none. Null: there was one, of whatever status.
    milliseconds waited_for_credentials{};  ///< Before it was sent: for new ones.
    milliseconds waited_for_turn{};         ///< For tokens of a limiter or of the adaptive mode.
    /// Name, connection, TLS, first byte, bytes. Empty where the transport does not tell, and where a
    /// loop gave the attempt up.
    http::connection_facts connection{};
};

}  // namespace awsxx::inline AWSXX_ABI
