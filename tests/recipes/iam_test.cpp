// SPDX-License-Identifier: MIT
#include <awsxx/recipes/iam.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <string>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;

namespace {

std::string page(const std::string& lists, const std::string& end) {
    return "<ListEntitiesForPolicyResponse><ListEntitiesForPolicyResult>" + lists + end +
           "</ListEntitiesForPolicyResult></ListEntitiesForPolicyResponse>";
}
constexpr auto more = "<IsTruncated>true</IsTruncated><Marker>m1</Marker>";
constexpr auto last = "<IsTruncated>false</IsTruncated>";

}  // namespace

TEST_CASE("acceptance 20: entities of a policy are those of every page, not of the last") {
    const auto scene = api_scene::of(
        {page("<PolicyUsers><member><UserName>ann</UserName></member></PolicyUsers>"
              "<PolicyRoles><member><RoleName>hub</RoleName></member></PolicyRoles>",
              more),
         page("<PolicyUsers><member><UserName>bob</UserName></member></PolicyUsers>"
              "<PolicyGroups><member><GroupName>ops</GroupName></member></PolicyGroups>",
              last)});
    const auto all = recipes::iam::list_entities_for_policy({.policy_arn = "arn:p"}, scene.home);
    REQUIRE(all.policy_users.size() == 2);
    CHECK(all.policy_users[0].user_name + all.policy_users[1].user_name == "annbob");
    CHECK(all.policy_roles.size() == 1);
    CHECK(all.policy_groups.size() == 1);
    CHECK(all.is_truncated == false);
    CHECK_FALSE(all.marker);
    CHECK(scene.sent(0) == "Action=ListEntitiesForPolicy&Version=2010-05-08&PolicyArn=arn%3Ap");
    CHECK(scene.sent(1).ends_with("&Marker=m1"));
}

TEST_CASE("acceptance 20: a marker that repeats is an error, not a list without end") {
    const auto scene = api_scene::of({page("", more), page("", more), page("", more)});
    CHECK(recipes::iam::try_list_entities_for_policy({.policy_arn = "arn:p"}, scene.home)
              .error()
              .code == "RepeatedToken");
    CHECK(scene.calls() == 2);
}

#endif
