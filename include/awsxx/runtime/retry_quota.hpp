// SPDX-License-Identifier: MIT
// Keeps retries from multiplying the load on a service that is failing.
#pragma once

#include <awsxx/core/version.hpp>

#include <algorithm>
#include <atomic>

namespace awsxx::inline AWSXX_ABI::runtime {

/// What retries may still cost. Never refills by itself: only calls that succeed give back.
/// Thread-safe, without a lock.
class retry_quota {
public:
    static constexpr int standard_capacity = 500;

    explicit retry_quota(int capacity = standard_capacity) noexcept
        : retry_quota(capacity, capacity) {}
    retry_quota(int capacity, int left) noexcept : capacity_(capacity), left_(left) {}

    /// Takes `cost`, or nothing if less is left.
    bool take(int cost) noexcept {
        int left = left_.load(std::memory_order_relaxed);
        do {
            if (left < cost) return false;
        } while (!left_.compare_exchange_weak(left, left - cost, std::memory_order_relaxed));
        return true;
    }
    /// Never beyond the capacity.
    void give_back(int cost) noexcept {
        int left = left_.load(std::memory_order_relaxed);
        while (left < capacity_ &&
               !left_.compare_exchange_weak(left, (std::min)(capacity_, left + cost),
                                            std::memory_order_relaxed)) {}
    }
    int left() const noexcept { return left_.load(std::memory_order_relaxed); }

private:
    const int capacity_;
    std::atomic<int> left_;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
