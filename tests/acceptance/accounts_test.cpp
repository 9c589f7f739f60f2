// SPDX-License-Identifier: MIT
// What other libraries made of many accounts and regions.
#include <awsxx/accounts/async_for_each.hpp>
#include <awsxx/accounts/for_each.hpp>
#include <awsxx/async.hpp>

#include <support/catch.hpp>
#include <support/estate_scene.hpp>
#include <support/sanitized.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

using namespace awsxx;
using accounts::job;
using accounts::job_context;
using accounts::outcome;
using test::estate_scene;
using testing::fake_fault;

TEST_CASE("acceptance 5: a view of a region calls that region, whichever the session has") {
    estate_scene s;
    settings chosen = s.choices({.environment = {{"AWS_REGION", "us-west-2"}}});
    chosen.region = "us-west-2";
    const estate_scene::account home(s.with(std::move(chosen)), {.id = "111122223333"});

    for (const auto* region : {"eu-central-1", "us-east-1", "ap-southeast-7"}) {
        const auto place = home.in(region);
        REQUIRE(place.session().try_whoami());
        CHECK(place.region() == region);
        const auto call = s.cloud->log().back();
        CHECK(call.request.target.host == "sts." + std::string(region) + ".amazonaws.com");
        CHECK(call.region == region);
    }
}

TEST_CASE("acceptance 5: so does a view of a role's session with a region of its own") {
    estate_scene s;
    const auto role = *estate_scene::account::try_assuming(
        s.base(), {.role_arn = test::hub_arn, .region = "us-west-2"});

    REQUIRE(role.in("eu-central-1").session().try_whoami());

    CHECK(s.cloud->log().back().region == "eu-central-1");
    CHECK(role.session().try_whoami());
    CHECK(s.cloud->log().back().region == "us-west-2");
    CHECK(s.cloud->calls("AssumeRole") == 1);  // both have the same keys
    const auto further =
        role.in("eu-central-1").session().try_assume_role({.role_arn = test::spoke_arn});
    REQUIRE(further->try_whoami());
    CHECK(s.cloud->log().back().region == "eu-central-1");
}

TEST_CASE("acceptance 12: who may not ask for the alias or for who it is can call all else") {
    estate_scene s;
    s.cloud->deny("iam:ListAccountAliases", test::hub_arn);
    s.cloud->deny("sts:GetCallerIdentity", test::hub_arn);
    s.cloud->add_groups("d-1", {"admins"});
    const auto role = *estate_scene::account::try_assuming(s.base(), {.role_arn = test::hub_arn});
    const auto place = role.in("eu-west-1").session();

    CHECK(place.try_call(identitystore::list_groups{.identity_store_id = "d-1"}));
    CHECK(role.alias() == "111122223333");
    CHECK(role.alias() == "111122223333");
    CHECK(s.cloud->calls("ListAccountAliases") == 1);
    CHECK(*role.try_account_id() == "111122223333");
    CHECK(s.cloud->calls("GetCallerIdentity") == 0);

    s.cloud->deny("identitystore:ListGroups", test::hub_arn);
    const auto refused = place.try_call(identitystore::list_groups{.identity_store_id = "d-1"});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == error_kind::denied);
    CHECK(refused.error().code == "AccessDeniedException");
    CHECK(refused.error().details->operation == "ListGroups");
}

TEST_CASE("acceptance 28: a disabled opt-in region is skipped, and said to be disabled") {
    estate_scene s;
    s.close_opt_in_regions("111122223333");
    const estate_scene::account home(s.base(), {.id = "111122223333"});
    const auto all = home.try_regional({.include = {"eu-*"}});
    REQUIRE(all);

    const auto report =
        accounts::for_each(*all, [](const auto& place) { return place.session().try_whoami(); });

    CHECK(report.complete());
    CHECK(report.results.size() == 5);
    REQUIRE(all->skipped().size() == 3);
    CHECK(all->skipped()[0].region.name == "eu-central-2");
    CHECK(all->skipped()[0].reason == "it is disabled");
}

