// SPDX-License-Identifier: MIT
// What a call that changed something answers, however odd the answer is.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes {

/// The output of an operation that was carried out.
///
///     awsxx::recipes::changed<awsxx::sqs::send_message_result> sent;
///     if (!sent.note.empty()) std::clog << sent.note << '\n';
///
/// Once AWS has said that it was (2xx), the call is a success: whoever took it for a failure would
/// do it again. What is missing from the answer is empty here, and `note` says so.
template <class Output>
struct changed : Output {
    std::string note{};  ///< Empty: the answer has what it should have.
};

namespace detail::changed {

/// AWS did what it was asked and said something that is no answer at all.
inline bool was_carried_out(const error& why) noexcept {
    return why.kind == error_kind::malformed_answer && why.http_status >= 200 &&
           why.http_status < 300;
}

}  // namespace detail::changed

/// The result of a call that changes something. `is_there(output)` looks for the member of the
/// answer that callers need most, which is called `what` on the wire.
template <class Output, class IsThere>
expected<changed<Output>> carried_out(expected<Output> answer, std::string_view what,
                                      IsThere is_there) {
    changed<Output> result;
    if (!answer && !detail::changed::was_carried_out(answer.error()))
        return std::move(answer).error();
    if (!answer)
        result.note = to_string(answer.error());
    else
        static_cast<Output&>(result) = *std::move(answer);
    if (answer && !is_there(result))
        result.note = "the answer has no " + std::string(what) + " that can be read";
    return result;
}
/// The same where the answer says nothing that anybody needs.
template <class Output>
expected<changed<Output>> carried_out(expected<Output> answer) {
    return carried_out(std::move(answer), {}, [](const Output&) { return true; });
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
