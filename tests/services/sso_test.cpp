// SPDX-License-Identifier: MIT
#include <awsxx/services/sso.hpp>

#include <services/service_hosts.hpp>
#include <services/service_model.hpp>
#include <support/catch.hpp>

using namespace awsxx;

TEST_CASE("sso: keys of a role are asked for in the query, with the login in a header") {
    const auto& what = sso::get_role_credentials::wire<void>::operation;
    const sso::get_role_credentials in{
        .role_name = "Read Only", .account_id = "111122223333", .access_token = "t0k3n"};
    http::request draft;
    REQUIRE(what.service->protocol->encode(what, &in, draft, {}));

    CHECK(draft.method == "GET");
    CHECK(draft.target.path == "/federation/credentials");
    CHECK(draft.target.query == "role_name=Read%20Only&account_id=111122223333");
    CHECK(draft.headers.find("x-amz-sso_bearer_token") == "t0k3n");
    CHECK(draft.body.empty());
}

TEST_CASE("sso: the answer has keys and when they expire, in milliseconds") {
    const auto& what = sso::get_role_credentials::wire<void>::operation;
    sso::get_role_credentials_response out;
    http::response answer{.status = 200,
                          .body = R"({"roleCredentials":{"accessKeyId":"ASIA",)"
                                  R"("secretAccessKey":"s","sessionToken":"t",)"
                                  R"("expiration":1651516560000}})"};
    REQUIRE(what.service->protocol->decode(what, answer, &out));

    REQUIRE(out.role_credentials);
    CHECK(out.role_credentials->access_key_id == "ASIA");
    CHECK(out.role_credentials->secret_access_key == secret("s"));
    CHECK(out.role_credentials->expiration == 1651516560000);
}

TEST_CASE("sso: a logout is posted without a body") {
    const auto& what = sso::logout::wire<void>::operation;
    const sso::logout in{.access_token = "t0k3n"};
    http::request draft;
    REQUIRE(what.service->protocol->encode(what, &in, draft, {}));

    CHECK(draft.method == "POST");
    CHECK(draft.body.empty());
}

TEST_CASE("sso: the tables are those of the published model") {
    test::with_model("sso", [](const test::service_model& all) {
        test::compare_service(all, sso::service_traits);
        test::compare_operation<sso::get_role_credentials>(all);
        test::compare_operation<sso::list_accounts>(all);
        test::compare_operation<sso::list_account_roles>(all);
        test::compare_operation<sso::logout>(all);
    });
}

TEST_CASE("sso: the hosts are those of the published model") {
    test::with_model("sso", [](const test::service_model& all) {
        test::compare_hosts(all, sso::service_traits);
    });
}

TEST_CASE("sso: the credentials it issues expire by its clock") {
    CHECK(sso::service_traits.issues_credentials);
}
