// SPDX-License-Identifier: MIT
// The suite retry: what follows each answer, when, and what it costs.
#include <awsxx/core/clock.hpp>
#include <awsxx/runtime/adaptive_rate.hpp>
#include <awsxx/runtime/retry.hpp>

#include "suites.hpp"

#include <chrono>
#include <cmath>
#include <optional>
#include <string_view>

namespace conformance {

namespace {

namespace runtime = awsxx::runtime;

awsxx::milliseconds pause_of(const json& seconds) {
    return awsxx::milliseconds(std::lround(seconds.get<double>() * 1000));
}

runtime::retry_policy policy_of(const json& config) {
    const json& cost = config.at("cost");
    const json& base = config.at("base_delay");
    return {.max_attempts = config.at("max_attempts"),
            .transient_base = pause_of(base.at("transient")),
            .throttling_base = pause_of(base.at("throttling")),
            .max_backoff = pause_of(config.at("max_delay")),
            .transient_cost = cost.at("transient"),
            .throttling_cost = cost.at("throttling")};
}

awsxx::error error_of(const json& response) {
    if (response.contains("network"))
        return {.kind = awsxx::error_kind::timeout, .retryable = true, .code = "Timeout"};
    awsxx::error why{.http_status = response.at("status"), .code = response.value("code", "")};
    runtime::classify(why);
    return why;
}

runtime::failed_attempt attempt_of(const json& response, double fraction) {
    awsxx::http::headers headers;
    for (const json& one : response.value("headers", json::array()))
        headers.add(one.at(0).get<std::string>(), one.at(1).get<std::string>());
    return {.why = runtime::retry_class_of(error_of(response)),
            .wish = runtime::wished_pause(headers),
            .fraction = fraction};
}

std::string_view name_of(runtime::retry_outcome outcome) {
    switch (outcome) {
        case runtime::retry_outcome::retry: return "retry_request";
        case runtime::retry_outcome::not_retryable: return "not_retryable";
        case runtime::retry_outcome::attempts_exhausted: return "max_attempts_exceeded";
        case runtime::retry_outcome::quota_exhausted: return "retry_quota_exceeded";
        case runtime::retry_outcome::too_late: return "call_timeout_exceeded";
    }
    return "";
}

/// One client: its calls follow each other and share the quota.
class client {
public:
    explicit client(const json& config)
        : policy_(policy_of(config)),
          fraction_(config.at("random")),
          quota_(config.at("quota_capacity").get<int>(), config.at("quota").get<int>()) {}

    json next(const json& response) {
        if (!call_) call_.emplace(policy_, quota_, false);
        json step;
        if (response.value("status", 0) / 100 == 2) {
            call_->succeeded();
            step["outcome"] = "success";
            call_.reset();
        } else {
            const auto verdict = call_->failed(attempt_of(response, fraction_));
            step["outcome"] = name_of(verdict.outcome);
            if (verdict.outcome == runtime::retry_outcome::retry)
                step["delay"] = std::chrono::duration<double>(verdict.pause).count();
            else
                call_.reset();
        }
        step["retry_quota"] = quota_.left();
        return step;
    }

private:
    runtime::retry_policy policy_;
    double fraction_;
    runtime::retry_quota quota_;
    std::optional<runtime::retries> call_{};
};

awsxx::steady_instant moment(const json& seconds) {
    return awsxx::steady_instant(pause_of(seconds));
}

bool throttles(const json& step) { return step.value("response", "success") == "throttle"; }

json cubic(const json& input) {
    runtime::cubic_rate curve(input.at("last_max_rate"), moment(input.at("last_throttle_time")));
    json steps = json::array();
    double rate = 0;
    for (const json& one : input.at("steps")) {
        const auto now = moment(one.at("timestamp"));
        rate = throttles(one) ? curve.throttled(rate, now) : curve.answered(now);
        steps.push_back({{"calculated_rate", rate}});
    }
    return answer::output({{"steps", steps}});
}

json token_bucket(const json& input) {
    runtime::adaptive_rate rate(awsxx::steady_instant{});
    json steps = json::array();
    for (const json& one : input.at("steps")) {
        rate.heard(throttles(one), moment(one.at("timestamp")));
        steps.push_back(
            {{"measured_tx_rate", rate.measured()}, {"new_token_bucket_rate", rate.get()}});
    }
    return answer::output({{"steps", steps}});
}

}  // namespace

json retry(const std::string& mode, const json& input) {
    if (mode == "cubic") return cubic(input);
    if (mode == "token-bucket") return token_bucket(input);
    if (mode != "standard") return answer::unsupported("mode " + mode);
    client one(input.at("config"));
    json steps = json::array();
    for (const json& response : input.at("responses")) steps.push_back(one.next(response));
    return answer::output({{"steps", steps}});
}

}  // namespace conformance
