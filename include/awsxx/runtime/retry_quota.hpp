// SPDX-License-Identifier: MIT
// Keeps retries from multiplying the load on a service that is failing.
#pragma once

#include <awsxx/core/version.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <string_view>

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
               !left_.compare_exchange_weak(left, std::min(capacity_, left + cost),
                                            std::memory_order_relaxed)) {}
    }
    int left() const noexcept { return left_.load(std::memory_order_relaxed); }

private:
    const int capacity_;
    std::atomic<int> left_;
};

/// The quotas of a session: one for each service and region that it talks to.
///
/// Thread-safe, without a lock. A quota lives as long as this.
class retry_quotas {
public:
    retry_quotas() = default;
    retry_quotas(const retry_quotas&) = delete;
    retry_quotas& operator=(const retry_quotas&) = delete;
    ~retry_quotas() {
        for (entry* one = newest_.load(std::memory_order_acquire); one != nullptr;) {
            const std::unique_ptr<entry> gone(one);
            one = gone->older;
        }
    }

    retry_quota& of(std::string_view service, std::string_view region) {
        entry* newest = newest_.load(std::memory_order_acquire);
        if (entry* known = find(newest, service, region)) return known->quota;
        auto added = std::make_unique<entry>();
        added->service = service;
        added->region = region;
        for (;;) {
            added->older = newest;
            if (newest_.compare_exchange_weak(newest, added.get(), std::memory_order_acq_rel,
                                              std::memory_order_acquire))
                return added.release()->quota;
            if (entry* known = find(newest, service, region)) return known->quota;
        }
    }

private:
    struct entry {
        std::string service{};
        std::string region{};
        retry_quota quota{};
        entry* older{};
    };

    static entry* find(entry* newest, std::string_view service, std::string_view region) noexcept {
        for (entry* one = newest; one != nullptr; one = one->older)
            if (one->service == service && one->region == region) return one;
        return nullptr;
    }

    std::atomic<entry*> newest_{nullptr};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
