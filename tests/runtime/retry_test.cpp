// SPDX-License-Identifier: MIT
#include <awsxx/runtime/retry.hpp>

#include <support/catch.hpp>

#include <chrono>

using namespace std::chrono_literals;
using awsxx::runtime::failed_attempt;
using awsxx::runtime::retries;
using awsxx::runtime::retry_class;
using awsxx::runtime::retry_outcome;
using awsxx::runtime::retry_policy;
using awsxx::runtime::retry_policy_for;
using awsxx::runtime::retry_quota;

namespace {

constexpr failed_attempt transient{.why = retry_class::transient, .fraction = 1};
constexpr failed_attempt throttling{.why = retry_class::throttling, .fraction = 1};

}  // namespace

TEST_CASE("retry policy: DynamoDB is tried once more and sooner") {
    CHECK(retry_policy_for("STS", {}).max_attempts == 3);
    CHECK(retry_policy_for("STS", {}).transient_base == 50ms);
    CHECK(retry_policy_for("DynamoDB", {}).max_attempts == 4);
    CHECK(retry_policy_for("DynamoDB Streams", {}).transient_base == 25ms);
    CHECK(retry_policy_for("DynamoDB", 7).max_attempts == 7);
}

TEST_CASE("backoff: doubles up to the cap, and the random part comes last") {
    const retry_policy policy;
    CHECK(backoff(policy, retry_class::transient, 0, 1) == 50ms);
    CHECK(backoff(policy, retry_class::transient, 3, 1) == 400ms);
    CHECK(backoff(policy, retry_class::transient, 30, 0.5) == 10s);
    CHECK(backoff(policy, retry_class::throttling, 2, 0.25) == 1s);
    CHECK(backoff(policy, retry_class::throttling, 1000, 1) == 20s);
    CHECK(backoff(policy, retry_class::transient, 0, 0) == 0s);
}

TEST_CASE("retries: each costs quota, a success gives the last cost back") {
    retry_quota quota;
    retries calls({}, quota, false);

    CHECK(calls.attempt() == 1);
    CHECK(calls.failed(transient).pause == 50ms);
    CHECK(quota.left() == 486);
    CHECK(calls.attempt() == 2);
    CHECK(calls.failed(throttling).pause == 2s);
    CHECK(quota.left() == 481);
    calls.succeeded();
    CHECK(quota.left() == 486);
}

TEST_CASE("retries: a call that succeeds at once gives back one") {
    retry_quota quota(500, 400);
    retries({}, quota, false).succeeded();
    CHECK(quota.left() == 401);
}

TEST_CASE("retries: end with the attempts") {
    retry_quota quota;
    retries calls({}, quota, false);
    calls.failed(transient);
    calls.failed(transient);
    CHECK(calls.failed(transient).outcome == retry_outcome::attempts_exhausted);
    CHECK(quota.left() == 472);
}

TEST_CASE("retries: end with the quota, at once unless the call is a long poll") {
    retry_quota quota(500, 13);
    const auto plain = retries({}, quota, false).failed(transient);
    const auto polled = retries({}, quota, true).failed(transient);

    CHECK(plain.outcome == retry_outcome::quota_exhausted);
    CHECK(plain.pause == 0s);
    CHECK(polled.outcome == retry_outcome::quota_exhausted);
    CHECK(polled.pause == 50ms);
    CHECK(quota.left() == 13);
}

TEST_CASE("retries: what cannot succeed is not tried again") {
    retry_quota quota;
    retries calls({}, quota, true);
    const auto verdict = calls.failed({.why = retry_class::never, .fraction = 1});
    CHECK(verdict.outcome == retry_outcome::not_retryable);
    CHECK(verdict.pause == 0s);
    CHECK(quota.left() == 500);
}

TEST_CASE("retries: the service may ask for a longer pause, within 5 s") {
    const auto pause = [](awsxx::milliseconds wish) {
        retry_quota quota;
        retries calls({}, quota, false);
        return calls.failed({.why = retry_class::transient, .wish = wish, .fraction = 1}).pause;
    };
    CHECK(pause(0ms) == 50ms);
    CHECK(pause(1500ms) == 1500ms);
    CHECK(pause(10s) == 5050ms);
}

TEST_CASE("wished pause: is whole milliseconds or nothing") {
    const auto wish = [](const char* value) {
        awsxx::http::headers answer;
        answer.add("X-Amz-Retry-After", value);
        return awsxx::runtime::wished_pause(answer);
    };
    CHECK(wish("1500") == 1500ms);
    CHECK(wish("0") == 0ms);
    CHECK(wish("4294967296") > 24h);
    CHECK(wish("99999999999999999999999999") > 24h);
    CHECK_FALSE(wish("-1"));
    CHECK_FALSE(wish("+1"));
    CHECK_FALSE(wish("99999999999999999999999999x"));
    CHECK_FALSE(wish("1.5"));
    CHECK_FALSE(wish("soon"));
    CHECK_FALSE(wish(""));
    CHECK_FALSE(awsxx::runtime::wished_pause({}));
}

TEST_CASE("retries: one that cannot be made gives back what it has cost") {
    retry_quota quota;
    retries call({}, quota, false);
    const auto before = quota.left();
    REQUIRE(call.failed(transient).outcome == retry_outcome::retry);
    CHECK(quota.left() < before);

    CHECK(call.taken_back().outcome == retry_outcome::not_retryable);
    CHECK(quota.left() == before);
    CHECK(call.attempt() == 1);
}
