// SPDX-License-Identifier: MIT
// What became of those who asked a limiter.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <cstdint>

namespace awsxx::inline AWSXX_ABI {

/// Since the limiter was made.
struct limit_counts {
    std::uint64_t granted{};     ///< Tokens that were taken and used.
    std::uint64_t refused{};     ///< At the limit at once, or because the wait would be too long.
    std::uint64_t waited{};      ///< How many of those granted had to wait,
    milliseconds time_waited{};  ///< and how long all of them together.

    limit_counts& operator+=(const limit_counts& more) noexcept {
        granted += more.granted;
        refused += more.refused;
        waited += more.waited;
        time_waited += more.time_waited;
        return *this;
    }
    limit_counts& operator-=(const limit_counts& less) noexcept {
        granted -= less.granted;
        refused -= less.refused;
        waited -= less.waited;
        time_waited -= less.time_waited;
        return *this;
    }
};

}  // namespace awsxx::inline AWSXX_ABI
