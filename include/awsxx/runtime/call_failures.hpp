// SPDX-License-Identifier: MIT
// The failures of a call that are its own, not the service's or the network's.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// What a call has spent.
struct spent_attempts {
    int sends{};
    bool exhausted{};  ///< It would have gone on if more were allowed.
};

/// `why`, as the failure of an operation after so many attempts.
AWSXX_COLD inline error failure_of(const model::operation& what, const spent_attempts& spent,
                                   error why) {
    auto details = why.details ? *why.details : error_details{};
    details.service = what.service->id;
    details.operation = what.name;
    details.attempts = spent.sends;
    details.attempts_exhausted = spent.exhausted;
    why.details = std::make_shared<const error_details>(std::move(details));
    return why;
}

/// There is nothing to sign with.
AWSXX_COLD inline error credentials_unavailable(error why) {
    error outer{.kind = why.kind, .retryable = why.retryable, .code = "CredentialsUnavailable"};
    return caused_by(std::move(outer), std::move(why));
}

/// The service did what it was asked, and nobody knows what it said.
AWSXX_COLD inline error undecodable(const error& why, int status) {
    error outer{.kind = error_kind::malformed_answer,
                .http_status = status,
                .code = "MalformedAnswer",
                .message = "the call succeeded, but its answer cannot be read"};
    return caused_by(std::move(outer), why);
}

/// A part of an answer that all of it depends on.
AWSXX_COLD inline error unreadable(std::string_view what) {
    return {.kind = error_kind::malformed_answer,
            .code = "MalformedAnswer",
            .message = std::string(what)};
}

/// The program gave the call up.
AWSXX_COLD inline error call_cancelled() {
    return {.kind = error_kind::cancelled,
            .code = "CallCancelled",
            .message = "the program gave the call up"};
}

/// Whoever would have gone on with it is gone.
AWSXX_COLD inline error loop_ended() {
    return {.kind = error_kind::cancelled,
            .code = "LoopEnded",
            .message = "the event loop was destroyed"};
}

/// The time for the whole call was over before the first attempt was.
AWSXX_COLD inline error call_timed_out() {
    return {.kind = error_kind::timeout,
            .retryable = true,
            .code = "CallTimeout",
            .message = "the time for the whole call is over"};
}

/// `why`, where the attempt before may have failed.
AWSXX_COLD inline error after(std::optional<error> last, error why) {
    if (last) return caused_by(std::move(why), *std::move(last));
    return why;
}

/// What a call ends with before it is done. `last`: what its last attempt ended with.
AWSXX_COLD inline error ended_early(bool stopped, std::optional<error> last) {
    if (stopped) return after(std::move(last), call_cancelled());
    return last ? *std::move(last) : call_timed_out();
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
