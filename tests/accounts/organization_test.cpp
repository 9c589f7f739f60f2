// SPDX-License-Identifier: MIT
#include <awsxx/accounts/organization.hpp>
#include <awsxx/accounts/places.hpp>

#include <support/catch.hpp>
#include <support/estate_scene.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace awsxx;
using accounts::organization_filter;
using test::estate_scene;

namespace {

/// What stands behind a name in flat JSON.
std::string member(const testing::fake_request& asked, const std::string& name) {
    std::string_view body = asked.sent.body.bytes();
    const std::string opening = "\"" + name + "\":\"";
    const std::size_t at = body.find(opening);
    if (at == std::string_view::npos) return {};
    body.remove_prefix(at + opening.size());
    return std::string(body.substr(0, body.find('"')));
}

/// r-1 holds the account 1 and the units ou-a (2 and 3) and ou-b (4), ou-a the unit ou-c (5, which
/// is suspended, and 6). Two accounts a page.
struct organization_scene : estate_scene {
    using content = expected<std::string>;

    organization_scene() {
        const auto list = [this](const std::string& what, auto of) {
            cloud->answer("organizations:" + what,
                          [of](const auto& asked, const auto&) { return of(asked); });
        };
        list("ListRoots", [](const auto&) { return content(R"({"Roots":[{"Id":"r-1"}]})"); });
        list("ListAccounts", [](const auto& asked) { return page(asked, {1, 2, 3, 4, 5, 6}); });
        list("ListAccountsForParent", [this](const auto& asked) {
            const auto found = within.find(member(asked, "ParentId"));
            if (found == within.end())
                return content(testing::fake_refusal(400, "ParentNotFoundException", "no such"));
            return page(asked, found->second);
        });
        list("ListOrganizationalUnitsForParent", [this](const auto& asked) {
            if (!within.contains(member(asked, "ParentId")))
                return content(testing::fake_refusal(400, "ParentNotFoundException", "no such"));
            std::string units;
            for (const auto& [parent, unit] : below)
                if (parent == member(asked, "ParentId"))
                    units += (units.empty() ? "" : ",") + (R"({"Id":")" + unit + R"("})");
            return content(R"({"OrganizationalUnits":[)" + units + "]}");
        });
        list("ListTagsForResource", [](const auto& asked) {
            const bool even = (member(asked, "ResourceId").back() - '0') % 2 == 0;
            return content(
                even ? R"({"Tags":[{"Key":"stage","Value":"production"}]})"
                     : R"({"Tags":[{"Key":"stage","Value":"test"},{"Key":"x","Value":""}]})");
        });
    }

    static content page(const testing::fake_request& asked, const std::vector<int>& all) {
        const std::string token = member(asked, "NextToken");
        std::size_t at = token.empty() ? 0 : static_cast<std::size_t>(token[0] - '0');
        std::string list;
        for (const std::size_t end = at + 2; at < end && at < all.size(); ++at) {
            const std::string id = id_of(all[at]);
            list += (list.empty() ? "" : ",");
            list += R"({"Id":")" + id + R"(","Name":"team )" + std::to_string(all[at]) +
                    R"(","Arn":"arn:aws:organizations::111122223333:account/o-1/)" + id +
                    R"(","Status":")" + (all[at] == 5 ? "SUSPENDED" : "ACTIVE") + R"("})";
        }
        return R"({"Accounts":[)" + list + "]" +
               (at < all.size() ? R"(,"NextToken":")" + std::to_string(at) + R"("})" : "}");
    }
    /// The last digits of the accounts found.
    std::string found(const organization_filter& filter) const {
        const auto all = accounts::try_organization_accounts(base(), filter);
        if (!all) return to_string(all.error());
        std::string text;
        for (const auto& one : *all) text += one.id.back();
        return text;
    }

    std::map<std::string, std::vector<int>> within{
        {"r-1", {1}}, {"ou-a", {2, 3}}, {"ou-b", {4}}, {"ou-c", {5, 6}}};
    std::vector<std::pair<std::string, std::string>> below{
        {"r-1", "ou-a"}, {"r-1", "ou-b"}, {"ou-a", "ou-c"}};
};

}  // namespace

TEST_CASE("organization: all active accounts, page by page") {
    organization_scene s;
    CHECK(s.found({}) == "12346");
    CHECK(s.cloud->calls("ListAccounts") == 3);
    CHECK(s.requests() == 3);
    CHECK(s.found({.states = {}}) == "123456");
    CHECK(s.found({.states = {"SUSPENDED"}}) == "5");
}

TEST_CASE("organization: units with those within them, or without") {
    organization_scene s;
    CHECK(s.found({.units = {"ou-a"}}) == "236");
    CHECK(s.found({.units = {"ou-a"}, .recursive = false}) == "23");
    CHECK(s.found({.units = {"ou-b", "ou-a"}}) == "4236");
    CHECK(s.found({.units = {"r-1"}}) == "12364");
    CHECK(s.found({.units = {"r-1", "ou-a", "ou-c"}}) == "12364");
    CHECK(s.found({.exclude_units = {"ou-a"}}) == "14");
    CHECK(s.found({.exclude_units = {"ou-c"}}) == "1234");
}

TEST_CASE("organization: accounts are chosen by id, name and tag") {
    organization_scene s;
    CHECK(s.found({.include = {"team *"}, .exclude = {"*2", "team 3"}}) == "146");
    CHECK(s.found({.include = {"000000000004"}}) == "4");
    CHECK(s.cloud->calls("ListTagsForResource") == 0);
    CHECK(s.found({.tags = {{"stage", "prod*"}}}) == "246");
    CHECK(s.cloud->calls("ListTagsForResource") == 5);
    CHECK(s.found({.tags = {{"stage"}, {"x", ""}}}) == "13");
    CHECK(s.found({.tags = {{"owner"}}}).empty());
}

