// SPDX-License-Identifier: MIT
// Keeps a number of calls of one session under way at once, on an event loop.
#pragma once

#include <awsxx/async_work.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/recipes/s3_flow.hpp>
#include <awsxx/recipes/s3_transfer.hpp>
#include <awsxx/runtime/call_failures.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/loop_parts.hpp>
#include <awsxx/runtime/loop_turns.hpp>

#include <algorithm>
#include <coroutine>
#include <list>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3::detail {

/// The calls of a transfer. The first that fails is what all of it comes to; those that are under way
/// then go on to their end unless they are stopped. They end with the transfer's stop token and its
/// time, and with this. Used by one coroutine.
template <class By>
class overlap {
public:
    overlap(event_loop& on, const By& by, const transfer::guard& guard, int at_once)
        : on_(&on), by_(&by), guard_(&guard), most_((std::max)(at_once, 1)) {}
    overlap(const overlap&) = delete;
    overlap& operator=(const overlap&) = delete;
    ~overlap() {
        if (turn_.queued) runtime::give_up_turn(*on_, turn_);
    }

    /// To be awaited until `enough()` or until nothing is under way. Gives the first failure.
    template <class Enough>
    auto wait(Enough enough) {
        return pause<Enough>(*this, std::move(enough));
    }
    /// Until there is room for another call, or until one has failed.
    auto make_room() {
        return wait([this] { return failed() || under_way_ < most_; });
    }
    /// Until all have ended.
    auto finish() {
        return wait([] { return false; });
    }

    /// Begins one more; `then(expected<output>)` says what that comes to, an `expected<void>`. Also
    /// from `then`.
    template <class Op, class Then>
    void begin(Op op, http::body_sink* into, Then then) {
        ++under_way_;
        const call_options how{.at_most = guard_->left(), .stop = stop_.get_token(), .into = into};
        auto made = std::make_unique<one<Op, Then>>(*this, std::move(op), how, std::move(then));
        one<Op, Then>& added = *made;
        calls_.push_back(std::move(made));
        if (!added.begin(*on_)) added.ended(runtime::loop_ended());
    }

    /// What is waited for may be so, as a transfer shows: to be looked at when that has returned.
    void look_soon() noexcept {
        turn_.queued = true;
        runtime::take_turn(*on_, turn_);
    }

    bool failed() const noexcept { return failure_.has_value(); }
    /// Ends those that are under way.
    void stop() { stop_.request_stop(); }

private:
    struct waiter {
        virtual bool is_content() = 0;
        std::coroutine_handle<> frame{};

    protected:
        ~waiter() = default;
    };

    template <class Enough>
    class pause final : waiter {
    public:
        pause(overlap& of, Enough enough) : of_(&of), enough_(std::move(enough)) {}
        pause(const pause&) = delete;
        pause& operator=(const pause&) = delete;
        ~pause() {
            if (of_->waiting_ == this) of_->waiting_ = nullptr;
        }
        bool await_ready() { return is_content(); }
        void await_suspend(std::coroutine_handle<> who) noexcept {
            this->frame = who;
            of_->waiting_ = this;
        }
        expected<void> await_resume() const {
            if (of_->failure_) return *of_->failure_;
            return {};
        }

    private:
        bool is_content() override { return of_->under_way_ == 0 || enough_(); }

        overlap* of_;
        Enough enough_;
    };

    struct under_way {
        virtual ~under_way() = default;
    };

    template <class Op, class Then>
    class one final : public under_way, public runtime::loop_listener {
    public:
        one(overlap& of, Op op, const call_options& how, Then then)
            : of_(&of), work_(of.by_->core(), std::move(op), how), then_(std::move(then)) {}
        ~one() override { work_.drop(); }
        bool begin(event_loop& on) { return work_.begin(on, *this); }

        void ended(expected<void> outcome) override {
            overlap& of = *of_;
            const auto self = of.release(*this);
            auto got = work_.take(std::move(outcome));
            --of.under_way_;
            auto done = then_(std::move(got));
            if (!done && !of.failure_) of.failure_ = std::move(done).error();
            // others may have ended, too; the last one may be all that a loop still tells
            of.under_way_ == 0 ? of.look() : of.look_soon();  // may end all of it
        }
        void dropped() noexcept override {}

    private:
        overlap* of_;
        awsxx::detail::async::call_work<Op> work_;
        Then then_;
    };

    std::unique_ptr<under_way> release(const under_way& what) {
        const auto found = std::find_if(calls_.begin(), calls_.end(),
                                        [&](const auto& each) { return each.get() == &what; });
        std::unique_ptr<under_way> taken = std::move(*found);
        calls_.erase(found);
        return taken;
    }
    void look() {
        if (waiting_ == nullptr || !waiting_->is_content()) return;
        const std::coroutine_handle<> who = waiting_->frame;
        waiting_ = nullptr;
        who.resume();
    }

    struct later final : runtime::loop_turn {
        explicit later(overlap& whose) noexcept : of(&whose) {}
        void turn() override {
            queued = false;
            of->look();  // may end all of it
        }
        overlap* of;
        bool queued = false;
    };

    struct stopper {
        std::stop_source* source;
        void operator()() const noexcept { source->request_stop(); }
    };

    event_loop* on_;
    const By* by_;
    const transfer::guard* guard_;
    int most_;
    int under_way_ = 0;
    waiter* waiting_ = nullptr;
    later turn_{*this};
    std::optional<error> failure_{};
    std::stop_source stop_{};
    std::stop_callback<stopper> with_all_{guard_->stop(), stopper{&stop_}};
    std::list<std::unique_ptr<under_way>> calls_{};  // the first to go
};

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3::detail
