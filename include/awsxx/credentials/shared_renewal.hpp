// SPDX-License-Identifier: MIT
// A renewal that one caller carries out while any number of others wait for it.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/version.hpp>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// Decides what the callers get when a source has answered, as a cache does.
class renewal_judge {
public:
    virtual ~renewal_judge() = default;
    virtual expected<credentials_snapshot> settle(expected<credentials_snapshot> outcome) = 0;
    /// What callers have who do not wait for that; null: nothing that will do.
    virtual credentials_snapshot meanwhile() { return {}; }
    /// Hears that a caller gave up; whoever takes the turn next begins anew.
    virtual void given_up() noexcept {}
};

/// Asks a source and runs what it answers. The outcome goes to the judge first, once.
///
/// One that is given up drops what it had begun, with its locks and with what was signed already:
/// whoever takes the turn next asks the source anew. An outcome that is known stays.
///
/// Thread-safe as `renewal` says: the steps belong to whoever has the turn.
class shared_renewal final : public renewal {
public:
    using outcome = expected<credentials_snapshot>;

    /// Without a judge the outcome is what the source said.
    shared_renewal(std::shared_ptr<credentials_provider> source, std::shared_ptr<clock> time,
                   std::weak_ptr<renewal_judge> judge = {})
        : source_(std::move(source)), time_(std::move(time)), judge_(std::move(judge)) {}
    /// For what a source has answered already.
    explicit shared_renewal(std::shared_ptr<renewal> answer) : answer_(std::move(answer)) {}
    shared_renewal(const shared_renewal&) = delete;
    shared_renewal& operator=(const shared_renewal&) = delete;
    ~shared_renewal() override { give_back_inner(); }

    step next() override {
        if (!answer_) answer_ = source_->resolve(time_->now());
        renewal* inner = carried_out();
        if (inner == nullptr) return step::done;
        if (!inner_is_ours_) inner_is_ours_ = inner->claim();
        return inner_is_ours_ ? inner->next() : step::join;
    }
    renewal& acting() noexcept override { return inner_is_ours_ ? carried_out()->acting() : *this; }
    /// The inner one, where somebody else has its turn.
    std::shared_ptr<renewal> other() override {
        return *std::get_if<std::shared_ptr<renewal>>(&*answer_);
    }
    void joined(std::optional<outcome> known) override {
        if (known) take(*std::move(known));
    }
    outcome result() override {
        if (renewal* inner = carried_out()) take(inner->result());
        return settle(known());
    }
    credentials_snapshot meanwhile() override {
        const auto judge = judge_.lock();
        return judge ? judge->meanwhile() : nullptr;
    }
    /// The outcome is what the judge makes of such a failure, for all who wait.
    outcome cut_short(error why) override {
        give_back_inner();
        return settle(std::move(why));
    }

    bool claim() override {
        const std::lock_guard lock(mutex_);
        if (claimed_ || settled_) return false;
        return claimed_ = true;
    }
    void abandon() noexcept override {
        give_back_inner();
        if (source_ && carried_out() != nullptr) answer_.reset();
        if (const auto judge = judge_.lock()) judge->given_up();
        const std::lock_guard lock(mutex_);
        claimed_ = false;
        tell_all();
    }
    std::optional<outcome> wait() override {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return settled_ || !claimed_; });
        return settled_;
    }
    bool park(renewal_waiter& who, std::optional<outcome>& known) override {
        const std::lock_guard lock(mutex_);
        if (settled_) known = settled_;
        if (settled_ || !claimed_) return false;
        parked_.push_back(&who);
        return true;
    }
    void leave(renewal_waiter& who) noexcept override {
        const std::lock_guard lock(mutex_);
        std::erase(parked_, &who);
    }

private:
    outcome settle(outcome what) {
        const auto judge = judge_.lock();
        outcome settled = judge ? judge->settle(std::move(what)) : std::move(what);
        const std::lock_guard lock(mutex_);
        settled_ = settled;
        tell_all();
        return settled;
    }
    /// With the lock held.
    void tell_all() noexcept {
        changed_.notify_all();
        for (renewal_waiter* const one : parked_) one->changed();
        parked_.clear();
    }
    renewal* carried_out() const noexcept {
        if (!answer_) return nullptr;
        const auto* inner = std::get_if<std::shared_ptr<renewal>>(&*answer_);
        return inner ? inner->get() : nullptr;
    }
    void give_back_inner() noexcept {
        renewal* inner = carried_out();
        if (inner != nullptr && inner_is_ours_) inner->abandon();
        inner_is_ours_ = false;
    }
    void take(outcome what) {
        if (what)
            answer_ = resolution(*std::move(what));
        else
            answer_ = resolution(std::move(what).error());
    }
    outcome known() const {
        if (const auto* why = std::get_if<error>(&*answer_)) return *why;
        return *std::get_if<credentials_snapshot>(&*answer_);
    }

    std::shared_ptr<credentials_provider> source_;
    std::shared_ptr<clock> time_;
    std::weak_ptr<renewal_judge> judge_;
    std::optional<resolution> answer_{};
    bool inner_is_ours_ = false;

    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::vector<renewal_waiter*> parked_{};
    bool claimed_ = false;
    std::optional<outcome> settled_{};
};

/// For a forked child: nobody finishes there what a thread of the parent was doing. Its waiters are
/// still noted in the object, which therefore cannot be destroyed.
inline void leave_to_parent(std::shared_ptr<renewal> what) {
    static_cast<void>(new std::shared_ptr<renewal>(std::move(what)));
}

}  // namespace awsxx::inline AWSXX_ABI
