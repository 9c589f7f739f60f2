// SPDX-License-Identifier: MIT
// A coroutine that works on one target of many, on the thread of an event loop.
#pragma once

#include <awsxx/accounts/fan_out_course.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <coroutine>
#include <optional>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI::accounts {

/// What a function for `for_each` on an event loop returns. Begins when its turn has come; ends with
/// `co_return` of a value, an error or an `expected`. What it throws is its target's error.
///
///     const auto look = [&](const awsxx::accounts::regional_account& place,
///                           const awsxx::accounts::job_context& context)
///         -> awsxx::accounts::job<std::string> {
///         const awsxx::session there = place.session();
///         const awsxx::sts::get_caller_identity question;
///         auto who = co_await there.try_co_call(loop, question, context.how());
///         if (!who) co_return who.error();
///         co_return who->arn;
///     };
template <class R>
class [[nodiscard]] job {
public:
    using value_type = R;

    /// Hears once that the job has its result.
    struct listener {
        void (*over)(void* who){};
        void* who{};
    };

    class promise_type {
        struct last {
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<promise_type> ended) const noexcept {
                const listener to = ended.promise().listener_;
                to.over(to.who);  // may destroy the coroutine
            }
            void await_resume() const noexcept {}
        };

    public:
        job get_return_object() {
            return job(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        last final_suspend() const noexcept { return {}; }
        template <class Value>
            requires std::is_convertible_v<Value, expected<R>>
        void return_value(Value&& value) { result_.emplace(std::forward<Value>(value)); }
        void unhandled_exception() {
#if defined(__cpp_exceptions)
            try {
                throw;
            } catch (const aws_error& e) {
                result_.emplace(e.details());
            } catch (...) {
                result_.emplace(detail::fan_out::job_threw());
            }
#endif
        }

    private:
        friend class job;
        listener listener_{};
        std::optional<expected<R>> result_{};
    };

    job(job&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    job& operator=(job&& other) noexcept {
        std::swap(frame_, other.frame_);
        return *this;
    }
    job(const job&) = delete;
    job& operator=(const job&) = delete;
    /// Ends what it waits for.
    ~job() {
        if (frame_) frame_.destroy();
    }

    /// Lets it begin; it may be over before this returns.
    void start(listener to) {
        frame_.promise().listener_ = to;
        frame_.resume();
    }
    /// Once it is over.
    expected<R> take() { return *std::move(frame_.promise().result_); }

private:
    explicit job(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}
    std::coroutine_handle<promise_type> frame_;
};

}  // namespace awsxx::inline AWSXX_ABI::accounts
