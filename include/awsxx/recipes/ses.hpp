// SPDX-License-Identifier: MIT
// Mail by Amazon SES.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/changed.hpp>
#include <awsxx/services/ses.hpp>
#include <awsxx/session.hpp>

namespace awsxx::inline AWSXX_ABI::recipes::ses {

namespace api = awsxx::ses;

/// Sends a mail that SES puts together.
template <class By = session>
expected<changed<api::send_email_response>> try_send_email(const api::send_email& what,
                                                           const By& by = default_session()) {
    return carried_out(by.try_call(what), "MessageId",
                       [](const auto& out) { return !out.message_id.empty(); });
}

/// Sends a mail that is complete, headers and attachments included.
template <class By = session>
expected<changed<api::send_raw_email_response>> try_send_raw_email(
    const api::send_raw_email& what, const By& by = default_session()) {
    return carried_out(by.try_call(what), "MessageId",
                       [](const auto& out) { return !out.message_id.empty(); });
}

#if defined(__cpp_exceptions)
template <class By = session>
auto send_email(const api::send_email& what, const By& by = default_session()) {
    return value_or_raise(try_send_email(what, by));
}
template <class By = session>
auto send_raw_email(const api::send_raw_email& what, const By& by = default_session()) {
    return value_or_raise(try_send_raw_email(what, by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::ses
