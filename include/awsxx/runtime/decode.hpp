// SPDX-License-Identifier: MIT
// Reads the answer of a call that succeeded, as far as it can be read.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/call_failures.hpp>
#include <awsxx/runtime/call_notes.hpp>

#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Fills the output. A member that cannot be read is told to the observer and is no failure: the
/// service did what it was asked. Credentials that are half-read are of no use and fail.
///
/// A failure with a status below 300 is an answer that nobody understands; with another one it is
/// an error that came as if it were none.
inline expected<void> decode(const model::operation& what, http::response& answer, void* out,
                             const call_notes& notes) {
    auto read = what.service->protocol->decode(what, answer, out);
    if (what.service->issues_credentials) wipe(answer.body);
    if (!read && read.error().http_status != 0) return std::move(read).error();
    if (!read) return undecodable(read.error(), answer.status);
    if (read->empty()) return {};
    notes.passes_over(*read);
    if (what.service->issues_credentials) return undecodable(unreadable(*read), answer.status);
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
