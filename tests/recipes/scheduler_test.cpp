// SPDX-License-Identifier: MIT
#include <awsxx/recipes/scheduler.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <cstddef>
#include <string>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;
namespace recipe = recipes::scheduler;

namespace {

std::string line_of(const api_scene& scene, std::size_t index = 0) {
    const auto request = scene.network->requests().at(index);
    const std::string query = request.target.query.empty() ? "" : "?" + request.target.query;
    return request.method + " " + request.target.path + query;
}

}  // namespace

TEST_CASE("scheduler: a schedule is made; what is unset is not sent") {
    const auto scene = api_scene::of({R"({"ScheduleArn":"arn:s"})"});
    const auto made = recipe::create_schedule({.name = "nightly",
                                               .schedule_expression = "rate(1 day)",
                                               .target = {.arn = "arn:t", .role_arn = "arn:r"},
                                               .flexible_time_window = {.mode = "OFF"},
                                               .client_token = "once"},
                                              scene.home);
    CHECK(made.schedule_arn == "arn:s");
    CHECK(line_of(scene) == "POST /schedules/nightly");
    CHECK(scene.sent() ==
          R"-({"ScheduleExpression":"rate(1 day)","Target":{"Arn":"arn:t","RoleArn":"arn:r"},)-"
          R"-("FlexibleTimeWindow":{"Mode":"OFF"},"ClientToken":"once"})-");
}

TEST_CASE("scheduler: a schedule is read, replaced and removed") {
    const auto scene = api_scene::of(
        {R"({"Name":"nightly","State":"ENABLED"})", R"({"ScheduleArn":"arn:s"})", ""});
    CHECK(recipe::get_schedule({.name = "nightly", .group_name = "g"}, scene.home).state ==
          "ENABLED");
    CHECK(recipe::update_schedule({.name = "nightly", .schedule_expression = "rate(2 days)"},
                                  scene.home)
              .schedule_arn == "arn:s");
    CHECK(recipe::delete_schedule({.name = "nightly", .client_token = "once"}, scene.home)
              .note.empty());
    CHECK(line_of(scene, 0) == "GET /schedules/nightly?groupName=g");
    CHECK(line_of(scene, 1) == "PUT /schedules/nightly");
    CHECK(line_of(scene, 2) == "DELETE /schedules/nightly?clientToken=once");
}

TEST_CASE("scheduler: groups are made, read and removed") {
    const auto scene = api_scene::of(
        {R"({"ScheduleGroupArn":"arn:g"})", R"({"Name":"g","State":"ACTIVE"})", "{}"});
    CHECK(recipe::create_schedule_group({.name = "g"}, scene.home).schedule_group_arn == "arn:g");
    CHECK(recipe::get_schedule_group({.name = "g"}, scene.home).state == "ACTIVE");
    CHECK(recipe::delete_schedule_group({.name = "g"}, scene.home).note.empty());
    CHECK(line_of(scene, 1) == "GET /schedule-groups/g");
}

TEST_CASE("scheduler: lists are those of all pages") {
    const auto scene = api_scene::of(
        {R"({"Schedules":[{"Name":"a"}],"NextToken":"n"})", R"({"Schedules":[{"Name":"b"}]})",
         R"({"ScheduleGroups":[{"Name":"g"}],"NextToken":"n"})", R"({"ScheduleGroups":[]})"});
    const auto schedules = recipe::list_schedules({}, scene.home);
    REQUIRE(schedules.size() == 2);
    CHECK(schedules[1].name == "b");
    CHECK(recipe::list_schedule_groups({.name_prefix = "g"}, scene.home).size() == 1);
    CHECK(line_of(scene, 0) == "GET /schedules");
    CHECK(line_of(scene, 1) == "GET /schedules?NextToken=n");
}

TEST_CASE("scheduler: tags are read, added and taken off") {
    const auto scene = api_scene::of({R"({"Tags":[{"Key":"a","Value":"1"}]})", "{}", "{}"});
    const auto tags = recipe::list_tags_for_resource({.resource_arn = "arn:g"}, scene.home);
    REQUIRE(tags.tags.size() == 1);
    CHECK(recipe::try_tag_resource({.resource_arn = "arn:g", .tags = {{.key = "b", .value = "2"}}},
                                   scene.home));
    CHECK(
        recipe::try_untag_resource({.resource_arn = "arn:g", .tag_keys = {"a", "b"}}, scene.home));
    CHECK(line_of(scene, 2) == "DELETE /tags/arn%3Ag?TagKeys=a&TagKeys=b");
}

TEST_CASE("scheduler: what the service refuses is an error") {
    http::response conflict{.status = 409, .body = R"({"Message":"there is one"})"};
    conflict.headers.set("x-amzn-errortype", "ConflictException");
    const api_scene scene({conflict});
    CHECK(recipe::try_create_schedule({.name = "nightly"}, scene.home).error().code ==
          "ConflictException");
    CHECK_THROWS_AS(recipe::get_schedule({.name = ""}, api_scene().home), aws_error);
}

#endif
