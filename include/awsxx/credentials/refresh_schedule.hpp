// SPDX-License-Identifier: MIT
// When credentials of a given lifetime are to be renewed, and how long to stay away from a source that failed.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/settings.hpp>

#include <algorithm>
#include <chrono>
#include <optional>

namespace awsxx::inline AWSXX_ABI {

/// The instants at which credentials stop being fresh. All are `instant::max()` if they never do.
struct refresh_schedule {
    instant advisory = (instant::max)();
    instant mandatory = (instant::max)();
    instant expiration = (instant::max)();
};

/// The advisory window: the user's, or `usual`. Where he has set the mandatory one alone it is so much
/// wider than that that a renewal begins before, which may be late by a quarter of the window.
inline milliseconds advisory_window(const refresh_windows& wanted, milliseconds usual) noexcept {
    if (wanted.advisory) return (std::max)(*wanted.advisory, milliseconds{});
    if (!wanted.mandatory) return usual;
    const milliseconds least = (std::max)(*wanted.mandatory, milliseconds{});
    return (std::max)(usual, least + (std::min)(least / 3, milliseconds(std::chrono::minutes(5))));
}

/// Computes the schedule of credentials fetched at `now`: the windows grow with the lifetime, and
/// shrink in proportion for lifetimes below ten minutes. A window of the user's is not changed, but
/// for a negative one, which would begin after the end and is none. A mandatory one alone widens
/// the advisory one; where both are set, it is cut to that.
inline refresh_schedule schedule_refresh(instant now, std::optional<instant> expiration,
                                         const refresh_windows& wanted) noexcept {
    using std::chrono::minutes;
    if (!expiration) return {};
    const milliseconds lifetime = *expiration - now;
    const bool tiny = lifetime < minutes(10);
    milliseconds advisory = minutes(60);
    if (tiny)
        advisory = lifetime / 2;
    else if (lifetime <= minutes(20))
        advisory = minutes(5);
    else if (lifetime < minutes(90))
        advisory = minutes(15);
    advisory = advisory_window(wanted, advisory);
    milliseconds mandatory = tiny ? lifetime / 10 : milliseconds(minutes(1));
    mandatory = (std::max)(wanted.mandatory.value_or(mandatory), milliseconds{});
    mandatory = (std::min)(mandatory, advisory);
    return {*expiration - advisory, *expiration - mandatory, *expiration};
}

inline constexpr milliseconds longest_backoff = std::chrono::minutes(10);
inline constexpr milliseconds longest_failure_memory = std::chrono::seconds(5);

/// How long a source that failed is left alone: five to ten minutes.
inline milliseconds refresh_backoff(random_source& random) {
    return milliseconds(static_cast<milliseconds::rep>(300'000 + 300'000 * uniform(random)));
}

/// How long a failure that only a person can mend is repeated without asking again: 1 to 5 s.
inline milliseconds final_failure_memory(random_source& random) {
    return milliseconds(static_cast<milliseconds::rep>(1'000 + 4'000 * uniform(random)));
}

}  // namespace awsxx::inline AWSXX_ABI
