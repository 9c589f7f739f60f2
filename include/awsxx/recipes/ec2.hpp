// SPDX-License-Identifier: MIT
// Security groups of Amazon EC2.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/listing.hpp>
#include <awsxx/services/ec2.hpp>
#include <awsxx/session.hpp>

#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes::ec2 {

namespace api = awsxx::ec2;

/// All security groups of the region, or those that the filters let through.
template <class By = session>
expected<std::vector<api::security_group>> try_describe_security_groups(
    api::describe_security_groups what = {}, const By& by = default_session()) {
    return all_items(std::move(what), by);
}

#if defined(__cpp_exceptions)
template <class By = session>
auto describe_security_groups(api::describe_security_groups what = {},
                              const By& by = default_session()) {
    return value_or_raise(try_describe_security_groups(std::move(what), by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::ec2
