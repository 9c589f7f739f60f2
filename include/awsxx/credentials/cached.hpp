// SPDX-License-Identifier: MIT
// Keeps credentials, and has them renewed in time by exactly one caller.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/refresh_schedule.hpp>
#include <awsxx/credentials/shared_renewal.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Remembers what a source gave and renews it as AWS's SDKs do since 2026.
///
/// Fresh credentials are read without a lock. In the advisory window before the expiration one
/// caller renews and the others go on; in the mandatory window everybody waits for that one. A
/// source with static stability that fails is left alone for five to ten minutes, and until then
/// its last credentials are used, expired or not. Any number of threads may call.
class cached_credentials final : public credentials_provider,
                                 public renewal_judge,
                                 public std::enable_shared_from_this<cached_credentials> {
public:
    cached_credentials(std::shared_ptr<credentials_provider> source, std::shared_ptr<clock> time,
                       std::shared_ptr<random_source> random, refresh_windows windows = {})
        : source_(std::move(source)),
          time_(std::move(time)),
          random_(std::move(random)),
          windows_(windows) {}

    resolution resolve(instant now) override {
        const std::lock_guard lock(mutex_);
        if (!keys_) return renewed();
        if (now < schedule_.advisory || now < left_alone_until_) return keys_;
        if (final_failure_ && now < final_failure_until_) return *final_failure_;
        if (now < schedule_.mandatory && renewal_) return keys_;
        return renewed();
    }

    bool invalidate(const credentials& rejected, instant now) override {
        const std::lock_guard lock(mutex_);
        if (!keys_ || keys_->access_key_id != rejected.access_key_id) return true;
        schedule_ = {now, now, now};
        source_->invalidate(rejected, now);
        return now >= left_alone_until_;
    }

    refresh_style style() const noexcept override { return source_->style(); }
    bool is_final(const error& why) const noexcept override { return source_->is_final(why); }

private:
    using outcome = expected<credentials_snapshot>;

    /// The renewal that runs, or a new one. Called with the lock held.
    std::shared_ptr<renewal> renewed() {
        if (!renewal_)
            renewal_ = std::make_shared<shared_renewal>(source_, time_, weak_from_this());
        return renewal_;
    }

    outcome settle(outcome what) override {
        const std::lock_guard lock(mutex_);
        renewal_.reset();
        const instant now = time_->now();
        if (what) {
            const std::optional<error> unusable = complaint(*what, now);
            if (!unusable) return accept(*std::move(what), now);
            what = *unusable;
        }
        return source_->style() == refresh_style::static_stability
                   ? endure(std::move(what).error(), now)
                   : refuse(std::move(what).error(), now);
    }

    outcome accept(credentials_snapshot keys, instant now) {
        refresh_windows windows = windows_;
        if (source_->style() == refresh_style::strict && !windows.advisory && keys->expiration)
            windows.advisory = windows.mandatory =
                std::min(strict_margin, (*keys->expiration - now) / 10);
        schedule_ = schedule_refresh(now, keys->expiration, windows);
        keys_ = std::move(keys);
        left_alone_until_ = {};
        final_failure_.reset();
        return keys_;
    }

    /// A strict source failed: what is still valid is still served.
    outcome refuse(error why, instant now) const {
        if (keys_ && now < schedule_.expiration) return keys_;
        return why;
    }

    /// A source with static stability failed: its last credentials outlive that.
    outcome endure(error why, instant now) {
        if (source_->is_final(why)) {
            final_failure_ = why;
            final_failure_until_ = now + final_failure_memory(*random_);
            return why;
        }
        if (!keys_) return why;
        left_alone_until_ = now + refresh_backoff(*random_);
        return keys_;
    }

    static std::optional<error> complaint(const credentials_snapshot& keys, instant now) {
        if (!keys || keys->access_key_id.empty() || keys->secret_access_key.empty())
            return error{.kind = error_kind::credentials,
                         .code = "IncompleteCredentials",
                         .message = "the source gave credentials without a key"};
        if (keys->expiration && *keys->expiration <= now)
            return error{.kind = error_kind::credentials,
                         .code = "ExpiredCredentials",
                         .message = "the source gave credentials that have expired already"};
        return {};
    }

    static constexpr milliseconds strict_margin{10'000};

    const std::shared_ptr<credentials_provider> source_;
    const std::shared_ptr<clock> time_;
    const std::shared_ptr<random_source> random_;
    const refresh_windows windows_;

    std::mutex mutex_{};
    credentials_snapshot keys_{};
    refresh_schedule schedule_{};
    instant left_alone_until_{};
    std::optional<error> final_failure_{};
    instant final_failure_until_{};
    std::shared_ptr<renewal> renewal_{};
};

}  // namespace awsxx::inline AWSXX_ABI
