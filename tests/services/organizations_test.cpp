// SPDX-License-Identifier: MIT
#include <awsxx/services/organizations.hpp>

#include <services/service_model.hpp>
#include <support/catch.hpp>

using namespace awsxx;

TEST_CASE("organizations: a ListAccounts with every member is sent as JSON") {
    const model::operation& what = organizations::list_accounts::wire<void>::operation;
    const organizations::list_accounts in{.next_token = "t", .max_results = 5};
    http::request draft;
    REQUIRE(what.service->protocol->encode(what, &in, draft, {}));

    CHECK(draft.headers.find("X-Amz-Target") == "AWSOrganizationsV20161128.ListAccounts");
    CHECK(draft.body.bytes() == R"({"NextToken":"t","MaxResults":5})");
}

TEST_CASE("organizations: a page of accounts is understood, new words included") {
    const model::operation& what = organizations::list_accounts::wire<void>::operation;
    organizations::list_accounts_response out;
    http::response answer{
        .status = 200,
        .body = R"({"Accounts":[{"Id":"111111111111","Name":"Production","Status":"ACTIVE",)"
                R"("State":"ON_HOLIDAY","JoinedMethod":"INVITED","JoinedTimestamp":1481835795.5,)"
                R"("Arn":"arn:aws:organizations::111111111111:account/o-1/111111111111",)"
                R"("Email":"bill@example.com"}]})"};
    REQUIRE(what.service->protocol->decode(what, answer, &out));

    REQUIRE(out.accounts.size() == 1);
    const auto& account = out.accounts[0];
    CHECK(account.id == "111111111111");
    CHECK(account.status == organizations::account_status::active);
    CHECK(account.state == "ON_HOLIDAY");
    CHECK(account.joined_method == organizations::account_joined_method::invited);
    CHECK(account.joined_timestamp == timestamp(1481835795, 500'000'000));
    CHECK_FALSE(out.next_token);
}

TEST_CASE("organizations: the tables are those of the published model") {
    test::with_model("organizations", [](const test::service_model& all) {
        test::compare_service(all, organizations::service_traits);
        CHECK(all.shape("AWSOrganizationsV20161128").at("type") == "service");
        test::compare_operation<organizations::list_accounts>(all);
    });
}
