// SPDX-License-Identifier: MIT
// The headers by which services tell one call and its attempts from others.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/runtime/attempt_header.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/retry.hpp>
#include <awsxx/runtime/route.hpp>
#include <awsxx/runtime/trace.hpp>

#include <optional>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Once a call: its id, and the trace that it is part of.
inline void mark_call(http::request& draft, const identity& who, const route& way) {
    const auto id = uuid(who.random());
    draft.headers.set("amz-sdk-invocation-id", {id.data(), id.size()});
    if (way.traced) add_lambda_trace(draft.headers, *who.configuration()->outside().environment);
}

/// Once an attempt: which it is. `until`: when the caller will have given up, where that is known
/// by the service's clock and the body can be sent by then.
inline void mark_attempt(http::request& draft, const retries& of, std::optional<instant> until) {
    if (!draft.body.in_memory()) until.reset();
    const attempt_header value(of.attempt(), of.policy().max_attempts, until);
    draft.headers.set("amz-sdk-request", value.text());
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
