// SPDX-License-Identifier: MIT
// The life of one call: what to do next, and what came of it. Every rule is here, no I/O is.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/auth/sigv4.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/attempt_header.hpp>
#include <awsxx/runtime/call_notes.hpp>
#include <awsxx/runtime/classify.hpp>
#include <awsxx/runtime/clock_skew.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/kept_requests.hpp>
#include <awsxx/runtime/retry.hpp>
#include <awsxx/runtime/trace.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// One call of one operation, as a machine that a driver runs.
///
/// The driver does what `next()` says and reports back, until `done`. Then `failure()` is empty
/// and the output filled, or the failure tells why not and the output is as it was made.
/// Used by one thread at a time.
class call {
public:
    enum class step : unsigned char {
        need_credentials,  ///< Get them from `provider()`, report with `identified()`.
        send,              ///< Send `request()` as `exchange()` says, report with `answered()`.
        wait,              ///< Let `pause()` pass, report with `waited()`.
        done,
    };

    /// Finds the endpoint and encodes the draft, once. `in` and `out` are read and written
    /// through the operation's table and have to live as long as the call.
    call(std::shared_ptr<const identity> who, const model::operation& what, const void* in,
         void* out)
        : who_(std::move(who)), what_(&what), out_(out), started_(time().steady_now()) {
        begin(in);
    }

    /// Sends the body of a successful answer there instead of to the decoder. Before `run`.
    void deliver_to(http::body_sink* sink) noexcept { exchange_.sink = sink; }

    step next() const noexcept { return step_; }
    const http::request& request() const noexcept { return requests_.sent(); }
    const http::exchange& exchange() const noexcept { return exchange_; }
    milliseconds pause() const noexcept { return pause_; }
    const std::optional<error>& failure() const noexcept { return failure_; }

    credentials_provider& provider() const noexcept { return who_->provider(); }
    clock& time() const noexcept { return who_->time(); }
    /// The time as AWS's servers have it.
    instant now() const noexcept { return time().now() + skew_; }

    /// Answers `need_credentials`.
    void identified(expected<credentials_snapshot> keys) {
        if (!keys) return give_up(without_credentials(std::move(keys).error()));
        if (rejected_ && rejected_->access_key_id == (*keys)->access_key_id)
            return give_up(*std::move(last_));  // nobody has better ones
        keys_ = *std::move(keys);
        if (!limit_by_deadline()) return;  // they may have taken a while
        sent_ = time().now();
        const auto& endpoint = route_->endpoint;
        const auto done = auth::sign(requests_.draft(), *keys_,
                                     {.region = endpoint.signing_region,
                                      .service = endpoint.signing_name,
                                      .when = sent_ + skew_,
                                      .rules = route_->signing},
                                     requests_.sent());
        if (!done) return give_up(done.error());
        notes().signed_by(*keys_, endpoint);
        to_be_sent();
    }

    /// Answers `send`.
    void answered(expected<http::response> answer) {
        ++sends_;
        sink_is_clean_ = answer && answer->status / 100 != 2;
        if (exchange_.facts != nullptr) notes().connected(facts_);
        if (!answer) return failed(std::move(answer).error());
        notes().hears(*answer);
        learn_time(*answer);
        if (answer->status >= 200 && answer->status < 300) return succeeded(*answer);
        wish_ = wished_pause(answer->headers);
        error why = what_->service->protocol->decode_error(*what_, *answer);
        classify(why);
        failed(std::move(why));
    }

    /// Answers `wait`.
    void waited() {
        if (retrying_) return start_attempt();
        give_up(*std::move(last_));
    }

private:
    void begin(const void* in) {
        auto found = who_->route_to(*what_->service);
        if (!found) return give_up(std::move(found).error());
        entry_ = *found;
        route_ = &entry_->route;
        retries_.emplace(route_->policy, entry_->quota, what_->long_poll);
        skew_ = known_skew().current();
        http::request& draft = requests_.draft();
        draft.target = route_->endpoint.base;
        const auto encoded = what_->service->protocol->encode(*what_, in, draft);
        if (!encoded) return give_up(encoded.error());
        draft.headers.set("User-Agent", route_->user_agent);
        const auto id = uuid(who_->random());
        draft.headers.set("amz-sdk-invocation-id", {id.data(), id.size()});
        if (route_->traced)
            add_lambda_trace(draft.headers, *who_->configuration()->outside().environment);
        start_attempt();
    }

    void start_attempt() {
        if (!limit_by_deadline()) return;
        describe_attempt();
        if (what_->auth == model::auth::sigv4) {
            step_ = step::need_credentials;
            return;
        }
        sent_ = time().now();
        requests_.sent() = requests_.draft();
        to_be_sent();
    }

    void to_be_sent() {
        notes().sends(requests_.sent());
        if (notes().wants(channel::connection)) exchange_.facts = &facts_;
        step_ = step::send;
    }
    call_notes notes() const noexcept {
        return {who_->configuration()->choices().observer, *what_};
    }

    /// False: the time for the whole call is over.
    bool limit_by_deadline() {
        exchange_.limits = route_->limits;
        if (what_->output != nullptr)
            exchange_.limits.answer_bytes = std::min(exchange_.limits.answer_bytes, largest_output);
        const auto left = time_left();
        if (!left) return true;
        if (*left <= milliseconds::zero()) {
            give_up(last_ ? *std::move(last_) : timed_out());
            return false;
        }
        milliseconds& total = exchange_.limits.total;
        total = total == milliseconds::zero() ? *left : std::min(total, *left);
        return true;
    }

