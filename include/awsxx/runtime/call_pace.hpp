// SPDX-License-Identifier: MIT
// When one call may send: as the program's limiter and the adaptive retry mode allow.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/endpoint_search.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/limit_failures.hpp>
#include <awsxx/runtime/limiter.hpp>
#include <awsxx/runtime/rate_budget.hpp>
#include <awsxx/runtime/route.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// What an attempt takes its token for.
inline limit_key limit_key_of(const model::operation& what, const resolved_endpoint& where,
                              const credentials_snapshot& by) noexcept {
    limit_key whom{
        .region = where.signing_region, .service = what.service->id, .operation = what.name};
    if (by) whom.account = by->account_id.empty() ? by->access_key_id : by->account_id;
    return whom;
}

/// Tokens for the attempts of a call, one of each budget that it has to do with. Where there are
/// none it costs a comparison. Used by one thread at a time.
class call_pace {
public:
    explicit call_pace(const identity& who) noexcept : time_(&who.time()) {
        const limiter& chosen = who.configuration()->choices().limiter;
        if (chosen) users_ = &chosen;
    }
    call_pace(call_pace&&) noexcept = default;
    call_pace& operator=(call_pace&&) noexcept = default;
    ~call_pace() {
        if (under_way_) spend();
    }

    void goes_to(const route& way) noexcept { shared_ = way.pace ? &way.pace : nullptr; }
    /// Others wait for it: the program's limiter lets it pass, whatever it has asked for before.
    void pass() noexcept {
        users_ = nullptr;
        own_.give_up();
    }
    /// Nothing holds it up.
    bool is_free() const noexcept { return users_ == nullptr && shared_ == nullptr; }

    /// The pause before an attempt asks again; zero: it has its tokens. `left`: of the time for the
    /// whole call. Fails where it is not to wait, or where that would take longer.
    expected<milliseconds> ask(const limit_key& whom, std::optional<milliseconds> left) {
        waits_ = false;
        const steady_instant now = time_->steady_now();
        milliseconds turn{};
        if (users_ != nullptr && !own_.has()) turn = own_.ask(users_->budget(whom, now), now);
        if (turn > milliseconds::zero() && users_->refuses()) return refuse(turn, {}, now);
        if (turn == milliseconds::zero() && shared_ != nullptr) turn = learned_.ask(*shared_, now);
        if (left && turn >= *left && turn > milliseconds::zero()) return refuse(turn, left, now);
        waits_ = turn > milliseconds::zero();
        return (std::min)(turn, longest_nap);
    }
    /// It was told a pause when it asked last.
    bool waits() const noexcept { return waits_; }
    /// The attempt begins: its tokens do not come back.
    void begins() noexcept { under_way_ = !is_free(); }
    /// It has an outcome, `throttled` or not.
    void ended(bool throttled) {
        if (!std::exchange(under_way_, false)) return;
        const steady_instant now = time_->steady_now();
        own_.hear(throttled, now);
        learned_.hear(throttled, now);
        spend();
    }

private:
    AWSXX_COLD error refuse(milliseconds turn, std::optional<milliseconds> left,
                            steady_instant now) noexcept {
        own_.refuse(now);
        learned_.refuse(now);
        return limited_locally(turn, left);
    }
    void spend() noexcept {
        own_.spend();
        learned_.spend();
    }

    clock* time_;
    const limiter* users_ = nullptr;
    const std::shared_ptr<rate_budget>* shared_ = nullptr;  // by the session's calls to a service
    rate_permit own_{};
    rate_permit learned_{};
    bool waits_ = false;
    bool under_way_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
