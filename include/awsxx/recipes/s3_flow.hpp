// SPDX-License-Identifier: MIT
// A transfer as a coroutine on an event loop, whoever waits for its end.
#pragma once

#include <awsxx/async.hpp>
#include <awsxx/async_work.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/callback_guard.hpp>
#include <awsxx/runtime/call_failures.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/session_core.hpp>

#include <chrono>
#include <coroutine>
#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3 {

namespace detail {

/// Does nothing until it is awaited or started. Destroying it ends it, with the calls that it waits for.
template <class T>
class [[nodiscard]] flow {
public:
    struct promise_type;
    using handle = std::coroutine_handle<promise_type>;

    struct to_whom_it_concerns {
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(handle ended) const noexcept {
            const std::coroutine_handle<> after = ended.promise().after;
            return after ? after : std::noop_coroutine();
        }
        void await_resume() const noexcept {}
    };
    struct promise_type {
        flow get_return_object() noexcept { return flow(handle::from_promise(*this)); }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        to_whom_it_concerns final_suspend() const noexcept { return {}; }
        template <class Value>
        void return_value(Value&& value) {
            result.emplace(std::forward<Value>(value));
        }
        void unhandled_exception() noexcept { thrown = std::current_exception(); }

        std::optional<T> result{};
        std::exception_ptr thrown{};
        std::coroutine_handle<> after{};
    };

    flow(flow&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    flow& operator=(flow&&) = delete;
    flow(const flow&) = delete;
    flow& operator=(const flow&) = delete;
    ~flow() {
        if (frame_) frame_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> after) noexcept {
        frame_.promise().after = after;
        return frame_;
    }
    T await_resume() { return take(); }

    void start() { frame_.resume(); }
    bool is_over() const noexcept { return frame_.done(); }
    /// What it came to, or what was thrown in it.
    T take() {
#if defined(__cpp_exceptions)
        if (frame_.promise().thrown) std::rethrow_exception(frame_.promise().thrown);
#endif
        return *std::move(frame_.promise().result);
    }

private:
    explicit flow(handle frame) noexcept : frame_(frame) {}
    handle frame_;
};

/// One call, awaited once. A loop that is being destroyed ends it as well.
template <class Op>
class awaited_call final : runtime::loop_listener {
public:
    using result = expected<typename Op::output>;

    awaited_call(event_loop& on, session_core from, const Op& op, const call_options& how)
        : on_(&on), work_(std::move(from), op, how) {}
    awaited_call(const awaited_call&) = delete;
    awaited_call& operator=(const awaited_call&) = delete;
    ~awaited_call() {
        if (waiting_) work_.drop();
    }

    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> who) {
        waiting_ = who;
        if (work_.begin(*on_, *this)) return true;
        waiting_ = nullptr;
        result_.emplace(runtime::loop_ended());
        return false;
    }
    result await_resume() { return *std::move(result_); }

private:
    void ended(expected<void> outcome) override {
        result_.emplace(work_.take(std::move(outcome)));
        std::exchange(waiting_, nullptr).resume();
    }
    void dropped() noexcept override { waiting_ = nullptr; }

    event_loop* on_;
    awsxx::detail::async::call_work<Op> work_;
    std::coroutine_handle<> waiting_{};
    std::optional<result> result_{};
};

/// Calls an operation of a session's, for `co_await`.
template <class By, class Op>
awaited_call<Op> call(event_loop& on, const By& by, const Op& op, const call_options& how = {}) {
    return awaited_call<Op>(on, by.core(), op, how);
}

/// Where a transfer runs, and for whom. Both live as long as that.
template <class By>
struct carrier {
    event_loop* on;
    const By* by;
};

/// An event loop of its own, on the session's clock, until the flow is over. `make(carrier)` gives
/// that.
template <class By, class Make>
auto carry_out(const By& by, Make make) {
    // not owned: the session's clock lives longer
    event_loop loop({.time = std::shared_ptr<clock>(std::shared_ptr<void>(), &by.time())});
    auto what = make(carrier<By>{&loop, &by});
    what.start();
    while (!what.is_over()) loop.poll(std::chrono::minutes(1));
    return what.take();
}

/// Who is told what a flow came to. Coroutines do not hold the function itself: in a frame, g++ 12 warns
/// of the type of a lambda that stands in a header.
template <class T>
struct receiver {
    virtual ~receiver() = default;
    virtual void tell(T what) = 0;
};
template <class T, class Then>
class receiving final : public receiver<T> {
public:
    explicit receiving(Then then) : then_(std::move(then)) {}
    void tell(T what) override { then_(std::move(what)); }

private:
    Then then_;
};

/// What a flow came to, on its way to whom that is told: at a turn of the loop.
template <class T>
class news final : public runtime::loop_listener {
public:
    news(T what, std::unique_ptr<receiver<T>> to) : what_(std::move(what)), to_(std::move(to)) {}
    void ended(expected<void>) override {
        const std::unique_ptr<news> self(this);
        to_->tell(std::move(what_));
    }
    void dropped() noexcept override { delete this; }

private:
    T what_;
    std::unique_ptr<receiver<T>> to_;
};

/// A coroutine that nobody holds.
struct alone {
    struct promise_type {
        alone get_return_object() const noexcept { return {}; }
        std::suspend_never initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() const noexcept { std::terminate(); }
    };
};

/// Starts the flow and tells what it comes to, not from in here.
template <class T>
alone start(event_loop& on, session_core from, flow<T> what, std::unique_ptr<receiver<T>> to) {
    std::optional<T> got;
#if defined(__cpp_exceptions)
    try {
        got.emplace(co_await what);
    } catch (...) {
        got = http::detail::caught([]() -> T { throw; });
    }
#else
    got.emplace(co_await what);
#endif
    auto made = std::make_unique<news<T>>(*std::move(got), std::move(to));
    news<T>* const told = made.release();
    if (from.begin_nothing(on, *told) == nullptr) told->ended({});
}
template <class T, class Then>
void tell(event_loop& on, session_core from, flow<T> what, Then then) {
    start(on, std::move(from), std::move(what),
          std::unique_ptr<receiver<T>>(std::make_unique<receiving<T, Then>>(std::move(then))));
}

/// The same with a future.
template <class T>
std::future<T> promised(event_loop& on, session_core from, flow<T> what) {
    awsxx::detail::async::fulfilment<T> then;
    auto future = then.promise.get_future();
    tell(on, std::move(from), std::move(what), std::move(then));
    return future;
}

}  // namespace detail

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
