// SPDX-License-Identifier: MIT
// Schedules of Amazon EventBridge Scheduler, their groups and tags.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/changed.hpp>
#include <awsxx/recipes/listing.hpp>
#include <awsxx/services/scheduler.hpp>
#include <awsxx/session.hpp>

#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes::scheduler {

namespace api = awsxx::scheduler;

/// Makes a schedule.
template <class By = session>
expected<changed<api::create_schedule_output>> try_create_schedule(
    const api::create_schedule& what, const By& by = default_session()) {
    return carried_out(by.try_call(what), "ScheduleArn",
                       [](const auto& out) { return !out.schedule_arn.empty(); });
}

/// A schedule with all its settings.
template <class By = session>
expected<api::get_schedule_output> try_get_schedule(const api::get_schedule& what,
                                                    const By& by = default_session()) {
    return by.try_call(what);
}

/// Replaces a schedule: a member that is left out goes back to its default.
template <class By = session>
expected<changed<api::update_schedule_output>> try_update_schedule(
    const api::update_schedule& what, const By& by = default_session()) {
    return carried_out(by.try_call(what), "ScheduleArn",
                       [](const auto& out) { return !out.schedule_arn.empty(); });
}

/// Removes a schedule.
template <class By = session>
expected<changed<api::delete_schedule_output>> try_delete_schedule(
    const api::delete_schedule& what, const By& by = default_session()) {
    return carried_out(by.try_call(what));
}

/// Makes a group for schedules.
template <class By = session>
expected<changed<api::create_schedule_group_output>> try_create_schedule_group(
    const api::create_schedule_group& what, const By& by = default_session()) {
    return carried_out(by.try_call(what), "ScheduleGroupArn",
                       [](const auto& out) { return !out.schedule_group_arn.empty(); });
}

/// A group of schedules.
template <class By = session>
expected<api::get_schedule_group_output> try_get_schedule_group(const api::get_schedule_group& what,
                                                                const By& by = default_session()) {
    return by.try_call(what);
}

/// Removes a group and, some time later, all schedules in it.
template <class By = session>
expected<changed<api::delete_schedule_group_output>> try_delete_schedule_group(
    const api::delete_schedule_group& what, const By& by = default_session()) {
    return carried_out(by.try_call(what));
}

/// Summaries of all schedules, of one group or of those whose names begin so.
template <class By = session>
expected<std::vector<api::schedule_summary>> try_list_schedules(api::list_schedules what = {},
                                                                const By& by = default_session()) {
    return all_items(std::move(what), by);
}

/// All groups, or those whose names begin so.
template <class By = session>
expected<std::vector<api::schedule_group_summary>> try_list_schedule_groups(
    api::list_schedule_groups what = {}, const By& by = default_session()) {
    return all_items(std::move(what), by);
}

/// The tags of a group.
template <class By = session>
expected<api::list_tags_for_resource_output> try_list_tags_for_resource(
    const api::list_tags_for_resource& what, const By& by = default_session()) {
    return by.try_call(what);
}

/// Adds tags to a group.
template <class By = session>
expected<changed<api::tag_resource_output>> try_tag_resource(const api::tag_resource& what,
                                                             const By& by = default_session()) {
    return carried_out(by.try_call(what));
}

/// Takes tags off a group.
template <class By = session>
expected<changed<api::untag_resource_output>> try_untag_resource(const api::untag_resource& what,
                                                                 const By& by = default_session()) {
    return carried_out(by.try_call(what));
}

#if defined(__cpp_exceptions)
template <class By = session>
auto create_schedule(const api::create_schedule& what, const By& by = default_session()) {
    return value_or_raise(try_create_schedule(what, by));
}
template <class By = session>
auto get_schedule(const api::get_schedule& what, const By& by = default_session()) {
    return value_or_raise(try_get_schedule(what, by));
}
template <class By = session>
auto update_schedule(const api::update_schedule& what, const By& by = default_session()) {
    return value_or_raise(try_update_schedule(what, by));
}
template <class By = session>
auto delete_schedule(const api::delete_schedule& what, const By& by = default_session()) {
    return value_or_raise(try_delete_schedule(what, by));
}
template <class By = session>
auto create_schedule_group(const api::create_schedule_group& what,
                           const By& by = default_session()) {
    return value_or_raise(try_create_schedule_group(what, by));
}
template <class By = session>
auto get_schedule_group(const api::get_schedule_group& what, const By& by = default_session()) {
    return value_or_raise(try_get_schedule_group(what, by));
}
template <class By = session>
auto delete_schedule_group(const api::delete_schedule_group& what,
                           const By& by = default_session()) {
    return value_or_raise(try_delete_schedule_group(what, by));
}
template <class By = session>
auto list_schedules(api::list_schedules what = {}, const By& by = default_session()) {
    return value_or_raise(try_list_schedules(std::move(what), by));
}
template <class By = session>
auto list_schedule_groups(api::list_schedule_groups what = {}, const By& by = default_session()) {
    return value_or_raise(try_list_schedule_groups(std::move(what), by));
}
template <class By = session>
auto list_tags_for_resource(const api::list_tags_for_resource& what,
                            const By& by = default_session()) {
    return value_or_raise(try_list_tags_for_resource(what, by));
}
template <class By = session>
auto tag_resource(const api::tag_resource& what, const By& by = default_session()) {
    return value_or_raise(try_tag_resource(what, by));
}
template <class By = session>
auto untag_resource(const api::untag_resource& what, const By& by = default_session()) {
    return value_or_raise(try_untag_resource(what, by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::scheduler
