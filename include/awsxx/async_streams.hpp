// SPDX-License-Identifier: MIT
// Answers that a coroutine takes piece by piece or event by event, at its own pace.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body_pause.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_listener.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/loop_parts.hpp>
#include <awsxx/runtime/loop_turns.hpp>
#include <awsxx/session_core.hpp>

#include <coroutine>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::async {

/// Between a transfer on a loop and a coroutine on its thread. As long as something waits to be taken
/// the transfer stands still.
template <class Item>
class relay final : public runtime::loop_turn {
public:
    using result = std::optional<expected<Item>>;

    explicit relay(event_loop& on) noexcept : on_(&on) {}
    ~relay() override { give_up_turn(); }

    // --- the side of the transfer ---------------------------------------------------------------
    bool ready(http::body_pause& here) {
        if (items_.empty()) return true;
        later_ = here.later();
        return false;
    }
    /// The coroutine goes on at the loop's next turn: not from inside libcurl.
    void put(Item one) {
        items_.push_back(std::move(one));
        if (!waiting_ || queued_) return;
        queued_ = true;
        runtime::take_turn(*on_, *this);
    }
    /// Nothing was taken yet; what is there is forgotten.
    bool restart() {
        if (taken_) return false;
        items_.clear();
        return true;
    }
    /// Its last act: it may not be there afterwards.
    void end(expected<void> outcome) {
        outcome_ = std::move(outcome);
        give_up_turn();
        go_on();
    }

    // --- the side of the coroutine --------------------------------------------------------------
    bool has_next() const noexcept { return !items_.empty() || outcome_.has_value(); }
    void wait(std::coroutine_handle<> who) noexcept { waiting_ = who; }
    result take() {
        taken_ = true;
        if (!items_.empty()) {
            Item one = std::move(items_.front());
            items_.pop_front();
            if (items_.empty()) std::exchange(later_, {}).resume();
            return result(std::in_place, std::move(one));
        }
        if (told_ || !outcome_ || *outcome_) return {};
        told_ = true;
        return result(std::in_place, outcome_->error());
    }
    void turn() override {
        queued_ = false;
        go_on();
    }

private:
    void go_on() {
        if (waiting_ && has_next()) std::exchange(waiting_, nullptr).resume();
    }
    void give_up_turn() noexcept {
        if (std::exchange(queued_, false)) runtime::give_up_turn(*on_, *this);
    }

    event_loop* on_;
    std::deque<Item> items_{};
    http::resumption later_{};
    std::coroutine_handle<> waiting_{};
    std::optional<expected<void>> outcome_{};
    bool taken_ = false;
    bool told_ = false;
    bool queued_ = false;
};

/// One `co_await` for the next of a stream.
template <class Stream>
class awaited_next {
public:
    explicit awaited_next(Stream& of) noexcept : of_(&of) {}
    awaited_next(const awaited_next&) = delete;
    awaited_next& operator=(const awaited_next&) = delete;
    ~awaited_next() = default;

    bool await_ready() const noexcept { return of_->items().has_next(); }
    void await_suspend(std::coroutine_handle<> who) {
        of_->items().wait(who);
        of_->ask();
    }
    auto await_resume() { return of_->items().take(); }

private:
    Stream* of_;
};

/// The pieces of a body.
template <class Op>
class body_stream final : public http::body_sink, public runtime::loop_listener {
public:
    body_stream(event_loop& on, session_core from, Op op, const call_options& how)
        : on_(&on), from_(std::move(from)), op_(std::move(op)), how_(how), items_(on) {}
    ~body_stream() override {
        if (begun_ != nullptr) session_core::drop(begun_);
    }

    /// At the first time.
    void ask() {
        if (std::exchange(asked_, true)) return;
        how_.into = this;
        begun_ = from_.begin(*on_, {Op::template wire<void>::operation, &op_, &out_}, how_, *this);
    }
    relay<std::string>& items() noexcept { return items_; }
    const typename Op::output& output() const noexcept { return out_; }

    bool ready(http::body_pause& here) override { return items_.ready(here); }
    expected<void> write(std::string_view piece) override {
        items_.put(std::string(piece));
        return {};
    }
    bool restart() override { return items_.restart(); }
    void ended(expected<void> outcome) override {
        begun_ = nullptr;
        items_.end(std::move(outcome));
    }
    void dropped() noexcept override { begun_ = nullptr; }

private:
    event_loop* on_;
    session_core from_;
    Op op_;
    call_options how_;
    typename Op::output out_{};
    relay<std::string> items_;
    runtime::loop_call* begun_ = nullptr;
    bool asked_ = false;
};

/// The events of an answer.
template <class Op>
class event_stream final : public runtime::loop_listener {
public:
    using table = typename Op::template wire<void>;
    using event = typename table::events;

    event_stream(event_loop& on, session_core from, Op op, const call_options& how)
        : on_(&on), from_(std::move(from)), op_(std::move(op)), how_(how), items_(on) {}

    void ask() {
        if (std::exchange(asked_, true)) return;
        runtime::event_listener to = hearing_.get();
        to.ready = [](void* self, http::body_pause& here) {
            return static_cast<listener*>(self)->to().to->ready(here);
        };
        begun_ = from_.begin_listening(*on_, {table::operation, &op_, &out_}, to, {how_, *this});
    }
    relay<event>& items() noexcept { return items_; }
    const typename Op::output& output() const noexcept { return out_; }

    void ended(expected<void> outcome) override {
        begun_.reset();
        items_.end(std::move(outcome));
    }
    void dropped() noexcept override {}

private:
    struct put_in {
        relay<event>* to;
        void operator()(event one) const { to->put(std::move(one)); }
    };
    using listener = runtime::typed_listener<event, put_in>;

    event_loop* on_;
    session_core from_;
    Op op_;
    call_options how_;
    typename Op::output out_{};
    relay<event> items_;
    put_in put_{&items_};
    listener hearing_{put_};
    session_core::errand begun_{};
    bool asked_ = false;
};

}  // namespace detail::async

/// What an answer brings, for a coroutine on a loop that takes it in turns. The transfer stands still
/// while something waits to be taken, so that no more than that is in memory; other calls go on.
/// `while (auto piece = co_await body.next())` goes through it. Destroying it ends the call. Moves only.
template <class Stream>
class awaited_stream {
public:
    explicit awaited_stream(std::unique_ptr<Stream> of) noexcept : of_(std::move(of)) {}

    /// Await it before the next one is asked for, and before this is destroyed. Gives an `expected`: an
    /// item or an error, behind which there is nothing; or nothing behind the last. The first one
    /// begins the call. An attempt that fails is made again until something was taken.
    auto next() { return detail::async::awaited_next<Stream>(*of_); }
    /// The operation's output beside that, once there was nothing more.
    const auto& output() const noexcept { return of_->output(); }

private:
    std::unique_ptr<Stream> of_;
};

}  // namespace awsxx::inline AWSXX_ABI
