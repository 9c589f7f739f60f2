// SPDX-License-Identifier: MIT
// The life of one call: what to do next, and what came of it. Every rule is here, no I/O is.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/body_features.hpp>
#include <awsxx/runtime/call_bodies.hpp>
#include <awsxx/runtime/call_clock.hpp>
#include <awsxx/runtime/call_endpoint.hpp>
#include <awsxx/runtime/call_failures.hpp>
#include <awsxx/runtime/call_hedge.hpp>
#include <awsxx/runtime/call_keys.hpp>
#include <awsxx/runtime/call_limits.hpp>
#include <awsxx/runtime/call_marks.hpp>
#include <awsxx/runtime/call_notes.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/call_pace.hpp>
#include <awsxx/runtime/call_progress.hpp>
#include <awsxx/runtime/call_tally.hpp>
#include <awsxx/runtime/classify.hpp>
#include <awsxx/runtime/decode.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/kept_requests.hpp>
#include <awsxx/runtime/proof.hpp>
#include <awsxx/runtime/retry.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#if !defined(AWSXX_COMPILED)
#include <awsxx/runtime/call_endpoint_source.hpp>
#include <awsxx/runtime/limiter_source.hpp>
#endif

namespace awsxx::inline AWSXX_ABI::runtime {

/// One call of one operation, as a machine that a driver runs.
/// The driver does what `next()` says and reports back, until `done`. Then `failure()` is empty
/// and the output filled, or the failure tells why not and the output is as it was made.
/// Used by one thread at a time.
class call final : public call_progress {
public:
    /// Finds the endpoint and encodes the draft, once.
    call(std::shared_ptr<const identity> who, const call_parts& of)
        : who_(std::move(who)),
          what_(&of.what),
          in_(of.in),
          out_(of.out),
          goal_(of.goal),
          place_(of.what, of.in),
          limits_(*who_),
          pace_(*who_),
          clock_(*of.what.service, who_->skew()),
          tally_(*who_) {
        exchange_.connect_only = exchange_.fresh_connection = goal_ == call_goal::connection;
        begin();
    }
    call(std::shared_ptr<const identity> who, const model::operation& what, const void* in,
         void* out)
        : call(std::move(who), {what, in, out}) {}

    /// Sends the body of a successful answer there instead of to the decoder. Before `run`.
    void deliver_to(http::body_sink* sink) {
        bodies_.deliver_to(sink);
        exchange_.sink = bodies_.sink();
    }
    /// Others wait for what it brings (`call_limits::hurry`); no limiter holds it up. Before `run`.
    void hurry() {
        limits_.hurry();
        pace_.pass();
        reconsider();
    }
    /// May be stopped, and take no longer than that beside what the settings allow. Before `run`.
    void obey(const call_options& how) {
        exchange_.stop = how.stop;
        limits_.allow(how.at_most);
        reconsider();
    }
    /// Tells AWS what makes the call, as a paginator does. Before `run`.
    void count(features uses) noexcept { place_.count(uses); }
    const http::request& request() const noexcept { return requests_.sent(); }
    /// Whether to send `request()` twice; one answer is reported.
    call_hedge& hedge() noexcept { return hedge_; }
    /// What it was signed with; null where it was not.
    const credentials_snapshot& signed_with() const noexcept { return keys_.get(); }

    /// For `need_credentials`, as AWS's servers have the time.
    resolution ask() const { return keys_.ask(who_->now(), goal_ == call_goal::keys); }
    clock& time() const noexcept { return who_->time(); }
    const std::shared_ptr<renewal>& search() const noexcept { return search_; }
    /// Of the time for the whole call; nothing where there is no limit.
    std::optional<milliseconds> left() const { return limits_.left(); }
    /// Ends it in whatever step it is: the program gave it up, or else its time is over.
    void end_early() {
        give_up(ended_early(exchange_.stop.stop_requested(), std::move(last_)));
        tally_.given_up(notes(), requests_.sent(), sends_ + 1, *failure_);
    }

