// SPDX-License-Identifier: MIT
#include <awsxx/accounts/async_places.hpp>

#include <support/catch.hpp>
#include <support/estate_scene.hpp>
#include <support/silent_server.hpp>

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using test::estate_scene;
using testing::fake_fault;

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

TEST_CASE("places: an account that does not answer in time has the built-in list, which says so") {
    estate_scene s;
    event_loop loop({.time = s.time});
    const auto all = s.accounts(2);
    const accounts::fan_out_options limits{.concurrency = 2, .at_most = 5s, .time = s.time};
    REQUIRE(all[0].session().try_whoami());
    REQUIRE(all[1].session().try_whoami());
    s.cloud->fail_next(fake_fault::no_connection, 1, "ListRegions");
    s.cloud->fail_next(fake_fault::no_connection, 1, "DescribeRegions");
    int asked = 0;
    s.cloud->observe([&](const auto&) {
        if (++asked <= 2) s.time->advance(6s);
    });

    const auto found = GENERATE(true, false) ? accounts::find_places(loop, all, {}, limits)
                                             : accounts::find_places(all, {}, limits);

    REQUIRE(found.by_account.size() >= 1);
    const auto& first = found.by_account[0];
    REQUIRE(first.catalog().is_fallback());
    CHECK(first.catalog().why->cause);
    CHECK(all[0].memory().known_regions(all[0].session().core()) == nullptr);
    CHECK((*all[0].try_regions())->source == accounts::catalog_source::account_api);
}

TEST_CASE("places on a loop: the deadline ends the question that is under way, page by page") {
    estate_scene s;
    test::silent_server silent;
    event_loop loop;
    settings chosen = s.choices();
    chosen.outside.time = nullptr;  // the computer's
    chosen.region = "eu-west-1";
    chosen.endpoint_url = silent.url();
    const session base({.access_key_id = "AKIDUSER", .secret_access_key = "planted-secret"},
                       chosen);
    const std::vector<accounts::account> all{accounts::account(base, {.id = "111122223333"})};
    const auto begin = std::chrono::steady_clock::now();

    const auto found = accounts::find_places(loop, all, {}, {.at_most = 200ms});
    const auto blocking = accounts::find_places(all, {}, {.at_most = 200ms});

    CHECK(std::chrono::steady_clock::now() - begin < 5s);
    REQUIRE(found.by_account.size() == 1);
    CHECK(found.by_account[0].catalog().is_fallback());
    CHECK(found.by_account[0].catalog().why->kind == error_kind::timeout);
    REQUIRE(blocking.by_account.size() == 1);
    CHECK(blocking.by_account[0].catalog().is_fallback());
    CHECK(blocking.by_account[0].catalog().why->cause->kind == error_kind::timeout);
}

TEST_CASE("places on a loop: a filter with a name that is none says so") {
    estate_scene s;
    event_loop loop({.time = s.time});

    const auto found = accounts::find_places(loop, s.accounts(1), {.include = {"us-esat-1"}});

    REQUIRE(found.lost.size() == 1);
    CHECK(found.lost[0].why.code == "UnknownRegion");
}