TEST_CASE("acceptance 28: one that was asked for is reported as such, without a call there") {
    estate_scene s;
    s.close_opt_in_regions("111122223333");
    const estate_scene::account home(s.base(), {.id = "111122223333"});
    const auto all = home.try_regional(
        {.include = {"eu-south-1", "eu-west-1"}, .opt_in = accounts::opt_in_filter::any});
    REQUIRE(all);
    const std::size_t before = s.requests();

    const auto report =
        accounts::for_each(*all, [](const auto& place) { return place.session().try_whoami(); });

    REQUIRE(report.results.size() == 2);
    CHECK(report.results[0].how == outcome::region_not_enabled);
    CHECK(to_string(report.results[0].result.error()) ==
          "RegionNotEnabled: eu-south-1 is disabled in account 111122223333");
    CHECK(report.results[0].result.error().kind == error_kind::action_needed);
    CHECK(report.results[1].how == outcome::done);
    CHECK(s.requests() == before + 1);
}

TEST_CASE("acceptance 28: where nobody knew, the refusal is not taken for bad credentials") {
    estate_scene s;
    s.close_opt_in_regions("111122223333");
    s.cloud->deny("account:ListRegions", test::user_arn);
    s.cloud->deny("ec2:DescribeRegions", test::user_arn);
    const estate_scene::account home(s.base(), {.id = "111122223333"});
    const auto all = home.try_regional({.include = {"me-south-1", "eu-west-1"}});
    REQUIRE(all);
    CHECK(all->catalog().is_fallback());

    const auto report =
        accounts::for_each(*all, [](const auto& place) { return place.session().try_whoami(); });

    REQUIRE(report.results.size() == 2);
    CHECK(report.results[0].how == outcome::done);
    CHECK(report.results[1].how == outcome::region_not_enabled);
    const error& why = report.results[1].result.error();
    CHECK(why.code == "RegionNotEnabled");
    CHECK(why.kind != error_kind::not_authenticated);
    CHECK(why.cause->code == "InvalidClientTokenId");
}

TEST_CASE("acceptance 28: keys that are bad in a region that everybody has are bad keys") {
    estate_scene s;
    s.cloud->disable_region("111122223333", "eu-west-1");  // as if the keys were of nobody
    const estate_scene::account home(s.base(), {.id = "111122223333"});

    const auto report =
        accounts::for_each(std::vector{home.in("eu-west-1")},
                           [](const auto& place) { return place.session().try_whoami(); });

    CHECK(report.results[0].how == outcome::failed);
    CHECK(report.results[0].result.error().code == "InvalidClientTokenId");
    CHECK(report.results[0].result.error().kind == error_kind::not_authenticated);
}

namespace {

constexpr int many = 50;

/// Lets one request of twenty fail, each time by another fault.
class bad_weather {
public:
    explicit bad_weather(estate_scene& s) {
        s.cloud->observe([this, &s](const auto&) {
            const std::lock_guard lock(mutex_);
            state_ = state_ * 6364136223846793005U + 1442695040888963407U;
            if ((state_ >> 33U) % 20 != 0) return;
            constexpr fake_fault all[] = {fake_fault::throttled, fake_fault::server_error,
                                          fake_fault::no_connection, fake_fault::cut_answer};
            s.cloud->fail_next(all[faults_++ % 4]);
        });
    }
    std::size_t faults() const {
        const std::lock_guard lock(mutex_);
        return faults_;
    }

private:
    mutable std::mutex mutex_{};
    std::uint64_t state_ = 28;
    std::size_t faults_ = 0;
};

/// Bytes on the heap now; 0 where nobody counts them.
std::size_t heap() {
#if defined(__GLIBC__) && !AWSXX_TEST_SANITIZED
    return ::mallinfo2().uordblks;
#else
    return 0;
#endif
}

std::vector<estate_scene::place> places_of(estate_scene& s) {
    std::vector<accounts::basic_regional_accounts<estate_scene::session>> all;
    for (const auto& one : s.accounts(many)) all.push_back(*one.try_regional());
    const auto set = accounts::united(all);
    return {set.begin(), set.end()};
}

auto asking(event_loop& loop) {
    return
        [&loop](const estate_scene::place& place, const job_context& context) -> job<std::string> {
            const auto there = place.session();
            const sts::get_caller_identity question;
            auto who = co_await there.try_co_call(loop, question, context.how());
            if (!who) co_return who.error();
            co_return who->arn;
        };
}

}  // namespace

