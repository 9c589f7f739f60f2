// SPDX-License-Identifier: MIT
#include <awsxx/recipes/cloudwatch.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <chrono>
#include <string>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;

TEST_CASE("cloudwatch: statistics of a metric") {
    const auto scene = api_scene::of(
        {"<GetMetricStatisticsResponse><GetMetricStatisticsResult><Label>CPUUtilization</Label>"
         "<Datapoints><member><Timestamp>2026-01-01T00:05:00Z</Timestamp><Average>12.5</Average>"
         "<Unit>Percent</Unit></member></Datapoints></GetMetricStatisticsResult>"
         "</GetMetricStatisticsResponse>"});
    const instant begin{std::chrono::sys_days{std::chrono::year(2026) / 1 / 1}};
    const auto found =
        recipes::cloudwatch::get_metric_statistics({.namespace_ = "AWS/EC2",
                                                    .metric_name = "CPUUtilization",
                                                    .start_time = begin,
                                                    .end_time = begin + std::chrono::hours(1),
                                                    .period = 300,
                                                    .statistics = {"Average"}},
                                                   scene.home);
    REQUIRE(found.datapoints.size() == 1);
    CHECK(found.label == "CPUUtilization");
    CHECK(found.datapoints[0].average == 12.5);
    CHECK_FALSE(found.datapoints[0].maximum);
    const auto sent = scene.sent();
    CHECK(sent.find("StartTime=2026-01-01T00%3A00%3A00Z") != std::string::npos);
    CHECK(sent.find("Dimensions") == std::string::npos);
    CHECK(sent.find("Unit") == std::string::npos);
}

TEST_CASE("cloudwatch: a call that fails says why") {
    const api_scene scene({{.status = 403,
                            .body = "<ErrorResponse><Error><Code>AccessDenied</Code></Error>"
                                    "</ErrorResponse>"}});
    CHECK(recipes::cloudwatch::try_get_metric_statistics({}, scene.home).error().kind ==
          error_kind::denied);
}

#endif
