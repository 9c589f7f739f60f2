// SPDX-License-Identifier: MIT
// How many of a session's calls to a service may be sent a second time.
#pragma once

#include <awsxx/core/version.hpp>

#include <algorithm>
#include <atomic>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Each call brings a share of what one costs; at most a few are saved up. Thread-safe, without a
/// lock.
class hedge_budget {
public:
    /// A call begins, so many of which may be sent twice: from 0 to 1.
    void earn(double share) noexcept {
        const double sound = share > 0 ? (std::min)(share, 1.0) : 0;  // what is no number is none
        const int part = static_cast<int>(sound * cost);
        int saved = saved_.load(std::memory_order_relaxed);
        while (saved < most && !saved_.compare_exchange_weak(saved, (std::min)(saved + part, most),
                                                             std::memory_order_relaxed)) {}
    }
    /// False: that would be too many.
    bool take() noexcept {
        int saved = saved_.load(std::memory_order_relaxed);
        do {
            if (saved < cost) return false;
        } while (!saved_.compare_exchange_weak(saved, saved - cost, std::memory_order_relaxed));
        return true;
    }

private:
    static constexpr int cost = 10000;
    static constexpr int most = 10 * cost;

    std::atomic<int> saved_{cost};  // the first one need not wait for others
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
