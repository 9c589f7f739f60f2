// SPDX-License-Identifier: MIT
// A value behind a lock that a fork cannot leave locked.
#pragma once

#include <awsxx/core/fork.hpp>
#include <awsxx/core/version.hpp>

#include <atomic>
#include <memory>
#include <mutex>

namespace awsxx::inline AWSXX_ABI {

/// A `T` that is only reached while its lock is held.
///
/// If another thread held the lock when the process was forked, the child finds the value in an
/// unknown state and nobody who would unlock it: there the child gets a new `T`, and the old one
/// is left where it lies.
template <class T>
class guarded {
    struct state {
        std::mutex mutex{};
        T value{};
    };

public:
    /// Access to the value, for as long as this lives.
    class access {
    public:
        T& operator*() const noexcept { return held_->value; }
        T* operator->() const noexcept { return &held_->value; }

    private:
        friend class guarded;
        explicit access(state& of) : held_(&of), lock_(of.mutex) {}
        state* held_;
        std::unique_lock<std::mutex> lock_;
    };

    guarded() = default;
    guarded(const guarded&) = delete;
    guarded& operator=(const guarded&) = delete;
    ~guarded() { delete state_.load(std::memory_order_acquire); }

    /// Waits for the lock.
    access lock() const {
        if (made_in_.load(std::memory_order_acquire) != fork_generation()) survive_fork();
        return access(*state_.load(std::memory_order_acquire));
    }

private:
    // The first thread of the child that comes here decides; others spin for that moment.
    AWSXX_COLD void survive_fork() const {
        while (deciding_.test_and_set(std::memory_order_acquire)) {}
        if (made_in_.load(std::memory_order_relaxed) != fork_generation()) {
            state* const old = state_.load(std::memory_order_relaxed);
            if (old->mutex.try_lock())
                old->mutex.unlock();
            else
                state_.store(new state, std::memory_order_release);
            made_in_.store(fork_generation(), std::memory_order_release);
        }
        deciding_.clear(std::memory_order_release);
    }

    mutable std::atomic<state*> state_{new state};
    mutable std::atomic<unsigned> made_in_{fork_generation()};
    mutable std::atomic_flag deciding_ = ATOMIC_FLAG_INIT;
};

}  // namespace awsxx::inline AWSXX_ABI
