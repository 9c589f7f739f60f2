// SPDX-License-Identifier: MIT
// Who gets into which account through AWS IAM Identity Center.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/changed.hpp>
#include <awsxx/services/sso_admin.hpp>
#include <awsxx/session.hpp>

namespace awsxx::inline AWSXX_ABI::recipes::sso_admin {

namespace api = awsxx::sso_admin;

/// Begins to give a user or group a permission set in an account. The work goes on behind the answer:
/// its `account_assignment_creation_status` says whether it is still under way.
template <class By = session>
expected<changed<api::create_account_assignment_response>> try_create_account_assignment(
    const api::create_account_assignment& what, const By& by = default_session()) {
    return carried_out(by.try_call(what), "AccountAssignmentCreationStatus", [](const auto& out) {
        return out.account_assignment_creation_status.has_value();
    });
}

#if defined(__cpp_exceptions)
template <class By = session>
auto create_account_assignment(const api::create_account_assignment& what,
                               const By& by = default_session()) {
    return value_or_raise(try_create_account_assignment(what, by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::sso_admin
