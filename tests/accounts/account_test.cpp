// SPDX-License-Identifier: MIT
#include <awsxx/accounts/account.hpp>

#include <support/catch.hpp>
#include <support/estate_scene.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using accounts::catalog_source;
using accounts::region_status;
using test::estate_scene;
using account = estate_scene::account;

namespace {

std::size_t calls(const estate_scene& s, const char* operation) {
    return s.cloud->calls(operation);
}

}  // namespace

TEST_CASE("account: making one, and asking what is known, calls nobody") {
    estate_scene s;
    const account told(s.base(), {.id = "111122223333", .name = "home"});
    const auto role = account::try_assuming(s.base(), {.role_arn = test::hub_arn});

    REQUIRE(role);
    CHECK(*told.try_account_id() == "111122223333");
    CHECK(told.id() == "111122223333");
    CHECK(*role->try_account_id() == "111122223333");
    CHECK(role->id() == "111122223333/hub");
    CHECK(role->in("eu-west-3").id() == "111122223333/hub/eu-west-3");
    CHECK(role->facts().partition == "aws");
    (void)role->in("eu-west-3").session();
    CHECK(s.requests() == 0);
}

TEST_CASE("account: an ordinary call is the only one that is made") {
    estate_scene s;
    const auto role = *account::try_assuming(s.base(), {.role_arn = test::hub_arn});
    const auto place = role.in("eu-north-1").session();

    REQUIRE(place.try_whoami());
    REQUIRE(place.try_whoami());

    CHECK(s.requests() == 3);  // AssumeRole is how the keys are got
    CHECK(calls(s, "AssumeRole") == 1);
    CHECK(calls(s, "GetCallerIdentity") == 2);
}

TEST_CASE("account: an id that nobody told is asked for once") {
    estate_scene s;
    const account home(s.base());

    CHECK(*home.try_account_id() == "111122223333");
    CHECK(*account(home).try_account_id() == "111122223333");
    CHECK(calls(s, "GetCallerIdentity") == 1);
    CHECK(s.requests() == 1);
    CHECK(home.id() != account(s.base()).id());
    CHECK(home.id() == account(home).id());
}

TEST_CASE("account: credentials of a role tell its id without another call") {
    estate_scene s;
    const auto hub = *s.base().try_assume_role({.role_arn = test::hub_arn});

    CHECK(*account(hub).try_account_id() == "111122223333");
    CHECK(calls(s, "GetCallerIdentity") == 0);
}

TEST_CASE("account: the alias is asked for once; who has none is called by the id") {
    estate_scene s;
    const account home(s.base(), {.id = "111122223333"});
    CHECK(home.alias() == "home-of-all");
    CHECK(home.alias() == "home-of-all");
    CHECK(calls(s, "ListAccountAliases") == 1);

    s.alias.clear();
    CHECK(account(s.base(), {.id = "111122223333"}).alias() == "111122223333");
}

TEST_CASE("account: one without an id has a name that no other has, in other runs either") {
    estate_scene s;
    const account one(s.base());
    const account other(s.base());
    CHECK(one.id() != other.id());
    CHECK(one.id().size() > std::string("account-1").size() + 15);
    CHECK(account(one).id() == one.id());
}

TEST_CASE("account: who has no alias is called by the id as soon as that is known") {
    estate_scene s;
    s.cloud->deny("iam:ListAccountAliases", test::user_arn);
    const account home(s.base());
    CHECK(home.alias().empty());
    REQUIRE(home.try_account_id());
    CHECK(home.alias() == "111122223333");
    CHECK(calls(s, "ListAccountAliases") == 1);
}

TEST_CASE("account: an alias that could not be asked for is asked for again") {
    estate_scene s;
    const account home(s.base(), {.id = "111122223333"});
    s.cloud->fail_next(testing::fake_fault::no_connection, 3);

    CHECK(home.alias() == "111122223333");
    CHECK(home.alias() == "home-of-all");
}

TEST_CASE("account: all regions come from the Account API, page by page, and are kept a day") {
    estate_scene s;
    s.enable("111122223333", "il-central-1");
    const account home(s.base());

    const auto all = home.try_regions();

    REQUIRE(all);
    CHECK((*all)->source == catalog_source::account_api);
    CHECK_FALSE((*all)->is_fallback());
    CHECK((*all)->partition == "aws");
    CHECK((*all)->regions.size() == 34);
    CHECK((*all)->regions.front() == accounts::region_info{"af-south-1", region_status::disabled});
    CHECK(calls(s, "ListRegions") == 2);
    const auto usable = home.try_regional();
    REQUIRE(usable);
    CHECK(usable->size() == 18);
    CHECK(usable->contains("il-central-1"));
    s.time->advance(23h);
    REQUIRE(home.try_regions());
    CHECK(calls(s, "ListRegions") == 2);
    s.time->advance(2h);
    REQUIRE(home.try_regions());
    CHECK(calls(s, "ListRegions") == 4);
}

TEST_CASE("account: regions can be kept for ever, and asked for without a limit of time") {
    estate_scene s;
    const account home(s.base(), {.keep_regions = milliseconds::max()});

    REQUIRE(home.try_regions({.at_most = milliseconds::max()}));
    s.time->advance(24h * 365);
    const auto again = home.try_regions();

    REQUIRE(again);
    CHECK((*again)->source == catalog_source::account_api);
    CHECK(calls(s, "ListRegions") == 2);
}