    /// Of the time for the whole call; nothing where there is no limit.
    std::optional<milliseconds> time_left() const {
        const milliseconds allowed = who_->configuration()->choices().call_timeout;
        if (allowed == milliseconds::zero()) return {};
        return started_ + allowed - time().steady_now();
    }

    void describe_attempt() {
        const milliseconds patience = exchange_.limits.total;
        std::optional<instant> until;
        if (last_ && measured_ && patience != milliseconds::zero() &&
            requests_.draft().body.in_memory())
            until = now() + patience;
        const attempt_header value(retries_->attempt(), retries_->policy().max_attempts, until);
        requests_.draft().headers.set("amz-sdk-request", value.text());
    }

    void succeeded(http::response& answer) {
        const auto decoded = what_->service->protocol->decode(*what_, answer, out_);
        if (what_->service->issues_credentials) wipe(answer.body);
        if (!decoded) return give_up(undecodable(decoded.error(), answer.status));
        retries_->succeeded();
        step_ = step::done;
    }

    AWSXX_COLD void failed(error why) {
        retry_class worth = retry_class_of(why);
        if (skew_blamed(why)) worth = retry_class::transient;
        if (keys_ && blames_credentials(why) && !rejected_ &&
            provider().invalidate(*keys_, now())) {
            rejected_ = keys_;
            worth = retry_class::transient;
        }
        if (!can_send_again()) worth = retry_class::never;
        const auto verdict = retries_->failed({worth, wish_, uniform(who_->random()), time_left()});
        pause_ = std::chrono::duration_cast<milliseconds>(verdict.pause);
        last_ = std::move(why);
        wish_.reset();
        retrying_ = verdict.outcome == retry_outcome::retry;
        notes().failed(sends_, *last_, describe(verdict));
        exchange_.fresh_connection = retrying_;
        const bool gives_up_slowly =
            verdict.outcome == retry_outcome::quota_exhausted && pause_ != milliseconds::zero();
        if (!retrying_ && !gives_up_slowly) return give_up(*std::move(last_));
        step_ = step::wait;
    }

    bool can_send_again() const {
        http::body_source* const source = requests_.draft().body.source();
        return (source == nullptr || source->rewind()) &&
               (exchange_.sink == nullptr || sink_is_clean_ || exchange_.sink->restart());
    }

    void learn_time(const http::response& answer) {
        measured_ = measured_skew(answer.headers, {sent_, time().now()});
        if (!measured_ || !route_->corrects_skew) return;
        skew_ = *measured_;
        if (asks_endpoint()) known_skew().learn(*measured_);
        if (asks_endpoint() && (what_->service->issues_credentials || !route_->endpoint.custom))
            who_->skew().learn(*measured_);
    }

    /// A request of the user's may be for any host, whose clock is nobody else's.
    bool asks_endpoint() const {
        const std::string& host = requests_.draft().target.host;
        const std::string& ours = route_->endpoint.base.host;
        return host == ours || (host.size() > ours.size() && host.ends_with(ours) &&
                                host[host.size() - ours.size() - 1] == '.');
    }
    clock_skew& known_skew() const noexcept { return entry_->skew; }

    /// The failure may come from a clock that is wrong, and the next attempt knows better.
    bool skew_blamed(const error& why) const {
        return route_->corrects_skew && measured_ && skew_explains(why, *measured_);
    }

    AWSXX_COLD error without_credentials(error why) const {
        error outer{.kind = why.kind, .retryable = why.retryable, .code = "CredentialsUnavailable"};
        return caused_by(std::move(outer), std::move(why));
    }
    AWSXX_COLD static error undecodable(const error& why, int status) {
        error outer{.kind = error_kind::malformed_answer,
                    .http_status = status,
                    .code = "MalformedAnswer",
                    .message = "the call succeeded, but its answer cannot be read"};
        return caused_by(std::move(outer), why);
    }
    AWSXX_COLD static error timed_out() {
        return {.kind = error_kind::timeout,
                .retryable = true,
                .code = "CallTimeout",
                .message = "the time for the whole call is over"};
    }

    AWSXX_COLD void give_up(error why) {
        auto details = why.details ? *why.details : error_details{};
        details.service = what_->service->id;
        details.operation = what_->name;
        details.attempts = sends_;
        why.details = std::make_shared<const error_details>(std::move(details));
        failure_ = std::move(why);
        step_ = step::done;
    }

    std::shared_ptr<const identity> who_;
    const model::operation* what_;
    void* out_;
    steady_instant started_;
    const route_table::entry* entry_ = nullptr;
    const route* route_ = nullptr;
    std::optional<retries> retries_{};
    static constexpr std::uint64_t largest_output = std::uint64_t{64} << 20;

    kept_requests requests_{};
    http::exchange exchange_{};
    http::connection_facts facts_{};
    credentials_snapshot keys_{};
    credentials_snapshot rejected_{};  // what AWS said is over, if it did
    instant sent_{};
    milliseconds skew_{};                     // what this call's time is corrected by
    std::optional<milliseconds> measured_{};  // what the last answer says it should be

    step step_ = step::done;
    milliseconds pause_{};
    bool retrying_ = false;
    int sends_ = 0;
    bool sink_is_clean_ = true;  // the last answer was none that goes there
    std::optional<milliseconds> wish_{};
    std::optional<error> last_{};  // of the attempt before
    std::optional<error> failure_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
