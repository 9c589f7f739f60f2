// SPDX-License-Identifier: MIT
#include <awsxx/accounts/async_places.hpp>

#include <support/catch.hpp>
#include <support/estate_scene.hpp>

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using test::estate_scene;

namespace {

template <class Places>
std::string ids(const Places& places) {
    std::string all;
    for (const auto& one : places.all) all += one.id() + " ";
    return all;
}

}  // namespace

TEST_CASE("places on a loop: the same as without one, and kept for both") {
    estate_scene s;
    event_loop loop({.time = s.time});
    auto all = s.accounts(3);
    all.insert(all.begin(),
               *estate_scene::account::try_assuming(s.base(), {.role_arn = test::closed_arn}));
    s.enable("000000000002", "eu-south-1");

    const auto found = accounts::find_places(loop, all, {.include = {"eu-south-*", "us-east-1"}});

    CHECK(ids(found) ==
          "000000000001/audit/us-east-1 000000000002/audit/eu-south-1 "
          "000000000002/audit/us-east-1 000000000003/audit/us-east-1 ");
    REQUIRE(found.lost.size() == 1);
    CHECK(found.lost[0].why.code == "CredentialsUnavailable");
    CHECK(found.by_account[0].skipped().size() == 2);
    CHECK(s.cloud->calls("ListRegions") == 6);
    all.erase(all.begin());
    CHECK(ids(accounts::find_places(all, {.include = {"us-east-2"}})).size() == 87);
    CHECK(ids(accounts::find_places(loop, all, {.include = {"us-east-2"}})).size() == 87);
    CHECK(s.cloud->calls("ListRegions") == 6);
    s.time->advance(25h);
    CHECK(accounts::find_places(loop, all).all.size() == 52);
    CHECK(s.cloud->calls("ListRegions") == 12);
}

TEST_CASE("places on a loop: EC2 is asked next, and then nobody") {
    estate_scene s;
    event_loop loop({.time = s.time});
    const auto all = s.accounts(2);
    for (int i = 1; i <= 2; ++i)
        s.cloud->deny("account:ListRegions", estate_scene::role_in(estate_scene::id_of(i)));
    s.cloud->deny("ec2:DescribeRegions", estate_scene::role_in(estate_scene::id_of(2)));
    s.enable("000000000001", "ca-west-1");

    const auto found = accounts::find_places(loop, all, {.include = {"ca-*"}});

    CHECK(ids(found) ==
          "000000000001/audit/ca-central-1 000000000001/audit/ca-west-1 "
          "000000000002/audit/ca-central-1 ");
    CHECK(found.by_account[0].catalog().source == accounts::catalog_source::ec2_api);
    CHECK(found.by_account[1].catalog().is_fallback());
    CHECK(found.by_account[1].catalog().why->cause->code == "AccessDeniedException");
}

TEST_CASE("places on a loop: who is stopped while EC2 is asked has found out nothing") {
    estate_scene s;
    event_loop loop({.time = s.time});
    const auto all = s.accounts(1);
    s.cloud->deny("account:ListRegions", estate_scene::role_in(estate_scene::id_of(1)));
    std::stop_source stop;
    s.cloud->observe([&](const auto& asked) {
        if (asked.operation == "ListRegions") stop.request_stop();
    });

    const auto found = accounts::find_places(loop, all, {}, {.stop = stop.get_token()});

    REQUIRE(found.lost.size() == 1);
    CHECK(found.lost[0].why.kind == error_kind::cancelled);
    CHECK(all[0].memory().known_regions(all[0].session().core()) == nullptr);
}

TEST_CASE("places on a loop: a filter with a name that is none says so") {
    estate_scene s;
    event_loop loop({.time = s.time});

    const auto found = accounts::find_places(loop, s.accounts(1), {.include = {"us-esat-1"}});

    REQUIRE(found.lost.size() == 1);
    CHECK(found.lost[0].why.code == "UnknownRegion");
}
