// SPDX-License-Identifier: MIT
#include <awsxx/services/signin.hpp>

#include <services/service_hosts.hpp>
#include <services/service_model.hpp>
#include <support/catch.hpp>

using namespace awsxx;

TEST_CASE("signin: a refresh token is the body, its proof a header") {
    const auto& what = signin::create_oauth2_token::wire<void>::operation;
    const signin::create_oauth2_token in{
        .token_input = {.client_id = "c", .grant_type = "refresh_token", .refresh_token = "r"},
        .dpop = "proof"};
    http::request draft;
    REQUIRE(what.service->protocol->encode(what, &in, draft, {}));

    CHECK(draft.method == "POST");
    CHECK(draft.target.path == "/v1/token");
    CHECK(draft.headers.find("DPoP") == "proof");
    CHECK(draft.body.bytes() ==
          R"({"clientId":"c","grantType":"refresh_token","refreshToken":"r"})");
}

TEST_CASE("signin: keys and the next refresh token are understood") {
    const auto& what = signin::create_oauth2_token::wire<void>::operation;
    signin::create_oauth2_token_response out;
    http::response answer{.status = 200,
                          .body = R"({"accessToken":{"accessKeyId":"ASIA","secretAccessKey":"s",)"
                                  R"("sessionToken":"t"},"tokenType":"aws_sigv4",)"
                                  R"("expiresIn":900,"refreshToken":"r2"})"};
    REQUIRE(what.service->protocol->decode(what, answer, &out));

    REQUIRE((out.token_output && out.token_output->access_token));
    CHECK(out.token_output->access_token->access_key_id == "ASIA");
    CHECK(out.token_output->expires_in == 900);
    CHECK(out.token_output->refresh_token == secret("r2"));
}

TEST_CASE("signin: the tables are those of the published model") {
    test::with_model("signin", [](const test::service_model& all) {
        test::compare_service(all, signin::service_traits);
        const auto& what = signin::create_oauth2_token::wire<void>::operation;
        test::shape_comparison(all, true).compare("CreateOAuth2TokenRequestBody",
                                                  *what.input->fields[0].shape);
        test::shape_comparison(all, false).compare("CreateOAuth2TokenResponse", *what.output);
    });
}

TEST_CASE("signin: the hosts are those of the published model") {
    test::with_model("signin", [](const test::service_model& all) {
        test::compare_hosts(all, signin::service_traits,
                            &signin::create_oauth2_token::wire<void>::operation);
    });
}

TEST_CASE("signin: it tells lifetimes, which no clock of its own is needed for") {
    CHECK(signin::service_traits.issues_credentials);
}