namespace {

/// One result for each target, in their order, each of its own account; and no more attempts than
/// the calls and the renewals of the accounts' keys may make.
template <class Report>
void check_in_bad_weather(const estate_scene& s, const std::vector<estate_scene::place>& places,
                          const Report& report, std::size_t faults) {
    REQUIRE(report.results.size() == 850);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < 850; ++i) {
        const auto& one = report.results[i];
        seen.insert(one.id);
        REQUIRE(one.id == places[i].id());
        if (one.result) CHECK(one.result->find(one.id.substr(0, 12)) != std::string::npos);
    }
    CHECK(seen.size() == 850);
    CHECK(report.counts.done + report.counts.failed == 850);
    CHECK(report.counts.done >= 840);
    CHECK(faults >= 20);
    const std::size_t sent =
        s.cloud->calls("GetCallerIdentity") + s.cloud->calls("AssumeRole") - many;
    CHECK(sent <= 3 * (850 + many));
    CHECK(sent <= 850 + many + 2 * faults);
    CHECK(s.cloud->calls("AssumeRole") <= 2 * many + faults);
}

}  // namespace

TEST_CASE("fan-out over 50 accounts and 17 regions: one result each, in order, on one thread") {
    estate_scene s;
    const auto places = places_of(s);
    REQUIRE(places.size() == 850);
    event_loop loop({.time = s.time});
    const bad_weather weather(s);

    const auto report = accounts::for_each(loop, places, asking(loop), {.concurrency = 32});

    check_in_bad_weather(s, places, report, weather.faults());
}

TEST_CASE("fan-out over 50 accounts and 17 regions: threads do as well in the same weather") {
    estate_scene s;
    const auto places = places_of(s);
    const bad_weather weather(s);
    std::atomic<int> called{0};

    const auto report = accounts::for_each(
        places,
        [&](const auto& place, const job_context& context) -> expected<std::string> {
            ++called;
            auto who = place.session().try_call(sts::get_caller_identity{}, context.how());
            if (!who) return std::move(who).error();
            return who->arn;
        },
        {.threads = 4});

    CHECK(called == 850);
    check_in_bad_weather(s, places, report, weather.faults());
}

TEST_CASE("fan-out over 50 accounts and 17 regions: a resumed run finishes the rest only") {
    estate_scene s;
    const auto places = places_of(s);
    event_loop loop({.time = s.time});
    std::stop_source stop;
    std::string file;

    const auto first = accounts::for_each(loop, places, asking(loop),
                                          {.concurrency = 16,
                                           .stop = stop.get_token(),
                                           .state = accounts::fan_out_state("who is where"),
                                           .progress = [&](const accounts::fan_out_progress& now,
                                                           const accounts::fan_out_state& state) {
                                               if (now.done != 300) return;
                                               file = state.text();
                                               stop.request_stop();
                                           }});
    CHECK(first.results.size() == 850);
    CHECK(first.counts.done >= 300);
    CHECK(first.counts.not_started >= 500);
    const auto saved = accounts::fan_out_state::parse(file);
    REQUIRE(saved);
    CHECK(saved->done().size() == 300);
    CHECK(file.find("ASIA") == std::string::npos);

    const std::size_t before = s.cloud->calls("GetCallerIdentity");
    const auto second =
        accounts::for_each(loop, places, asking(loop), {.concurrency = 16, .state = *saved});

    CHECK(s.cloud->calls("GetCallerIdentity") - before == 550);
    CHECK(second.counts.done == 550);
    CHECK(second.counts.done_before == 300);
    CHECK(second.complete());
    CHECK(second.state.done().size() == 850);
}

TEST_CASE("fan-out: memory is bounded by what is under way, not by how much there is to do") {
    estate_scene s;
    const auto all = s.accounts(1);
    event_loop loop({.time = s.time});
    const std::size_t start = heap();
    const auto peak_of = [&](int count) {
        std::size_t most = 0;
        std::vector<int> targets(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) targets[static_cast<std::size_t>(i)] = i;
        const std::size_t before = heap();
        const auto summary = accounts::for_each(
            loop, targets,
            [&](int) -> job<std::string> {
                const auto keys = all[0].session();
                most = std::max(most, heap() - before);
                co_return std::string(1000, 'x');
            },
            {.concurrency = 8}, [](std::size_t, auto&&) {});
        CHECK(summary.counts.done == static_cast<std::size_t>(count));
        return most;
    };

    const std::size_t few = peak_of(100);
    const std::size_t lots = peak_of(10000);

    INFO(few << " and " << lots << " bytes, from " << start);
    // Beyond the work: the name of each target that is done, for the state.
    CHECK(lots <= few + 10000 * 100);
}
