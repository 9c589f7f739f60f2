// SPDX-License-Identifier: MIT
// Lets coroutines of any type wait for what a session does on an event loop.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/event_loop.hpp>

#include <coroutine>
#include <memory>
#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI::detail::async {

/// For one `co_await`, on the thread of the loop. Begins the work when it is awaited. A coroutine
/// that is destroyed meanwhile ends it; one that awaits on a loop that is being destroyed never goes
/// on. `Raises`: gives the value or throws `aws_error`.
template <class Work, bool Raises>
class awaited {
public:
    template <class... Parts>
    explicit awaited(event_loop& on, Parts&&... parts)
        : on_(&on), state_(std::make_unique<state>(std::forward<Parts>(parts)...)) {}
    awaited(awaited&&) noexcept = default;
    awaited& operator=(awaited&&) noexcept = default;
    awaited(const awaited&) = delete;
    awaited& operator=(const awaited&) = delete;
    ~awaited() {
        if (state_ && state_->waiting) state_->work.drop();
    }

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        state_->waiting = waiting;
        if (!state_->work.begin(*on_, *state_)) state_->waiting = nullptr;
    }
    auto await_resume() {
#if defined(__cpp_exceptions)
        if constexpr (Raises) return value_or_raise(*std::move(state_->result));
#endif
        if constexpr (!Raises) return *std::move(state_->result);
    }

private:
    struct state final : runtime::loop_listener {
        template <class... Parts>
        explicit state(Parts&&... parts) : work(std::forward<Parts>(parts)...) {}

        void ended(expected<void> outcome) override {
            result.emplace(work.take(std::move(outcome)));
            std::exchange(waiting, nullptr).resume();
        }
        void dropped() noexcept override { waiting = nullptr; }

        Work work;
        std::coroutine_handle<> waiting{};  // null once it went on
        std::optional<typename Work::result> result{};
    };

    event_loop* on_;
    std::unique_ptr<state> state_;  // an address that does not change
};

}  // namespace awsxx::inline AWSXX_ABI::detail::async
