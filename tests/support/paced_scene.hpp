// SPDX-License-Identifier: MIT
// Sessions on a clock that stands still, and when each of their requests was sent.
#pragma once

#include <awsxx/session.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/fixed_random.hpp>
#include <support/providers.hpp>
#include <support/sts_answers.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace test {

inline awsxx::http::response throttled() { return sts_refusal(400, "Throttling"); }
inline awsxx::http::response failing() { return {.status = 503}; }

/// Answers with what was put into `answers`, in order, then with STS's idea of a caller.
struct paced_scene {
    using session = awsxx::basic_session<awsxx::testing::scripted_transport>;
    using milliseconds = awsxx::milliseconds;

    session make(awsxx::settings choices = {}, const std::string& key = "AKID") const {
        choices.region = choices.region.value_or("eu-west-1");
        choices.outside = awsxx::testing::isolated_world(time);
        choices.outside.random = std::make_shared<fixed_random>();
        return session(keys(key), std::move(choices), network);
    }
    awsxx::limiter limit(awsxx::limit_options how) const {
        how.time = time;
        return *awsxx::limiter::try_make(std::move(how));
    }
    milliseconds passed() const { return time->steady_now() - begun; }
    /// When requests were sent, from the begin.
    const std::vector<milliseconds>& sent() const { return *times; }

    std::shared_ptr<awsxx::testing::fake_clock> time =
        std::make_shared<awsxx::testing::fake_clock>();
    awsxx::steady_instant begun = time->steady_now();
    std::shared_ptr<std::deque<awsxx::http::response>> answers =
        std::make_shared<std::deque<awsxx::http::response>>();
    std::shared_ptr<std::vector<milliseconds>> times =
        std::make_shared<std::vector<milliseconds>>();
    std::shared_ptr<awsxx::testing::scripted_transport> network =
        std::make_shared<awsxx::testing::scripted_transport>(
            [time = time, begun = begun, times = times, answers = answers](
                const awsxx::http::request&,
                const awsxx::http::exchange&) -> awsxx::testing::scripted_transport::answer {
                times->push_back(time->steady_now() - begun);
                if (answers->empty())
                    return awsxx::http::response{
                        .status = 200,
                        .body =
                            "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>me"
                            "</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>"};
                auto next = std::move(answers->front());
                answers->pop_front();
                return next;
            });
};

}  // namespace test
