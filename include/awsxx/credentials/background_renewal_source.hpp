// SPDX-License-Identifier: MIT
// What background renewals do: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/auth/credentials_report.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/background_renewal.hpp>
#include <awsxx/runtime/blocking.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/transport_slot.hpp>

#include <algorithm>
#include <chrono>
#include <optional>

namespace awsxx::inline AWSXX_ABI {

AWSXX_ONCE std::optional<milliseconds> background_renewal::operator()() {
    constexpr milliseconds pause_after_failure = std::chrono::seconds(30);
    const auto who = who_.lock();
    if (!who) return {};
    const instant now = who->now();
    if (const auto known = next(*who)) {
        who->provider().spare_callers(known->late);
        if (now < known->due) return known->due - now;
    }
    const auto network = transport_->get(*who->configuration());
    if (!network) return pause_after_failure;
    const auto keys = runtime::obtain_ahead(who->provider(), now, who->time(), **network);
    if (!keys) return pause_after_failure;
    const auto then = next(*who);
    if (!then) return {};
    who->provider().spare_callers(then->late);
    // where nothing came of it, the moment that it was due stays in the past
    const auto least = std::clamp<milliseconds>((then->late - then->due) / 8, milliseconds(10),
                                                pause_after_failure);
    return (std::max)(then->due - who->now(), least);
}

/// For the credentials at hand; now, if there are none.
AWSXX_ONCE std::optional<background_renewal::plan> background_renewal::next(
    const runtime::identity& who) {
    credentials_report report;
    who.provider().explain(report);
    if (report.access_key_id.empty()) return plan{who.now(), who.now()};
    if (!report.expiration || !report.next_refresh) return {};
    if (report.access_key_id != spread_for_) {
        spread_for_ = report.access_key_id;
        const auto window = (*report.expiration - *report.next_refresh) / 4;
        spread_ = std::chrono::duration_cast<milliseconds>(
            std::min<milliseconds>(window, std::chrono::minutes(5)) * uniform(who.random()));
    }
    instant due = *report.next_refresh + spread_;
    if (report.left_alone_until) due = (std::max)(due, *report.left_alone_until);
    return plan{due, due + (std::max)((*report.expiration - due) / 2, milliseconds{})};
}

}  // namespace awsxx::inline AWSXX_ABI
