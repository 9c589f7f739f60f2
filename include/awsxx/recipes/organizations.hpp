// SPDX-License-Identifier: MIT
// Accounts of an AWS organization and their tags.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/listing.hpp>
#include <awsxx/services/organizations.hpp>
#include <awsxx/session.hpp>

#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes::organizations {

namespace api = awsxx::organizations;

/// What the organization knows of an account.
template <class By = session>
expected<api::describe_account_response> try_describe_account(const api::describe_account& what,
                                                              const By& by = default_session()) {
    return by.try_call(what);
}

/// All accounts of the organization.
template <class By = session>
expected<std::vector<api::account>> try_list_accounts(api::list_accounts what = {},
                                                      const By& by = default_session()) {
    return all_items(std::move(what), by);
}

/// All tags of an account, organizational unit, root or policy.
template <class By = session>
expected<std::vector<api::tag>> try_list_tags_for_resource(api::list_tags_for_resource what,
                                                           const By& by = default_session()) {
    return all_items(std::move(what), by);
}

#if defined(__cpp_exceptions)
template <class By = session>
auto describe_account(const api::describe_account& what, const By& by = default_session()) {
    return value_or_raise(try_describe_account(what, by));
}
template <class By = session>
auto list_accounts(api::list_accounts what = {}, const By& by = default_session()) {
    return value_or_raise(try_list_accounts(std::move(what), by));
}
template <class By = session>
auto list_tags_for_resource(api::list_tags_for_resource what, const By& by = default_session()) {
    return value_or_raise(try_list_tags_for_resource(std::move(what), by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::organizations
