// SPDX-License-Identifier: MIT
#include <awsxx/recipes/sts.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <string>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;

TEST_CASE("sts: credentials of a role; a session name is made up where there is none") {
    const std::string answer =
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId>"
        "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
        "<Expiration>2026-01-01T01:00:00Z</Expiration></Credentials></AssumeRoleResult>"
        "</AssumeRoleResponse>";
    const auto scene = api_scene::of({answer, answer});
    const auto got =
        recipes::sts::assume_role({.role_arn = "arn:aws:iam::111122223333:role/hub"}, scene.home);
    REQUIRE(got.credentials);
    CHECK(got.credentials->access_key_id == "ASIA1");
    CHECK(got.credentials->secret_access_key == secret("s"));
    CHECK(scene.sent().ends_with("RoleSessionName=awsxx-1767225600000"));
    CHECK(recipes::sts::try_assume_role(
        {.role_arn = "arn:aws:iam::111122223333:role/hub", .role_session_name = "me"}, scene.home));
    CHECK(scene.sent(1).ends_with("RoleSessionName=me"));
}

TEST_CASE("sts: the caller is told") {
    const auto scene =
        api_scene::of({"<GetCallerIdentityResponse><GetCallerIdentityResult>"
                       "<Arn>arn:aws:iam::111122223333:user/dev</Arn></GetCallerIdentityResult>"
                       "</GetCallerIdentityResponse>"});
    CHECK(recipes::sts::get_caller_identity(scene.home).arn ==
          "arn:aws:iam::111122223333:user/dev");
    CHECK_FALSE(recipes::sts::try_get_caller_identity(scene.home));
}

#endif
