// SPDX-License-Identifier: MIT
// Events out of Amazon CloudWatch Logs.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/listing.hpp>
#include <awsxx/services/cloudwatch_logs.hpp>
#include <awsxx/session.hpp>

#include <cstdint>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::logs {

namespace api = awsxx::cloudwatch_logs;

namespace detail {

inline void add_page(api::filter_log_events_response& all, api::filter_log_events_response&& page) {
    append(all.events, std::move(page.events));
    append(all.searched_log_streams, std::move(page.searched_log_streams));
}

}  // namespace detail

/// A time as CloudWatch Logs counts it: in milliseconds.
inline std::int64_t log_time(instant when) noexcept { return when.time_since_epoch().count(); }

/// All events of a log group that the filter lets through, in the order of the pages.
///
///     const auto since = awsxx::system_clock().now() - std::chrono::hours(1);
///     const auto found = awsxx::recipes::logs::filter_log_events(
///         {.log_group_name = "/app",
///          .start_time = awsxx::recipes::logs::log_time(since),
///          .filter_pattern = "ERROR"});
///
/// What is left unset is not sent. `limit` is that of a page.
template <class By = session>
expected<api::filter_log_events_response> try_filter_log_events(api::filter_log_events what,
                                                                const By& by = default_session()) {
    return all_pages(std::move(what), by, detail::add_page);
}

#if defined(__cpp_exceptions)
template <class By = session>
auto filter_log_events(api::filter_log_events what, const By& by = default_session()) {
    return value_or_raise(try_filter_log_events(std::move(what), by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::logs
