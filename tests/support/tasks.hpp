// SPDX-License-Identifier: MIT
// The plainest coroutine there is, which knows nothing of the library.
#pragma once

#include <coroutine>
#include <exception>
#include <utility>

namespace test {

/// Runs at once; its frame lives as long as this.
class task {
public:
    struct promise_type {
        task get_return_object() {
            return task(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };

    task(task&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    task(const task&) = delete;
    task& operator=(const task&) = delete;
    task& operator=(task&&) = delete;
    ~task() {
        if (frame_) frame_.destroy();
    }
    bool done() const { return frame_.done(); }

private:
    explicit task(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
    std::coroutine_handle<promise_type> frame_;
};

}  // namespace test
