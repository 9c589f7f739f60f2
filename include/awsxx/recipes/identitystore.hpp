// SPDX-License-Identifier: MIT
// Groups of an AWS IAM Identity Center directory.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/listing.hpp>
#include <awsxx/services/identitystore.hpp>
#include <awsxx/session.hpp>

#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes::identitystore {

namespace api = awsxx::identitystore;

/// All groups of an identity store. Names and descriptions may be empty.
template <class By = session>
expected<std::vector<api::group>> try_list_groups(api::list_groups what,
                                                  const By& by = default_session()) {
    return all_items(std::move(what), by);
}

#if defined(__cpp_exceptions)
template <class By = session>
auto list_groups(api::list_groups what, const By& by = default_session()) {
    return value_or_raise(try_list_groups(std::move(what), by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::identitystore
