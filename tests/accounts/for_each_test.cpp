// SPDX-License-Identifier: MIT
#include <awsxx/accounts/for_each.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/estate_scene.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using accounts::outcome;
using accounts::to_string;
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
        all += one.id + ":" + std::string(to_string(one.how)) + " ";
    return all;
}

/// Made as it is read, and only once.
struct counting_range {
    int count;
    int* read;
    struct iterator {
        const counting_range* of;
        int at;
        int operator*() const {
            ++*of->read;
            return at;
        }
        iterator& operator++() {
            ++at;
            return *this;
        }
        bool operator!=(const iterator& other) const { return at != other.at; }
    };
    iterator begin() const { return {this, 0}; }
    iterator end() const { return {this, count}; }
};

}  // namespace

TEST_CASE("for_each: gives what the function gives, in the order of the targets") {
    const auto report = accounts::for_each(numbers(4), [](int one) -> expected<int> {
        if (one == 2) return error{.kind = error_kind::denied, .code = "AccessDenied"};
        return one * 10;
    });

    REQUIRE(report.results.size() == 4);
    CHECK(outcomes(report) == "0:done 1:done 2:failed 3:done ");
    CHECK(report.results[3].target == 3);
    CHECK(*report.results[3].result == 30);
    CHECK(report.results[2].result.error().code == "AccessDenied");
    CHECK(report.counts.done == 3);
    CHECK(report.counts.failed == 1);
    CHECK(report.counts.total == 4);
    CHECK_FALSE(report.complete());
}

TEST_CASE("for_each: the function may return a plain value or nothing, and targets may be text") {
    int called = 0;
    const auto nothing = accounts::for_each(std::vector<std::string>{"a", "b"},
                                            [&](const std::string&) { ++called; });
    const auto plain = accounts::for_each(numbers(2), [](int one) { return std::to_string(one); });

    CHECK(called == 2);
    CHECK(outcomes(nothing) == "a:done b:done ");
    CHECK(nothing.complete());
    CHECK(*plain.results[1].result == "1");
}

TEST_CASE("for_each: targets may be text of any kind, and made as they are read") {
    struct named {
        std::string_view id() const { return "x"; }
    };
    const auto nothing = [](const auto&) {};
    CHECK(outcomes(accounts::for_each(std::vector<std::string_view>{"a"}, nothing)) == "a:done ");
    CHECK(outcomes(accounts::for_each(std::vector<const char*>{"b"}, nothing)) == "b:done ");
    CHECK(outcomes(accounts::for_each(std::vector<named>(1), nothing)) == "x:done ");
    struct {  // as a view that finds its beginning when it is asked
        std::vector<int> numbers{2, 4};
        auto begin() { return numbers.begin(); }
        auto end() { return numbers.end(); }
    } even;
    CHECK(outcomes(accounts::for_each(even, nothing)) == "2:done 4:done ");
}

TEST_CASE("for_each: no targets are no work") {
    const auto report = accounts::for_each(numbers(0), [](int) {});
    CHECK(report.results.empty());
    CHECK(report.complete());
    CHECK(report.counts.total == 0);
}

#if defined(__cpp_exceptions)
TEST_CASE("for_each: what the function throws is its target's error, without foreign words") {
    const auto report = accounts::for_each(numbers(3), [](int one) {
        if (one == 0) throw aws_error({.kind = error_kind::throttled, .code = "SlowDown"});
        if (one == 1) throw std::runtime_error("planted-secret");
    });

    CHECK(outcomes(report) == "0:failed 1:failed 2:done ");
    CHECK(report.results[0].result.error().code == "SlowDown");
    CHECK(report.results[1].result.error().code == "JobThrew");
    CHECK(to_string(report.results[1].result.error()).find("planted") == std::string::npos);
}

TEST_CASE("for_each: what the range throws comes out once all threads have ended") {
    struct broken : counting_range {
        struct iterator : counting_range::iterator {
            int operator*() const {
                if (at == 5) throw std::runtime_error("no more targets");
                return at;
            }
        };
        iterator begin() const { return {{this, 0}}; }
        iterator end() const { return {{this, count}}; }
    };
    std::atomic<int> called{0};
    CHECK_THROWS_AS(
        accounts::for_each(broken{{10, nullptr}}, [&](int) { ++called; }, {.threads = 3}),
        std::runtime_error);
    CHECK(called == 5);
}
#endif

