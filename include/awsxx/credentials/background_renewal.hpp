// SPDX-License-Identifier: MIT
// Renews the credentials of one identity before anybody has to wait for it.
#pragma once

#include <awsxx/auth/credentials_report.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/transport.hpp>
#include <awsxx/runtime/blocking.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/transport_slot.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Knows when it has something to do. The moment is spread over a part of the advisory window, so
/// that programs that were started together do not all renew at once. Holds the identity only as
/// long as sessions do. For one thread.
template <http::transport T>
class background_renewal {
public:
    background_renewal(std::weak_ptr<const runtime::identity> who,
                       std::shared_ptr<const runtime::transport_slot<T>> transport)
        : who_(std::move(who)), transport_(std::move(transport)) {}

    /// Fetches or renews if that is due, and tells in how long to come again: nothing if the
    /// credentials never expire or the last session is gone. Blocks while it renews.
    std::optional<milliseconds> operator()() {
        const auto who = who_.lock();
        if (!who) return {};
        const instant now = who->now();
        if (const auto due = next(*who); due && now < *due) return *due - now;
        const auto network = transport_->get(*who->configuration());
        if (!network) return pause_after_failure;
        const auto keys = runtime::obtain(who->provider(), now, who->time(), **network);
        if (!keys) return pause_after_failure;
        const auto due = next(*who);
        if (!due) return {};
        return std::max(*due - who->now(), pause_after_failure);
    }

private:
    static constexpr milliseconds pause_after_failure = std::chrono::seconds(30);

    /// When the credentials at hand are to be renewed; now, if there are none.
    std::optional<instant> next(const runtime::identity& who) {
        credentials_report report;
        who.provider().explain(report);
        if (report.access_key_id.empty()) return who.now();
        if (!report.expiration || !report.next_refresh) return {};
        if (report.access_key_id != spread_for_) {
            spread_for_ = report.access_key_id;
            const auto window = (*report.expiration - *report.next_refresh) / 4;
            spread_ = std::chrono::duration_cast<milliseconds>(
                std::min<milliseconds>(window, std::chrono::minutes(5)) * uniform(who.random()));
        }
        const instant due = *report.next_refresh + spread_;
        return report.left_alone_until ? std::max(due, *report.left_alone_until) : due;
    }

    std::weak_ptr<const runtime::identity> who_;
    std::shared_ptr<const runtime::transport_slot<T>> transport_;
    std::string spread_for_{};
    milliseconds spread_{};
};

}  // namespace awsxx::inline AWSXX_ABI
