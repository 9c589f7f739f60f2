// SPDX-License-Identifier: MIT
#include <awsxx/recipes/logs.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <chrono>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;
namespace logs = recipes::logs;

TEST_CASE("acceptance 21: members of a search for log events that are unset are not sent") {
    const auto scene = api_scene::of({"{}"});
    CHECK(logs::filter_log_events({.log_group_name = "/app"}, scene.home).events.empty());
    CHECK(scene.sent() == R"({"logGroupName":"/app"})");
}

TEST_CASE("logs: the events of all pages, an empty page between them included") {
    const auto scene =
        api_scene::of({R"({"events":[{"message":"a"}],"nextToken":"1",)"
                       R"("searchedLogStreams":[{"logStreamName":"x"}]})",
                       R"({"events":[],"nextToken":"2"})", R"({"events":[{"message":"b"}]})"});
    const auto found = logs::filter_log_events({.log_group_name = "/app"}, scene.home);
    REQUIRE(found.events.size() == 2);
    CHECK(found.events[0].message + found.events[1].message == "ab");
    CHECK(found.searched_log_streams.size() == 1);
    CHECK_FALSE(found.next_token);
    CHECK(scene.sent(2) == R"({"logGroupName":"/app","nextToken":"2"})");
}

TEST_CASE("logs: times are milliseconds") {
    const instant when{std::chrono::sys_days{std::chrono::year(2026) / 1 / 1}};
    CHECK(logs::log_time(when + std::chrono::milliseconds(7)) == 1767225600007);
    const auto scene = api_scene::of({"{}"});
    logs::filter_log_events({.log_group_name = "/app", .start_time = logs::log_time(when)},
                            scene.home);
    CHECK(scene.sent() == R"({"logGroupName":"/app","startTime":1767225600000})");
}

TEST_CASE("logs: a group that is not there is an error") {
    const api_scene scene(
        {{.status = 400, .body = R"({"__type":"ResourceNotFoundException","message":"no"})"}});
    CHECK(logs::try_filter_log_events({.log_group_name = "/app"}, scene.home).error().kind ==
          error_kind::not_found);
}

#endif