TEST_CASE("for_each: with threads, each target is run once, and the order stays") {
    std::mutex mutex;
    std::multiset<int> run;
    std::set<std::thread::id> by;
    const auto report = accounts::for_each(numbers(500),
                                           [&](int one) {
                                               const std::lock_guard lock(mutex);
                                               run.insert(one);
                                               by.insert(std::this_thread::get_id());
                                               return one;
                                           },
                                           {.threads = 4});

    REQUIRE(report.results.size() == 500);
    CHECK(run.size() == 500);
    CHECK(std::set<int>(run.begin(), run.end()).size() == 500);
    CHECK(by.size() <= 4);
    for (int i = 0; i < 500; ++i) {
        REQUIRE(report.results[static_cast<std::size_t>(i)].target == i);
        REQUIRE(*report.results[static_cast<std::size_t>(i)].result == i);
    }
}

TEST_CASE("for_each: has no more threads than targets") {
    std::mutex mutex;
    std::condition_variable changed;
    int waiting = 0;
    const auto report = accounts::for_each(numbers(3),
                                           [&](int) {
                                               std::unique_lock lock(mutex);
                                               ++waiting;
                                               changed.notify_all();
                                               changed.wait(lock, [&] { return waiting == 3; });
                                           },
                                           {.threads = 1000000});

    CHECK(report.counts.done == 3);
    testing::fake_clock time;
    CHECK(accounts::fan_out_course({.threads = 8}, 3, time).useful_threads() == 3);
    CHECK(accounts::fan_out_course({.threads = 8}, {}, time).useful_threads() == 8);
    CHECK(accounts::fan_out_course({.threads = 2}, 3, time).useful_threads() == 2);
}

TEST_CASE("for_each: without being asked for threads it has none") {
    const auto here = std::this_thread::get_id();
    const auto report = accounts::for_each(
        numbers(5), [&](int) { return std::this_thread::get_id() == here; }, {.threads = 0});
    for (const auto& one : report.results) CHECK(*one.result);
}

TEST_CASE("for_each: targets are read as the work goes on, and results handed out as they come") {
    int read = 0;
    int most = 0;
    int handed = 0;
    const auto summary = accounts::for_each(
        counting_range{1000, &read}, [&](int) { most = std::max(most, read - handed); }, {},
        [&](std::size_t index, auto&& one) {
            CHECK(static_cast<int>(index) == one.target);
            ++handed;
        });

    CHECK(handed == 1000);
    CHECK(most == 1);
    CHECK(summary.counts.done == 1000);
    CHECK_FALSE(summary.counts.total);
}

TEST_CASE("for_each: after the deadline no target is begun, and calls have what is left") {
    const auto time = std::make_shared<testing::fake_clock>();
    std::vector<milliseconds> left;
    const auto report = accounts::for_each(numbers(5),
                                           [&](int, const accounts::job_context& context) {
                                               left.push_back(context.how().at_most);
                                               time->advance(4s);
                                           },
                                           {.at_most = 10s, .time = time});

    CHECK(outcomes(report) == "0:done 1:done 2:done 3:not_started 4:not_started ");
    CHECK(left == std::vector<milliseconds>{10s, 6s, 2s});
    CHECK(report.results[4].result.error().kind == error_kind::timeout);
    CHECK(report.results[4].result.error().code == "NotStarted");
    CHECK(report.counts.not_started == 2);
}

TEST_CASE("for_each: the longest time there is does not overflow") {
    const auto report = accounts::for_each(
        numbers(2),
        [](int, const accounts::job_context& context) { return context.how().at_most > 24h; },
        {.at_most = milliseconds::max()});

    CHECK(outcomes(report) == "0:done 1:done ");
    for (const auto& one : report.results) CHECK(*one.result);
}

TEST_CASE("for_each: when it is stopped it keeps what it has") {
    std::stop_source stop;
    const auto report = accounts::for_each(numbers(4),
                                           [&](int one, const accounts::job_context& context) {
                                               if (one == 1) stop.request_stop();
                                               return context.how().stop.stop_requested();
                                           },
                                           {.stop = stop.get_token()});

    CHECK(outcomes(report) == "0:done 1:done 2:not_started 3:not_started ");
    CHECK_FALSE(*report.results[0].result);
    CHECK(*report.results[1].result);
    CHECK(report.results[3].result.error().kind == error_kind::cancelled);
}

