// SPDX-License-Identifier: MIT
// Figures from Amazon CloudWatch.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/services/cloudwatch.hpp>
#include <awsxx/session.hpp>

namespace awsxx::inline AWSXX_ABI::recipes::cloudwatch {

namespace api = awsxx::cloudwatch;

/// The statistics of a metric over a time, one point a period; points come in no order.
template <class By = session>
expected<api::get_metric_statistics_output> try_get_metric_statistics(
    const api::get_metric_statistics& what, const By& by = default_session()) {
    return by.try_call(what);
}

#if defined(__cpp_exceptions)
template <class By = session>
auto get_metric_statistics(const api::get_metric_statistics& what,
                           const By& by = default_session()) {
    return value_or_raise(try_get_metric_statistics(what, by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::cloudwatch
