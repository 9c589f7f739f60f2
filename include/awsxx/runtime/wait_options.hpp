// SPDX-License-Identifier: MIT
// How long a program waits for something, and how often it looks.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <optional>
#include <stop_token>

namespace awsxx::inline AWSXX_ABI {

/// How long to wait, and how often to look.
///
///     const wait_options options{.at_most = std::chrono::minutes(5)};
struct wait_options {
    /// From the first look on, which is at once, to the last one. 0: one look. Does not end a call
    /// that is under way: what a call may take at most, the settings say.
    milliseconds at_most;
    /// Ends the wait, and the call that is under way; a pause within a tenth of a second.
    std::stop_token stop{};
    /// Between two looks, to begin with. Absent: what the waiter says; without one, 2 seconds.
    std::optional<milliseconds> min_delay{};
    /// The longest pause. Absent: what the waiter says; without one, 2 minutes.
    std::optional<milliseconds> max_delay{};
};

}  // namespace awsxx::inline AWSXX_ABI
