// SPDX-License-Identifier: MIT
#include <awsxx/services/rolesanywhere.hpp>

#include <services/service_hosts.hpp>
#include <services/service_model.hpp>
#include <support/catch.hpp>

using namespace awsxx;

TEST_CASE("roles anywhere: a session is asked for with the three ARNs in the query") {
    const auto& what = rolesanywhere::create_session::wire<void>::operation;
    const rolesanywhere::create_session in{.profile_arn = "arn:p",
                                           .role_arn = "arn:r",
                                           .trust_anchor_arn = "arn:t",
                                           .duration_seconds = 3600};
    http::request draft;
    REQUIRE(what.service->protocol->encode(what, &in, draft, {}));

    CHECK(draft.method == "POST");
    CHECK(draft.target.path == "/sessions");
    CHECK(draft.target.query == "profileArn=arn%3Ap&roleArn=arn%3Ar&trustAnchorArn=arn%3At");
    CHECK(draft.body.bytes() == R"({"durationSeconds":3600})");
}

TEST_CASE("roles anywhere: the keys are in a list") {
    const auto& what = rolesanywhere::create_session::wire<void>::operation;
    rolesanywhere::create_session_response out;
    http::response answer{
        .status = 201,
        .body = R"({"credentialSet":[{"credentials":{"accessKeyId":"ASIA","secretAccessKey":"s",)"
                R"("sessionToken":"t","expiration":"2026-01-01T01:00:00Z"},"assumedRoleUser":)"
                R"({"arn":"arn:u","assumedRoleId":"i"},"roleArn":"arn:r","packedPolicySize":1}],)"
                R"("subjectArn":"arn:s"})"};
    REQUIRE(what.service->protocol->decode(what, answer, &out));

    REQUIRE(out.credential_set.size() == 1);
    REQUIRE(out.credential_set[0].credentials);
    CHECK(out.credential_set[0].credentials->session_token == secret("t"));
    CHECK(out.credential_set[0].credentials->expiration == timestamp(1767229200, 0));
    CHECK(out.credential_set[0].assumed_role_user->arn == "arn:u");
}

TEST_CASE("roles anywhere: the hosts are those of the published model") {
    test::with_model("rolesanywhere", [](const test::service_model& all) {
        test::compare_hosts(all, rolesanywhere::service_traits);
    });
}

TEST_CASE("rolesanywhere: the credentials it issues expire by its clock") {
    CHECK(rolesanywhere::service_traits.issues_credentials);
}
