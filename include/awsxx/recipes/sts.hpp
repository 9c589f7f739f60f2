// SPDX-License-Identifier: MIT
// Who the caller is to AWS STS, and credentials of roles.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/role_session_name.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/session.hpp>

#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::sts {

namespace api = awsxx::sts;

/// Credentials of a role, which nobody renews: for somebody else. For calls of one's own
/// `session::assume_role` makes a session that stays good. An empty session name becomes awsxx and
/// the time.
template <class By = session>
expected<api::assume_role_response> try_assume_role(api::assume_role what,
                                                    const By& by = default_session()) {
    if (what.role_session_name.empty())
        what.role_session_name = default_role_session_name(by.time().now());
    return by.try_call(what);
}

/// Account, ARN and id of whoever the session's credentials belong to.
template <class By = session>
expected<api::get_caller_identity_response> try_get_caller_identity(
    const By& by = default_session()) {
    return by.try_whoami();
}

#if defined(__cpp_exceptions)
template <class By = session>
auto assume_role(api::assume_role what, const By& by = default_session()) {
    return value_or_raise(try_assume_role(std::move(what), by));
}
template <class By = session>
auto get_caller_identity(const By& by = default_session()) {
    return value_or_raise(try_get_caller_identity(by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::sts
