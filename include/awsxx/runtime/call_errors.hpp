// SPDX-License-Identifier: MIT
// The failures of a call that neither a service nor the network is to blame for.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>

#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime::detail::call_errors {

AWSXX_COLD inline error without_credentials(error why) {
    error outer{.kind = why.kind, .retryable = why.retryable, .code = "CredentialsUnavailable"};
    return caused_by(std::move(outer), std::move(why));
}

AWSXX_COLD inline error undecodable(const error& why, int status) {
    error outer{.kind = error_kind::malformed_answer,
                .http_status = status,
                .code = "MalformedAnswer",
                .message = "the call succeeded, but its answer cannot be read"};
    return caused_by(std::move(outer), why);
}

AWSXX_COLD inline error timed_out() {
    return {.kind = error_kind::timeout,
            .retryable = true,
            .code = "CallTimeout",
            .message = "the time for the whole call is over"};
}

}  // namespace awsxx::inline AWSXX_ABI::runtime::detail::call_errors
