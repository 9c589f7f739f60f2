// SPDX-License-Identifier: MIT
#include <awsxx/accounts/async_for_each.hpp>
#include <awsxx/accounts/start_for_each.hpp>
#include <awsxx/async.hpp>

#include <support/catch.hpp>
#include <support/estate_scene.hpp>
#include <support/fixed_random.hpp>

#include <algorithm>
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using accounts::job;
using accounts::job_context;
using accounts::outcome;
using test::estate_scene;

namespace {

std::vector<int> numbers(int count) {
    std::vector<int> all;
    for (int i = 0; i < count; ++i) all.push_back(i);
    return all;
}

template <class Report>
std::string outcomes(const Report& report) {
    std::string all;
    for (const auto& one : report.results)
        all += one.id + ":" + std::string(accounts::to_string(one.how)) + " ";
    return all;
}

struct scene : estate_scene {
    event_loop loop{{.time = time}};
    session by = base();
    /// One whose calls pause before they are tried again.
    session pausing() const {
        settings chosen = choices();
        chosen.region = "eu-west-1";
        chosen.outside.random = std::make_shared<test::fixed_random>(~std::uint64_t{0});
        return with(std::move(chosen));
    }
    std::vector<account> pausing_accounts(int count) {
        std::vector<account> all;
        for (int i = 1; i <= count; ++i)
            all.emplace_back(pausing(), accounts::account_facts{.id = id_of(i)});
        cloud->fail_between(time->now(), time->now() + 1h, testing::fake_fault::throttled);
        return all;
    }
    int running = 0;
    int most = 0;

    /// One call each, with what is under way at once counted.
    auto asking() {
        return [this](const auto& target, const job_context& context) -> job<std::string> {
            most = std::max(most, ++running);
            const session there = target.session();
            const sts::get_caller_identity question;
            auto who = co_await there.try_co_call(loop, question, context.how());
            --running;
            if (!who) co_return who.error();
            co_return who->arn;
        };
    }
};

}  // namespace

TEST_CASE("for_each on a loop: one result each, in order, so many at once and no more") {
    scene s;
    const auto all = s.accounts(40);

    const auto report = accounts::for_each(s.loop, all, s.asking(), {.concurrency = 7});

    REQUIRE(report.results.size() == 40);
    CHECK(report.complete());
    CHECK(s.most == 7);
    for (std::size_t i = 0; i < 40; ++i) {
        REQUIRE(report.results[i].target.id() == all[i].id());
        REQUIRE(report.results[i].result);
        CHECK(report.results[i].result->find(estate_scene::id_of(static_cast<int>(i) + 1)) !=
              std::string::npos);
    }
    CHECK(s.loop.in_flight() == 0);
}

TEST_CASE("for_each on a loop: a thousand targets on one thread, all at once") {
    scene s;
    const auto all = s.accounts(1000);

    const auto report = accounts::for_each(s.loop, all, s.asking(), {.concurrency = 1000});

    CHECK(report.complete());
    CHECK(report.counts.done == 1000);
    CHECK(s.most == 1000);
    CHECK(report.results.back().id == "000000001000/audit");
}

TEST_CASE("for_each on a loop: pauses of some do not keep the others") {
    scene s;
    const auto all = s.accounts(4);
    s.cloud->fail_next(testing::fake_fault::throttled, 2, "AssumeRole");

    const auto report = accounts::for_each(s.loop, all, s.asking(), {.concurrency = 4});

    CHECK(report.complete());
    CHECK(s.most == 4);
    CHECK(s.cloud->calls("AssumeRole") == 6);
}

TEST_CASE("for_each on a loop: jobs that wait for nothing need no stack each") {
    scene s;
    const auto report = accounts::for_each(
        s.loop, numbers(20000), [](int one) -> job<int> { co_return one; }, {.concurrency = 1});

    CHECK(report.counts.done == 20000);
    CHECK(*report.results.back().result == 19999);
}

#if defined(__cpp_exceptions)
TEST_CASE("for_each on a loop: what a job throws is its target's error") {
    scene s;
    const auto report = accounts::for_each(s.loop, numbers(4), [](int one) -> job<int> {
        if (one == 1) throw aws_error({.kind = error_kind::denied, .code = "AccessDenied"});
        if (one == 2) throw std::runtime_error("planted-secret");
        co_return one;
    });
    const auto no_job = accounts::for_each(s.loop, numbers(1), [](int) -> job<int> {
        throw std::runtime_error("before there is a job");
    });

    CHECK(outcomes(report) == "0:done 1:failed 2:failed 3:done ");
    CHECK(report.results[1].result.error().code == "AccessDenied");
    CHECK(report.results[2].result.error().code == "JobThrew");
    CHECK(no_job.results[0].result.error().code == "JobThrew");
}
#endif

TEST_CASE("for_each on a loop: a target whose role is missing is a result of its own") {
    scene s;
    auto all = s.accounts(2);
    all.push_back(*estate_scene::account::try_assuming(s.by, {.role_arn = test::closed_arn}));

    const auto report = accounts::for_each(s.loop, all, s.asking());

    CHECK(outcomes(report) ==
          "000000000001/audit:done 000000000002/audit:done 444455556666/closed:no_access ");
}

