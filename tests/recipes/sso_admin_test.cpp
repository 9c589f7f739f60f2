// SPDX-License-Identifier: MIT
#include <awsxx/recipes/sso_admin.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;

TEST_CASE("sso_admin: an assignment is begun") {
    const auto scene = api_scene::of(
        {R"({"AccountAssignmentCreationStatus":{"Status":"IN_PROGRESS","RequestId":"r-1"}})"});
    const auto begun = recipes::sso_admin::create_account_assignment({.instance_arn = "arn:i",
                                                                      .target_id = "111122223333",
                                                                      .target_type = "AWS_ACCOUNT",
                                                                      .permission_set_arn = "arn:p",
                                                                      .principal_type = "GROUP",
                                                                      .principal_id = "g-1"},
                                                                     scene.home);
    REQUIRE(begun.account_assignment_creation_status);
    CHECK(begun.account_assignment_creation_status->status == "IN_PROGRESS");
    CHECK(begun.note.empty());
    CHECK(scene.sent() ==
          R"({"InstanceArn":"arn:i","TargetId":"111122223333","TargetType":"AWS_ACCOUNT",)"
          R"("PermissionSetArn":"arn:p","PrincipalType":"GROUP","PrincipalId":"g-1"})");
}

TEST_CASE("sso_admin: an assignment that is refused is an error") {
    const api_scene scene(
        {{.status = 400, .body = R"({"__type":"ConflictException","Message":"busy"})"}});
    CHECK(recipes::sso_admin::try_create_account_assignment({}, scene.home).error().code ==
          "ConflictException");
}

#endif
