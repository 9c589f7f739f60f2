// SPDX-License-Identifier: MIT
// Messages of Amazon SQS: sent, received, deleted.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/changed.hpp>
#include <awsxx/recipes/sqs_digest.hpp>
#include <awsxx/recipes/sqs_region.hpp>
#include <awsxx/services/sqs.hpp>
#include <awsxx/session.hpp>

#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::sqs {

namespace api = awsxx::sqs;

/// Sends a message. The session's region has to be the queue's: `get_region_from_url` tells it.
template <class By = session>
expected<changed<api::send_message_result>> try_send_message(const api::send_message& what,
                                                             const By& by = default_session()) {
    return carried_out(by.try_call(what), "MessageId",
                       [](const auto& out) { return !out.message_id.empty(); });
}

/// Receives up to ten messages with all their attributes, unless some are named.
///
///     const auto got = awsxx::recipes::sqs::receive_message(
///         {.queue_url = "https://sqs.eu-west-3.amazonaws.com/111122223333/orders",
///          .wait_time_seconds = 20});
///
/// Fails with `ChecksumMismatch` where bytes were lost on the way; the messages come again when
/// their visibility timeout is over.
template <class By = session>
expected<api::receive_message_result> try_receive_message(api::receive_message what,
                                                          const By& by = default_session()) {
    if (what.message_attribute_names.empty()) what.message_attribute_names = {"All"};
    if (what.message_system_attribute_names.empty() && what.attribute_names.empty())
        what.message_system_attribute_names = {api::message_system_attribute_name::all};
    auto got = by.try_call(what);
    if (!got) return got;
    for (const auto& one : got->messages)
        if (auto checked = check_message(one); !checked) return std::move(checked).error();
    return got;
}

/// Deletes a message that was received. The handle is that of the last time it was.
template <class By = session>
expected<changed<api::delete_message_response>> try_delete_message(
    const api::delete_message& what, const By& by = default_session()) {
    return carried_out(by.try_call(what));
}

#if defined(__cpp_exceptions)
template <class By = session>
auto send_message(const api::send_message& what, const By& by = default_session()) {
    return value_or_raise(try_send_message(what, by));
}
template <class By = session>
auto receive_message(api::receive_message what, const By& by = default_session()) {
    return value_or_raise(try_receive_message(std::move(what), by));
}
template <class By = session>
auto delete_message(const api::delete_message& what, const By& by = default_session()) {
    return value_or_raise(try_delete_message(what, by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::sqs