TEST_CASE("for_each on a loop: the deadline ends what is under way and keeps the rest from it") {
    scene s;
    const auto all = s.accounts(5);
    s.cloud->observe([&](const auto& asked) {
        if (asked.operation == "GetCallerIdentity") s.time->advance(30ms);
    });
    s.cloud->fail_next(testing::fake_fault::throttled, 1, "GetCallerIdentity");

    const auto report =
        accounts::for_each(s.loop, all, s.asking(), {.concurrency = 2, .at_most = 50ms});

    CHECK(report.counts.done == 1);
    CHECK(report.counts.failed == 1);
    CHECK(report.results[4].how == outcome::not_started);
    CHECK(report.results[4].result.error().kind == error_kind::timeout);
}

TEST_CASE("for_each on a loop: when it is stopped, calls end and no target is begun") {
    scene s;
    const auto all = s.accounts(5);
    std::stop_source stop;
    s.cloud->observe([&](const auto& asked) {
        if (asked.operation == "GetCallerIdentity") stop.request_stop();
    });

    const auto report =
        accounts::for_each(s.loop, all, s.asking(), {.concurrency = 2, .stop = stop.get_token()});

    CHECK(report.counts.not_started == 3);
    CHECK(report.results[4].result.error().code == "NotStarted");
    CHECK(report.results.size() == 5);
}

TEST_CASE("for_each on a loop: a dry run and a resumed one begin what they should") {
    scene s;
    int begun = 0;
    const auto count = [&](int one) -> job<int> {
        ++begun;
        co_return one;
    };
    accounts::fan_out_state state;
    state.add("1");

    const auto dry = accounts::for_each(s.loop, numbers(3), count, {.dry_run = true});
    CHECK(begun == 0);
    CHECK(outcomes(dry) == "0:planned 1:planned 2:planned ");
    const auto rest = accounts::for_each(s.loop, numbers(3), count, {.state = state});
    CHECK(begun == 2);
    CHECK(outcomes(rest) == "0:done 1:done_before 2:done ");
}

TEST_CASE("for_each on a loop: a job that nobody will wake fails, and the work ends") {
    scene s;
    const auto report = accounts::for_each(s.loop, numbers(3),
                                           [](int one) -> job<int> {
                                               if (one == 0) co_await std::suspend_always();
                                               co_return one;
                                           },
                                           {.concurrency = 1});

    CHECK(outcomes(report) == "0:failed 1:not_started 2:not_started ");
    CHECK(report.results[0].result.error().code == "JobNeverEnded");
}

TEST_CASE("for_each on a loop: from inside a callback it begins nothing") {
    scene s;
    std::string said;
    s.loop.post([&] {
        said = outcomes(
            accounts::for_each(s.loop, numbers(1), [](int one) -> job<int> { co_return one; }));
    });
    s.loop.run();

    CHECK(said == "0:not_started ");
}

TEST_CASE("start_for_each: goes on as the loop is run, and tells when all have their result") {
    scene s;
    std::string said;
    int told = 0;
    const auto work = accounts::start_for_each(s.loop, s.accounts(5), s.asking(),
                                               {.concurrency = 2}, [&](const auto& report) {
                                                   said = outcomes(report);
                                                   ++told;
                                               });
    CHECK(told == 0);
    CHECK(s.running == 0);
    s.loop.run();

    CHECK(told == 1);
    CHECK(s.most == 2);
    CHECK(said ==
          "000000000001/audit:done 000000000002/audit:done 000000000003/audit:done "
          "000000000004/audit:done 000000000005/audit:done ");
}

TEST_CASE("start_for_each: may be let go in its own end, and before its beginning") {
    scene s;
    int told = 0;
    std::unique_ptr<accounts::running_fan_out> work;
    work = accounts::start_for_each(s.loop, s.accounts(3), s.asking(), {}, [&](const auto&) {
        work.reset();
        ++told;
    });
    auto unheard = accounts::start_for_each(s.loop, s.accounts(3), s.asking(), {},
                                            [&](const auto&) { ++told; });
    unheard.reset();
    s.loop.run();

    CHECK(told == 1);
    CHECK(s.loop.in_flight() == 0);
}

TEST_CASE("start_for_each: let go half way, it ends unheard") {
    scene s;
    int told = 0;
    auto work = accounts::start_for_each(s.loop, s.pausing_accounts(3), s.asking(), {},
                                         [&](const auto&) { ++told; });
    s.loop.poll(0ms);
    s.loop.poll(0ms);
    CHECK(s.running == 3);
    work.reset();
    s.loop.run();

    CHECK(told == 0);
    CHECK(s.loop.in_flight() == 0);
}

TEST_CASE("start_for_each: with its loop, what is under way ends and the rest is not begun") {
    scene s;
    std::optional<event_loop> loop;
    loop.emplace(event_loop_options{.time = s.time});
    std::string said;
    const auto ask = [&](const auto& target, const job_context&) -> job<int> {
        const auto there = target.session();
        const sts::get_caller_identity question;
        auto who = co_await there.try_co_call(*loop, question);
        if (!who) co_return who.error();
        co_return 1;
    };
    const auto work =
        accounts::start_for_each(*loop, s.pausing_accounts(3), ask, {.concurrency = 2},
                                 [&](const auto& report) { said = outcomes(report); });
    loop->poll(0ms);
    loop->poll(0ms);
    loop.reset();

    CHECK(said ==
          "000000000001:failed 000000000002:failed "
          "000000000003:not_started ");
}
