// SPDX-License-Identifier: MIT
#include <awsxx/services/sso_oidc.hpp>

#include <services/service_hosts.hpp>
#include <services/service_model.hpp>
#include <support/catch.hpp>

using namespace awsxx;

TEST_CASE("sso oidc: a refresh token is traded as JSON") {
    const auto& what = sso_oidc::create_token::wire<void>::operation;
    const sso_oidc::create_token in{.client_id = "c",
                                    .client_secret = "s",
                                    .grant_type = "refresh_token",
                                    .refresh_token = "r"};
    http::request draft;
    REQUIRE(what.service->protocol->encode(what, &in, draft, {}));

    CHECK(draft.method == "POST");
    CHECK(draft.target.path == "/token");
    CHECK(draft.headers.find("content-type") == "application/json");
    CHECK(draft.body.bytes() == R"({"clientId":"c","clientSecret":"s",)"
                                R"("grantType":"refresh_token","refreshToken":"r"})");
}

TEST_CASE("sso oidc: tokens and their time are understood") {
    const auto& what = sso_oidc::create_token::wire<void>::operation;
    sso_oidc::create_token_response out;
    http::response answer{
        .status = 200,
        .body = R"({"accessToken":"a","tokenType":"Bearer","expiresIn":28800,"refreshToken":"r"})"};
    REQUIRE(what.service->protocol->decode(what, answer, &out));

    CHECK(out.access_token == secret("a"));
    CHECK(out.expires_in == 28800);
    CHECK(out.refresh_token == secret("r"));
    CHECK(out.id_token.empty());
}

TEST_CASE("sso oidc: the tables are those of the published model") {
    test::with_model("sso-oidc", [](const test::service_model& all) {
        test::compare_service(all, sso_oidc::service_traits);
        test::compare_operation<sso_oidc::create_token>(all);
        test::compare_operation<sso_oidc::register_client>(all);
        test::compare_operation<sso_oidc::start_device_authorization>(all);
    });
}

TEST_CASE("sso oidc: the hosts are those of the published model") {
    test::with_model("sso-oidc", [](const test::service_model& all) {
        test::compare_hosts(all, sso_oidc::service_traits);
    });
}

TEST_CASE("sso oidc: it tells lifetimes, which no clock of its own is needed for") {
    CHECK(sso_oidc::service_traits.issues_credentials);
}
