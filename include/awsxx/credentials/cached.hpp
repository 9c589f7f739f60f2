// SPDX-License-Identifier: MIT
// Keeps credentials, and has them renewed in time by exactly one caller.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/fork.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/refresh_schedule.hpp>
#include <awsxx/credentials/shared_renewal.hpp>
#include <awsxx/credentials/thread_snapshots.hpp>
#include <awsxx/runtime/observer.hpp>
#include <awsxx/runtime/settings.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// How a cache differs from others.
struct cache_options {
    refresh_windows windows{};
    awsxx::observer observer{};
    bool tokens{};  ///< It keeps bearer tokens, which are credentials without a key.
};

/// Remembers what a source gave and renews it as AWS's SDKs do since 2026.
///
/// Fresh credentials are read without a lock. In the advisory window before the expiration one
/// caller renews and the others go on, or all do where somebody renews ahead; in the mandatory window everybody waits for that one. A
/// source with static stability that fails is left alone for five to ten minutes, and until then
/// its last credentials are used, expired or not. Any number of threads may call.
class cached_credentials final : public credentials_provider,
                                 public renewal_judge,
                                 public std::enable_shared_from_this<cached_credentials> {
public:
    /// `note` hears of credentials that were got and of renewals that failed.
    cached_credentials(std::shared_ptr<credentials_provider> source, std::shared_ptr<clock> time,
                       std::shared_ptr<random_source> random, cache_options options = {})
        : source_(std::move(source)),
          time_(std::move(time)),
          random_(std::move(random)),
          windows_(options.windows),
          observer_(std::move(options.observer)),
          tokens_(options.tokens) {}

    resolution resolve(instant now) override {
        thread_snapshots* const mine = per_thread<thread_snapshots>();
        const std::uint64_t content = content_.load(std::memory_order_acquire);
        if (mine != nullptr)
            if (const auto* keys = mine->find(number_, content, now)) return *keys;
        return decide(now, mine, asker::caller);
    }
    resolution resolve_ahead(instant now) override { return decide(now, nullptr, asker::ahead); }
    void spare_callers(instant until) override { memory_.lock()->spared_until = until; }

    bool invalidate(const credentials& rejected, instant now) override {
        const auto held = memory_.lock();
        if (!held->keys || !are_same_keys(*held->keys, rejected)) return true;
        held->schedule = {now, now, now};
        content_ = unused_number();
        forget_other_times(*held, now);
        return source_->invalidate(rejected, now) && now >= held->left_alone_until;
    }

    void explain(credentials_report& into) const override {
        source_->explain(into);
        const auto held = memory_.lock();
        forget_other_times(*held, time_->now());
        if (held->keys) {
            into.access_key_id = held->keys->access_key_id;
            into.account_id = held->keys->account_id;
            into.role_session_id = held->keys->role_session_id;
            into.role_session_arn = held->keys->role_session_arn;
            if (into.source.empty())
                into.source = held->keys->source;
            else if (!held->keys->source.empty() && into.source != held->keys->source)
                into.source.append(", from ").append(held->keys->source);
            into.temporary = !held->keys->session_token.empty();
            into.expiration = held->keys->expiration;
            if (into.expiration) into.next_refresh = held->schedule.advisory;
        }
        if (held->left_alone_until > time_->now()) into.left_alone_until = held->left_alone_until;
        into.last_failure = held->last_failure;
    }

    refresh_style style() const noexcept override { return source_->style(); }
    bool is_final(const error& why) const noexcept override { return source_->is_final(why); }

private:
    using outcome = expected<credentials_snapshot>;
    enum class asker : unsigned char { caller, ahead };

    /// All that changes. A renewal belongs to the process that began it.
    struct memory {
        credentials_snapshot keys{};
        refresh_schedule schedule{};
        instant left_alone_until{};
        instant spared_until{};  ///< Somebody else renews before.
        std::optional<error> final_failure{};
        instant final_failure_until{};
        std::string last_failure{};
        std::shared_ptr<renewal> running{};
        unsigned running_in{};
        bool given_up{};  ///< By the one who carried it out: the next caller does.
    };

    resolution decide(instant now, thread_snapshots* mine, asker who) {
        const auto held = memory_.lock();
        forget_parents_renewal(*held);
        forget_other_times(*held, now);
        if (!held->keys) return renewed(*held);
        const instant fresh_until = (std::max)(held->schedule.advisory, held->left_alone_until);
        if (now < fresh_until) return kept(held->keys, mine, {now, fresh_until});
        if (held->final_failure && now < held->final_failure_until) return *held->final_failure;
        const instant spared_until = (std::min)(held->schedule.mandatory, held->spared_until);
        if (who == asker::caller && now < spared_until)
            return kept(held->keys, mine, {now, spared_until});
        const bool others_do = held->running && !std::exchange(held->given_up, false);
        if (who == asker::caller && now < held->schedule.mandatory && others_do)
            return kept(held->keys, mine, {now, held->schedule.mandatory});
        return renewed(*held);
    }

    credentials_snapshot kept(const credentials_snapshot& keys, thread_snapshots* mine,
                              const snapshot_span& when) const {
        if (mine != nullptr)
            mine->keep(number_, content_.load(std::memory_order_relaxed), when, keys);
        return keys;
    }

    /// The renewal that runs, or a new one.
    std::shared_ptr<renewal> renewed(memory& held) {
        if (!held.running) {
            held.running = std::make_shared<shared_renewal>(source_, time_, weak_from_this());
            held.running_in = fork_generation();
            held.given_up = false;
        }
        return held.running;
    }

    static void forget_parents_renewal(memory& held) {
        if (!held.running || held.running_in == fork_generation()) return;
        leave_to_parent(std::exchange(held.running, nullptr));
    }

    /// What was decided while the clock was ahead, which has been set back since.
    static void forget_other_times(memory& held, instant now) {
        if (held.left_alone_until > now + longest_backoff) held.left_alone_until = {};
        if (held.final_failure_until > now + longest_failure_memory) held.final_failure_until = {};
    }

    credentials_snapshot meanwhile() override {
        const auto held = memory_.lock();
        return time_->now() < held->schedule.mandatory ? held->keys : nullptr;
    }
    void given_up() noexcept override {
        const auto held = memory_.lock();
        held->given_up = true;
        content_ = unused_number();  // threads that went on with the keys at hand look again
    }
    outcome settle(outcome what) override {
        std::string told;
        outcome settled = settle(std::move(what), told);
        if (!told.empty()) observer_.note(channel::credentials, told);  // which may ask back
        return settled;
    }
    outcome settle(outcome what, std::string& told) {
        const auto held = memory_.lock();
        held->running.reset();
        content_ = unused_number();
        const instant now = time_->now();
        if (what)
            if (auto unusable = complaint(*what, now)) what = *std::move(unusable);
        if (what) return accept(*held, *std::move(what), now, told);
        held->last_failure = to_string(what.error());
        return source_->style() == refresh_style::static_stability
                   ? endure(*held, std::move(what).error(), now, told)
                   : refuse(*held, std::move(what).error(), now, told);
    }

    outcome accept(memory& held, credentials_snapshot keys, instant now, std::string& told) const {
        refresh_windows windows = windows_;
        if (source_->style() == refresh_style::strict && keys->expiration) {
            const milliseconds margin = (std::min)(strict_margin, (*keys->expiration - now) / 10);
            if (!windows.advisory)
                windows.advisory = (std::max)(margin, windows.mandatory.value_or(margin));
            if (!windows.mandatory) windows.mandatory = margin;
        }
        refresh_schedule schedule = schedule_refresh(now, keys->expiration, windows);
        if (are_same(held.keys, *keys) || schedule.advisory <= now) delay(schedule, now);
        held = {.keys = keys, .schedule = schedule};
        if (observer_.wants(channel::credentials)) told = "got " + described(*keys);
        return keys;
    }

    /// A strict source failed: what is still valid is still served.
    outcome refuse(const memory& held, error why, instant now, std::string& told) const {
        const bool valid = held.keys && now < held.schedule.expiration;
        if (observer_.wants(channel::credentials))
            told = "not renewed: " + held.last_failure + (valid ? "; those at hand are used" : "");
        if (valid) return held.keys;
        return why;
    }

    /// A source with static stability failed: its last credentials outlive that.
    outcome endure(memory& held, error why, instant now, std::string& told) const {
        const bool final = source_->is_final(why);
        if (final) {
            held.final_failure = why;
            held.final_failure_until = now + final_failure_memory(*random_);
        }
        if (final || !held.keys) {
            if (observer_.wants(channel::credentials)) told = "not got: " + held.last_failure;
            return why;
        }
        const milliseconds pause = refresh_backoff(*random_);
        held.left_alone_until = now + pause;
        if (observer_.wants(channel::credentials))
            told = "not renewed: " + held.last_failure + "; " + described(*held.keys) +
                   " are used, and the source is left alone for " +
                   std::to_string(pause.count() / 1000) + " s";
        return held.keys;
    }

    static std::string described(const credentials& keys) {
        std::string text = keys.access_key_id.empty() ? "a token" : keys.access_key_id;
        if (!keys.source.empty()) text.append(" from ").append(keys.source);
        if (keys.expiration)
            text.append(", which expire at ")
                .append(format_date(*keys.expiration, date_format::date_time));
        return text;
    }

    bool is_whole(const credentials& keys) const noexcept {
        if (tokens_) return !keys.session_token.empty();
        return !keys.access_key_id.empty() && !keys.secret_access_key.empty();
    }
    std::optional<error> complaint(const credentials_snapshot& keys, instant now) const {
        if (!keys || !is_whole(*keys))
            return error{.kind = error_kind::credentials,
                         .code = "IncompleteCredentials",
                         .message = "the source gave credentials without a key"};
        if (keys->expiration && *keys->expiration <= now)
            return error{.kind = error_kind::credentials,
                         .code = "ExpiredCredentials",
                         .message = "the source gave credentials that have expired already"};
        return {};
    }

    static bool are_same(const credentials_snapshot& held, const credentials& got) {
        return held && are_same_keys(*held, got) && held->expiration == got.expiration;
    }
    /// A source that gave the same keys again, or such as are in the user's window already, is not
    /// asked at each use: the next time when half of what is left has passed.
    static void delay(refresh_schedule& of, instant now) {
        if (of.expiration == (instant::max)()) return;
        const instant half = now + (of.expiration - now) / 2;
        of.advisory = (std::max)(of.advisory, half);
        of.mandatory = (std::max)(of.mandatory, half);
    }

    static constexpr milliseconds strict_margin{10'000};

    const std::shared_ptr<credentials_provider> source_;
    const std::shared_ptr<clock> time_;
    const std::shared_ptr<random_source> random_;
    const refresh_windows windows_;
    const awsxx::observer observer_;
    const bool tokens_;

    const std::uint64_t number_ = unused_number();
    std::atomic<std::uint64_t> content_{unused_number()};

    const guarded<memory> memory_{};
};

}  // namespace awsxx::inline AWSXX_ABI