TEST_CASE("account: many threads that ask for its regions make one of them ask AWS") {
    estate_scene s;
    const account home(s.base());
    std::vector<std::thread> others;
    std::atomic<int> known{0};
    for (int i = 0; i < 8; ++i)
        others.emplace_back([&] { known += home.try_regional()->size() == 17 ? 1 : 0; });
    for (std::thread& one : others) one.join();

    CHECK(known == 8);
    CHECK(calls(s, "ListRegions") == 2);
}

TEST_CASE("account: where the Account API says no, EC2 is asked") {
    estate_scene s;
    s.cloud->deny("account:ListRegions", test::user_arn);
    s.enable("111122223333", "me-south-1");
    const account home(s.base());

    const auto all = home.try_regions();

    REQUIRE(all);
    CHECK((*all)->source == catalog_source::ec2_api);
    CHECK((*all)->regions.size() == 34);
    const auto usable = home.try_regional();
    CHECK(usable->size() == 18);
    CHECK(usable->contains("me-south-1"));
    CHECK(s.requests() == 2);
}

TEST_CASE("account: where nobody may be asked, the built-in list says that it is that") {
    estate_scene s;
    s.cloud->deny("account:ListRegions", test::user_arn);
    s.cloud->deny("ec2:DescribeRegions", test::user_arn);
    const account home(s.base());

    const auto all = home.try_regions();

    REQUIRE(all);
    CHECK((*all)->is_fallback());
    REQUIRE((*all)->why);
    CHECK((*all)->why->details->operation == "DescribeRegions");
    CHECK((*all)->why->cause->code == "AccessDeniedException");
    CHECK(home.try_regional()->size() == 17);
    CHECK(home.try_regional({.include = {"me-south-1"}})->size() == 1);
    CHECK(s.requests() == 2);
    s.time->advance(2min);
    REQUIRE(home.try_regions());
    CHECK(s.requests() == 4);
}

TEST_CASE("account: without credentials there is no list, not a built-in one") {
    estate_scene s;
    const auto closed = *account::try_assuming(s.base(), {.role_arn = test::closed_arn});

    const auto none = closed.try_regions();

    REQUIRE_FALSE(none);
    CHECK(none.error().code == "CredentialsUnavailable");
    CHECK_FALSE(closed.try_regional());
}

TEST_CASE("regional accounts: a map by region, in order, with another filter without a call") {
    estate_scene s;
    const auto all = account(s.base(), {.id = "111122223333"}).try_regional({.include = {"eu-*"}});
    REQUIRE(all);

    std::vector<std::string> names;
    for (const auto& place : *all) names.push_back(place.region());

    CHECK(names == std::vector<std::string>{"eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2",
                                            "eu-west-3"});
    REQUIRE(all->find("eu-west-2") != nullptr);
    CHECK(all->find("eu-west-2")->region() == "eu-west-2");
    CHECK(all->find("us-east-1") == nullptr);
    CHECK(all->skipped().size() == 3);
    const std::size_t before = s.requests();
    CHECK(all->try_with_filter({.include = {"us-*"}})->size() == 4);
    CHECK(all->try_with_filter({.include = {"us-wets-1"}}).error().code == "UnknownRegion");
    CHECK(s.requests() == before);
}

TEST_CASE("regional account set: equal by account, role and region, whoever made them") {
    estate_scene s;
    const account one(s.base(), {.id = "111122223333"});
    const account again(s.base(), {.id = "111122223333"});
    const auto role = *account::try_assuming(s.base(), {.role_arn = test::hub_arn});
    const auto europe = *one.try_regional({.include = {"eu-west-*"}});
    const auto both =
        accounts::united(std::vector{*again.try_regional({.include = {"eu-west-3", "us-east-1"}}),
                                     europe, *role.try_regional({.include = {"eu-west-3"}})});

    std::vector<std::string> ids;
    for (const auto& place : both) ids.push_back(place.id());

    CHECK(ids == std::vector<std::string>{"111122223333/eu-west-3", "111122223333/us-east-1",
                                          "111122223333/eu-west-1", "111122223333/eu-west-2",
                                          "111122223333/hub/eu-west-3"});
    CHECK(one.in("eu-west-1") == again.in("eu-west-1"));
    CHECK_FALSE(one.in("eu-west-1") == role.in("eu-west-1"));
}

TEST_CASE("account: the regions of a service are those that Systems Manager publishes") {
    estate_scene s;
    s.cloud->answer("ssm:GetParametersByPath", [](const auto& asked, const auto&) {
        const std::string_view body = asked.sent.body.bytes();
        if (body.find("services/lambda/regions") == std::string_view::npos)
            return expected<std::string>(R"({"Parameters":[]})");
        const bool second = body.find("NextToken") != std::string_view::npos;
        return expected<std::string>(
            second ? R"({"Parameters":[{"Name":"x","Value":"eu-north-1"}]})"
                   : R"({"Parameters":[{"Name":"y","Value":"us-east-1"}],"NextToken":"t"})");
    });

    const auto found = accounts::try_service_regions(s.base(), "lambda");

    REQUIRE(found);
    CHECK(found->regions == std::vector<std::string>{"eu-north-1", "us-east-1"});
    CHECK(account(s.base()).try_regional({.service = *found})->size() == 2);
    CHECK(accounts::try_service_regions(s.base(), "lambada").error().code == "UnknownService");
}