    /// Answers `need_place`.
    void located(expected<credentials_snapshot> done) {
        if (retries_) return done ? start_attempt() : give_up(std::move(done).error());
        if (!done) return give_up(caused_by(*std::move(last_), std::move(done).error()));
        last_.reset();
        begin();
    }

    /// Answers `need_credentials`.
    void identified(expected<credentials_snapshot> keys) {
        tally_.goes_on();
        if (!keys) return give_up(credentials_unavailable(std::move(keys).error()));
        if (!keys_.take(*std::move(keys))) return give_up(*std::move(last_));
        if (!limit_by_deadline() || !may_go()) return;  // they may have taken a while
        if (goal_ == call_goal::keys) return reached();
        http::request& draft = requests_.draft();
        const instant when = clock_.begins(time().now());
        auto done = place_.settle(*keys_.get(), when, draft);
        if (done) done = place_.prove(draft, *keys_.get(), when, requests_.sent());
        if (!done) return give_up(done.error());
        notes().signed_by(*keys_.get(), place_.get());
        to_be_sent();
    }

    /// Answers `send`.
    void answered(expected<http::response> answer) {
        ++sends_;
        tally_.ended(notes(), requests_.sent(), sends_, answer);
        if (!answer && exchange_.stop.stop_requested()) return end_early();
        if (!answer) return failed(std::move(answer).error());
        if (goal_ == call_goal::connection) return reached();
        notes().hears(*answer);
        clock_.learn(answer->headers, time().now(), requests_.draft().target, place_.get());
        if (answer->status >= 200 && answer->status < 300) return succeeded(*answer);
        error why = what_->service->protocol->decode_error(*what_, *answer);
        if (place_.redirect({why, requests_.draft().method}, requests_.draft()) &&
            bodies_.start_again(requests_.draft()))
            return start_attempt();
        failed(std::move(why), wished_pause(answer->headers));
    }

    /// Answers `wait`.
    void waited() {
        tally_.goes_on();
        retrying_ || pace_.waits() ? start_attempt() : give_up(*std::move(last_));
    }

private:
    void begin() {
        if (auto found = place_.find(*who_); !found) return without_route(std::move(found).error());
        if (goal_ == call_goal::keys && find_source(model::auth::sigv4, place_.get().base))
            need(step::need_credentials);
        if (goal_ == call_goal::keys) return;
        retries_.emplace(place_.way().policy, place_.entry().quota, what_->long_poll);
        clock_.goes_to(place_.entry());
        pace_.goes_to(place_.way());
        hedge_.begin(*what_, who_->configuration()->choices().hedging, place_.entry().hedges,
                     !pace_.is_free());
        http::request& draft = requests_.draft();
        if (auto done = place_.encode(draft, who_->random()); !done) return give_up(done.error());
        const auto prepared = bodies_.prepare(*what_, in_, place_.bodies(), draft);
        if (!prepared) return give_up(prepared.error());
        place_.count(uses_of_bodies(*what_, *place_.way().bodies, draft));
        if (!find_source(place_.auth(), draft.target)) return;
        mark_call(draft, *who_, place_.way());
        start_attempt();
    }

    bool find_source(model::auth how, const http::uri& target) {
        auto source = place_.source(*who_, how, target);
        if (!source) return give_up(std::move(source).error()), false;
        keys_.come_from(*source);
        return true;
    }

    AWSXX_COLD void without_route(error why) {
        const auto& from = who_->configuration();
        auto search = search_ ? nullptr : from->search_for_region(from, why);
        if (!search) return give_up(std::move(why));
        search_ = std::move(search);
        last_ = std::move(why);
        need(step::need_place);
    }

    void start_attempt() {
        pace_.ended(false);
        if (!limit_by_deadline()) return;
        if (exchange_.stop.stop_requested()) return end_early();
        if (search_ = place_.search_for_address(); search_) return need(step::need_place);
        const auto until = last_ ? clock_.end_of(exchange_.limits.total, time()) : std::nullopt;
        mark_attempt(requests_.draft(), *retries_, until);
        if (place_.auth() != model::auth::none) {
            tally_.waits_for_credentials();
            return need(step::need_credentials);
        }
        if (!may_go()) return;
        static_cast<void>(clock_.begins(time().now()));
        requests_.sent() = place_.introduce(requests_.draft(), {});
        to_be_sent();
    }

