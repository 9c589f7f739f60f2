// SPDX-License-Identifier: MIT
// Who has which policy of AWS IAM.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/listing.hpp>
#include <awsxx/services/iam.hpp>
#include <awsxx/session.hpp>

#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::iam {

namespace api = awsxx::iam;

namespace detail {

inline void add_page(api::list_entities_for_policy_response& all,
                     api::list_entities_for_policy_response&& page) {
    append(all.policy_groups, std::move(page.policy_groups));
    append(all.policy_users, std::move(page.policy_users));
    append(all.policy_roles, std::move(page.policy_roles));
    all.is_truncated = false;
}

}  // namespace detail

/// All groups, users and roles that have the policy, those of every page.
template <class By = session>
expected<api::list_entities_for_policy_response> try_list_entities_for_policy(
    api::list_entities_for_policy what, const By& by = default_session()) {
    return all_pages(std::move(what), by, detail::add_page);
}

#if defined(__cpp_exceptions)
template <class By = session>
auto list_entities_for_policy(api::list_entities_for_policy what,
                              const By& by = default_session()) {
    return value_or_raise(try_list_entities_for_policy(std::move(what), by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::iam
