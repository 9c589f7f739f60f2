// SPDX-License-Identifier: MIT
#include <awsxx/services/identitystore.hpp>

#include <services/service_model.hpp>
#include <support/catch.hpp>

#include <string>

using namespace awsxx;

namespace {

template <class Op>
http::request encoded(const Op& in) {
    const model::operation& what = Op::template wire<void>::operation;
    http::request draft;
    REQUIRE(what.service->protocol->encode(what, &in, draft, {}));
    return draft;
}

template <class Op>
typename Op::output decoded(const std::string& body) {
    const model::operation& what = Op::template wire<void>::operation;
    typename Op::output out;
    http::response answer{.status = 200, .body = body};
    REQUIRE(what.service->protocol->decode(what, answer, &out));
    return out;
}

}  // namespace

TEST_CASE("identitystore: a ListGroups with every member is sent as JSON") {
    const auto draft = encoded(identitystore::list_groups{
        .identity_store_id = "d-9067",
        .max_results = 2,
        .next_token = "page2",
        .filters = {{.attribute_path = "DisplayName", .attribute_value = "admins"}}});

    CHECK(draft.headers.find("X-Amz-Target") == "AWSIdentityStore.ListGroups");
    CHECK(draft.headers.find("Content-Type") == "application/x-amz-json-1.1");
    CHECK(draft.body.bytes() ==
          R"({"IdentityStoreId":"d-9067","MaxResults":2,"NextToken":"page2",)"
          R"("Filters":[{"AttributePath":"DisplayName","AttributeValue":"admins"}]})");
}

TEST_CASE("identitystore: a page of groups is understood") {
    const auto out = decoded<identitystore::list_groups>(
        R"({"Groups":[{"GroupId":"g-1","DisplayName":"admins","IdentityStoreId":"d-9067",)"
        R"("ExternalIds":[{"Issuer":"okta","Id":"7"}]},{"GroupId":"g-2"}],"NextToken":"t"})");

    REQUIRE(out.groups.size() == 2);
    CHECK(out.groups[0].display_name == "admins");
    CHECK(out.groups[0].external_ids.at(0).issuer == "okta");
    CHECK(out.groups[1].display_name.empty());
    CHECK(out.next_token == "t");
    CHECK_FALSE(decoded<identitystore::list_groups>(R"({"Groups":[]})").next_token);
}

TEST_CASE("identitystore: a page of users is understood") {
    const auto out = decoded<identitystore::list_users>(
        R"({"Users":[{"UserName":"alice","UserId":"u-1","Name":{"GivenName":"Alice"},)"
        R"("Emails":[{"Value":"a@example.com","Type":"work","Primary":true}],)"
        R"("PhoneNumbers":[{"Value":"1"}],"Addresses":[{"Country":"DE"}]}]})");

    REQUIRE(out.users.size() == 1);
    const auto& user = out.users[0];
    CHECK(user.user_name == "alice");
    REQUIRE(user.name);
    CHECK(user.name->given_name == "Alice");
    CHECK(user.emails.at(0).primary == true);
    CHECK_FALSE(user.phone_numbers.at(0).primary.has_value());
    CHECK(user.addresses.at(0).country == "DE");
}

TEST_CASE("identitystore: a membership says who the member is") {
    const auto out = decoded<identitystore::list_group_memberships>(
        R"({"GroupMemberships":[{"MembershipId":"m-1","MemberId":{"UserId":"u-1"}},)"
        R"({"MembershipId":"m-2"}]})");

    REQUIRE(out.group_memberships.size() == 2);
    REQUIRE(out.group_memberships[0].member_id);
    CHECK(out.group_memberships[0].member_id->user_id == "u-1");
    CHECK_FALSE(out.group_memberships[1].member_id);
}

TEST_CASE("identitystore: a group is read by its id") {
    CHECK(encoded(identitystore::describe_group{.identity_store_id = "d", .group_id = "g"})
              .body.bytes() == R"({"IdentityStoreId":"d","GroupId":"g"})");
    CHECK(decoded<identitystore::describe_group>(R"({"GroupId":"g","Description":"all"})")
              .description == "all");
}

TEST_CASE("identitystore: the tables are those of the published model") {
    test::with_model("identitystore", [](const test::service_model& all) {
        test::compare_service(all, identitystore::service_traits);
        CHECK(all.shape("AWSIdentityStore").at("type") == "service");
        test::compare_operation<identitystore::list_groups>(all);
        test::compare_operation<identitystore::list_users>(all);
        test::compare_operation<identitystore::describe_group>(all);
        test::compare_operation<identitystore::list_group_memberships>(all);
    });
}
