// SPDX-License-Identifier: MIT
#include <awsxx/recipes/ec2.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <string>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;

namespace {

std::string page(const std::string& id, const std::string& next) {
    return "<DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>" + id +
           "</groupId></item></securityGroupInfo><nextToken>" + next +
           "</nextToken></DescribeSecurityGroupsResponse>";
}

}  // namespace

TEST_CASE("ec2: the security groups of all pages; an empty token ends them") {
    const auto scene = api_scene::of({page("sg-1", "t"), page("sg-2", "")});
    const auto groups = recipes::ec2::describe_security_groups({}, scene.home);
    REQUIRE(groups.size() == 2);
    CHECK(groups[1].group_id == "sg-2");
    CHECK(scene.sent(0) == "Action=DescribeSecurityGroups&Version=2016-11-15");
    CHECK(scene.sent(1) == "Action=DescribeSecurityGroups&Version=2016-11-15&NextToken=t");
}

TEST_CASE("ec2: filters go to the service, its errors come back") {
    const api_scene scene({{.status = 403,
                            .body = "<Response><Errors><Error><Code>UnauthorizedOperation</Code>"
                                    "<Message>no</Message></Error></Errors></Response>"}});
    const auto why = recipes::ec2::try_describe_security_groups(
                         {.filters = {{.name = "vpc-id", .values = {"vpc-1"}}}}, scene.home)
                         .error();
    CHECK(why.kind == error_kind::denied);
    CHECK(scene.sent().ends_with("&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1"));
}

#endif