    /// False: its turn comes later, or it is not to go at all.
    bool may_go() {
        if (pace_.is_free() || goal_ != call_goal::answer) [[likely]]
            return true;
        auto turn = pace_.ask(limit_key_of(*what_, place_.get(), keys_.get()), limits_.left());
        if (!turn) return give_up(after(std::move(last_), std::move(turn).error())), false;
        if (!pace_.waits()) return true;
        pause_ = *turn;
        step_ = step::wait;
        tally_.waits_for_turn();
        return false;
    }

    void to_be_sent() {
        if (goal_ == call_goal::way) return reached();
        pace_.begins();
        retries_->sent();
        if (!exchange_.connect_only) notes().sends(requests_.sent());
        exchange_.facts = tally_.sends();
        exchange_.sink = bodies_.sink();
        step_ = step::send;
    }
    call_notes notes() const noexcept {
        return {who_->configuration()->choices().observer, *what_};
    }
    /// What holds for it has changed before it was run.
    void reconsider() {
        if (!place_ || step_ == step::done) return;
        pace_.waits() ? start_attempt() : static_cast<void>(limit_by_deadline());
    }
    /// False: the time for the whole call is over.
    bool limit_by_deadline() {
        if (limits_.bound(exchange_, place_.way().limits, *what_)) return true;
        return give_up(ended_early(false, std::move(last_))), false;
    }

    void succeeded(http::response& answer) {
        if (auto wrong = bodies_.verdict(answer))
            return failed(*std::move(wrong), wished_pause(answer.headers));
        auto done = decode(*what_, answer, out_, notes());
        if (!done && done.error().http_status < 300) return give_up(std::move(done).error());
        if (!done) return failed(std::move(done).error(), wished_pause(answer.headers));
        retries_->succeeded();
        pace_.ended(false);
        step_ = step::done;
    }

    /// `wish`: the pause that the answer asks for.
    AWSXX_COLD void failed(error why, std::optional<milliseconds> wish = {}) {
        const model::retried_errors& own = what_->service->retried;
        classify(why, own);
        retry_class worth = retry_class_of(why, own);
        if (clock_.explains(why) || keys_.lose(why, who_->now()) || place_.loses_address(why))
            worth = retry_class::transient;
        pace_.ended(worth == retry_class::throttling);
        auto verdict = retries_->failed({worth, wish, uniform(who_->random()), limits_.left()});
        if (verdict.outcome == retry_outcome::retry && !bodies_.start_again(requests_.draft()))
            verdict = retries_->taken_back();
        pause_ = std::chrono::duration_cast<milliseconds>(verdict.pause);
        last_ = std::move(why);
        retrying_ = verdict.outcome == retry_outcome::retry;
        exhausted_ = verdict.outcome == retry_outcome::attempts_exhausted;
        notes().failed(sends_, *last_, describe(verdict));
        exchange_.fresh_connection = retrying_;
        if (!retrying_ && pause_ == milliseconds::zero()) return give_up(*std::move(last_));
        step_ = step::wait;  // long polls give up slowly
    }

    AWSXX_COLD void give_up(error why) {
        if (retries_) retries_->end();
        failed_with(*what_, std::move(why));
    }

    std::shared_ptr<const identity> who_;
    const model::operation* what_;
    const void* in_;
    void* out_;
    call_goal goal_;
    call_endpoint place_;
    call_limits limits_;
    call_pace pace_;
    call_hedge hedge_{};
    call_clock clock_;
    std::optional<retries> retries_{};
    std::shared_ptr<renewal> search_{};
    kept_requests requests_{};
    call_bodies bodies_{};
    call_tally tally_;
    call_keys keys_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
