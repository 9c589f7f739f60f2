// SPDX-License-Identifier: MIT
// Stacks of AWS CloudFormation: made, described, listed.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/changed.hpp>
#include <awsxx/recipes/listing.hpp>
#include <awsxx/services/cloudformation.hpp>
#include <awsxx/session.hpp>

#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes::cloudformation {

namespace api = awsxx::cloudformation;

/// Begins to make a stack. `api::stack_create_complete` is the waiter for its end.
template <class By = session>
expected<changed<api::create_stack_output>> try_create_stack(const api::create_stack& what,
                                                             const By& by = default_session()) {
    return carried_out(by.try_call(what), "StackId",
                       [](const auto& out) { return !out.stack_id.empty(); });
}

/// All stacks that are there, or the one of that name. A deleted one goes by its id only.
///
///     const auto stacks = awsxx::recipes::cloudformation::describe_stacks();
template <class By = session>
expected<std::vector<api::stack>> try_describe_stacks(api::describe_stacks what = {},
                                                      const By& by = default_session()) {
    return all_items(std::move(what), by);
}

/// All stacks in one of these states; without any, in all, deleted ones included for 90 days.
template <class By = session>
expected<std::vector<api::stack_summary>> try_list_stacks(api::list_stacks what = {},
                                                          const By& by = default_session()) {
    return all_items(std::move(what), by);
}

#if defined(__cpp_exceptions)
template <class By = session>
auto create_stack(const api::create_stack& what, const By& by = default_session()) {
    return value_or_raise(try_create_stack(what, by));
}
template <class By = session>
auto describe_stacks(api::describe_stacks what = {}, const By& by = default_session()) {
    return value_or_raise(try_describe_stacks(std::move(what), by));
}
template <class By = session>
auto list_stacks(api::list_stacks what = {}, const By& by = default_session()) {
    return value_or_raise(try_list_stacks(std::move(what), by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::cloudformation