TEST_CASE("for_each: a dry run lists the targets and calls nothing") {
    int called = 0;
    const auto report = accounts::for_each(numbers(3), [&](int) { ++called; }, {.dry_run = true});

    CHECK(called == 0);
    CHECK(outcomes(report) == "0:planned 1:planned 2:planned ");
    CHECK(report.results[0].result.error().code == "DryRun");
    CHECK(report.counts.planned == 3);
    CHECK(report.state.done().empty());
    CHECK_FALSE(report.complete());
}

TEST_CASE("for_each: a later run does what is left, and nothing else") {
    const auto fails_at_odd = [](int one) -> expected<void> {
        if (one % 2 == 1) return error{.kind = error_kind::server, .code = "InternalFailure"};
        return {};
    };
    const auto first =
        accounts::for_each(numbers(6), fails_at_odd, {.state = accounts::fan_out_state("count")});
    const auto saved = accounts::fan_out_state::parse(first.state.text());
    std::vector<int> run;
    const auto second =
        accounts::for_each(numbers(7), [&](int one) { run.push_back(one); }, {.state = *saved});

    CHECK(run == std::vector<int>{1, 3, 5, 6});
    CHECK(outcomes(second) ==
          "0:done_before 1:done 2:done_before 3:done 4:done_before 5:done 6:done ");
    CHECK(second.results[0].result.error().code == "DoneBefore");
    CHECK(second.complete());
    CHECK(second.state.done().size() == 7);
    CHECK(second.state.job() == "count");
}

TEST_CASE("for_each: targets with the same id are each run; for a later run they are all done") {
    const std::vector<std::string> targets{"a", "b", "a"};
    const auto nothing = [](const std::string&) {};
    const auto first = accounts::for_each(targets, nothing);
    CHECK(outcomes(first) == "a:done b:done a:done ");
    const auto second = accounts::for_each(targets, nothing, {.state = first.state});
    CHECK(outcomes(second) == "a:done_before b:done_before a:done_before ");
}

TEST_CASE("for_each: progress tells of every result, with a state that can be saved") {
    std::vector<std::string> told;
    accounts::fan_out_state last;
    const auto report = accounts::for_each(
        numbers(3),
        [](int one) -> expected<void> {
            if (one == 1) return error{.code = "X"};
            return {};
        },
        {.progress = [&](const accounts::fan_out_progress& now,
                         const accounts::fan_out_state& state) {
            told.push_back(std::to_string(now.done) + "+" + std::to_string(now.failed) + "/" +
                           std::to_string(*now.total) + " " + std::to_string(now.running));
            last = state;
        }});

    CHECK(told == std::vector<std::string>{"1+0/3 0", "1+1/3 0", "2+1/3 0"});
    CHECK(last == report.state);
    CHECK(last.is_done("2"));
}

TEST_CASE("for_each: a target whose role is missing is a result of its own; the others go on") {
    estate_scene s;
    auto all = s.accounts(3);
    all.insert(all.begin() + 1,
               *estate_scene::account::try_assuming(s.base(), {.role_arn = test::closed_arn}));

    const auto report =
        accounts::for_each(all, [](const auto& one) { return one.session().try_whoami(); });

    CHECK(outcomes(report) ==
          "000000000001/audit:done 444455556666/closed:no_access 000000000002/audit:done "
          "000000000003/audit:done ");
    CHECK(report.counts.failed == 1);
    CHECK(report.counts.no_access == 1);
    CHECK(report.results[1].result.error().code == "CredentialsUnavailable");
    CHECK(report.results[2].result->account == "000000000002");
}

TEST_CASE("for_each: a role that could not be asked for because of the network has failed") {
    estate_scene s;
    const auto all = s.accounts(1);
    s.cloud->fail_next(testing::fake_fault::no_connection, 3, "AssumeRole");

    const auto report =
        accounts::for_each(all, [](const auto& one) { return one.session().try_whoami(); });

    CHECK(outcomes(report) == "000000000001/audit:failed ");
}