TEST_CASE("organization: a unit that is none is named, and AWS's own error is the cause") {
    organization_scene s;
    const auto none = s.found({.units = {"ou-a", "ou-z"}});
    CHECK(none.starts_with("UnknownUnit: the filter's units has 'ou-z', which is no unit or root"));
    CHECK(none.find("ParentNotFoundException") != std::string::npos);
    CHECK(s.found({.exclude_units = {"ou-c", "ou-z"}})
              .starts_with("UnknownUnit: the filter's exclude_units has 'ou-z'"));
    CHECK(s.found({.units = {"ou-b"}, .exclude_units = {"ou-c"}}) == "4");
    s.cloud->deny("organizations:ListAccountsForParent", test::user_arn);
    const auto denied = s.found({.units = {"ou-z"}});
    CHECK(denied.find("AccessDeniedException") != std::string::npos);
    CHECK(denied.find("UnknownUnit") == std::string::npos);
}

TEST_CASE("organization: accounts that are none are named, with what may have been meant") {
    organization_scene s;
    CHECK(s.found({.include = {"team 1", "taem 2", "000000000099", "prod*"}}) ==
          "UnknownAccount: the filter's include has 'taem 2' and '000000000099' and 'prod*', which "
          "no account of the organization is called: did you mean 'team 2'?");
    CHECK(s.found({.exclude = {"Team 3"}}).find("did you mean 'team 3'?") != std::string::npos);
    CHECK(s.found({.exclude = {"sandbox-*"}}) == "12346");
    CHECK(s.found({.include = {"team 5"}}).empty());  // there, but suspended
}

TEST_CASE("organization: an account that is in none of the units is no mistake") {
    organization_scene s;
    CHECK(s.found({.units = {"ou-b"}, .include = {"team 4"}, .exclude = {"*2"}}) == "4");
    CHECK(s.cloud->calls("ListAccounts") == 0);
    CHECK(s.found({.units = {"ou-b"}, .include = {"team 4", "team 1"}, .exclude = {"team 3"}}) ==
          "4");
    CHECK(s.cloud->calls("ListAccounts") == 3);
    CHECK(s.found({.units = {"ou-b"}, .exclude = {"team 33"}}).starts_with("UnknownAccount"));
}

TEST_CASE("organization: a state that is none is a mistake, with what may have been meant") {
    organization_scene s;
    CHECK(s.found({.states = {"ACTIV"}}).find("did you mean 'ACTIVE'?") != std::string::npos);
    CHECK(s.found({.states = {"active"}}).find("UnknownAccountState") != std::string::npos);
    CHECK(s.found({.states = {"PENDING_CLOSURE"}}).empty());
}

TEST_CASE("organization: what is known of an account is handed on") {
    organization_scene s;
    const auto all = accounts::try_organization_accounts(s.base(), {.units = {"ou-b"}});
    REQUIRE(all);
    CHECK((*all)[0].name == "team 4");
    CHECK((*all)[0].unit == "ou-b");
    CHECK((*all)[0].state == "ACTIVE");
    CHECK((*all)[0].arn.ends_with("/000000000004"));
}

TEST_CASE("organization: a role's name leads into each account, in its partition, without a call") {
    organization_scene s;
    const auto all = accounts::try_organization_accounts(s.base());
    REQUIRE(all);
    const std::size_t before = s.requests();

    const auto in = accounts::try_accounts_by_role(
        s.base(), *all, {.name = "teams/audit", .own_account_id = "000000000003"});

    REQUIRE(in);
    CHECK((*in)[0].id() == "000000000001/teams/audit");
    CHECK((*in)[0].facts().name == "team 1");
    CHECK((*in)[2].id() == "000000000003");
    CHECK_FALSE((*in)[2].session().parent());
    CHECK(s.requests() == before);
    CHECK(accounts::role_arn_in(
              {.id = "000000000001", .arn = "arn:aws-cn:organizations::1:account/o-1/000000000001"},
              "audit") == "arn:aws-cn:iam::000000000001:role/audit");
    CHECK(accounts::try_accounts_by_role(s.base(), *all, {.name = ""}).error().code ==
          "InvalidRoleArn");
}

TEST_CASE("places: accounts in their regions; one that nobody gets into is lost, not the others") {
    organization_scene s;
    for (const int number : {1, 2, 3, 6})
        s.cloud->add_role({.arn = estate_scene::role_in(estate_scene::id_of(number)),
                           .trusts = {test::user_arn}});
    s.enable("000000000002", "eu-south-1");
    const auto known = accounts::try_organization_accounts(s.base());
    const auto in = accounts::try_accounts_by_role(s.base(), *known, {.name = "audit"});

    const auto found =
        accounts::find_places(*in, {.include = {"eu-south-*", "us-east-?"}}, {.threads = 2});

    CHECK(found.all.size() == 9);
    CHECK(found.all[0].id() == "000000000001/audit/us-east-1");
    CHECK(found.all[2].id() == "000000000002/audit/eu-south-1");
    REQUIRE(found.lost.size() == 1);
    CHECK(found.lost[0].account.id() == "000000000004/audit");
    CHECK(found.lost[0].why.code == "CredentialsUnavailable");
    CHECK(found.by_account.size() == 4);
}
