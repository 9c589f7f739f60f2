// SPDX-License-Identifier: MIT
// What a program says about one call.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>

#include <stop_token>

namespace awsxx::inline AWSXX_ABI {

/// How long one call may take, and who may end it before.
///
///     const call_options options{.at_most = std::chrono::milliseconds(250)};
///
/// Both cover everything: credentials, name, connection, TLS, every attempt and the pauses between
/// them. What others wait for, too, as the renewal of credentials, is not ended for that.
struct call_options {
    milliseconds at_most{};  ///< 0: as `settings::call_timeout` says, which is the most there is.
    std::stop_token stop{};  ///< Ends the call with `CallCancelled`.
    /// Takes the body of a successful answer as it comes, where that is a body of bytes; the
    /// output's member for it stays empty. Null: the output takes it.
    http::body_sink* into{};
};

}  // namespace awsxx::inline AWSXX_ABI
