// SPDX-License-Identifier: MIT
// What limiters refuse with.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>

#include <optional>
#include <string>

namespace awsxx::inline AWSXX_ABI::runtime {

/// How long a turn is waited for before it is asked for again: the numbers may change meanwhile.
inline constexpr milliseconds longest_nap{1000};

/// It would be its turn so late. `left`: where that is too late for it; otherwise it does not wait.
AWSXX_COLD inline error limited_locally(milliseconds turn, std::optional<milliseconds> left) {
    std::string message = "the program's own limit of calls is reached: the next may go in " +
                          std::to_string(turn.count()) + " ms";
    if (left) message += ", and only " + std::to_string(left->count()) + " ms are left";
    return {.kind = error_kind::throttled,
            .retryable = true,
            .code = "RateLimitedLocally",
            .message = message};
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
