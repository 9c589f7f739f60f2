// SPDX-License-Identifier: MIT
// Time as the library sees it: what it is, how much passed, and waiting.
#pragma once

#include <awsxx/core/version.hpp>

#include <chrono>

namespace awsxx::inline AWSXX_ABI {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A point in time as AWS means it: since 1970 in UTC, without leap seconds.
using instant = std::chrono::sys_time<milliseconds>;

/// A point on a clock that is never set; only differences mean anything.
using steady_instant = std::chrono::time_point<std::chrono::steady_clock, milliseconds>;

/// The moment so long after another. Whoever means "no limit" may say `milliseconds::max()`: beyond
/// the last moment that there is, and before the first, it is that one.
template <class Clock, class Duration>
constexpr auto moment_after(std::chrono::time_point<Clock, Duration> from,
                            milliseconds pause) noexcept {
    using moment = std::chrono::time_point<Clock, Duration>;
    constexpr moment zero{};
    const auto most = (moment::max)() - (from > zero ? from : zero);
    const auto least = (moment::min)() - (from < zero ? from : zero);
    if (pause > std::chrono::floor<milliseconds>(most)) return (moment::max)();
    if (pause < std::chrono::ceil<milliseconds>(least)) return (moment::min)();
    return moment(from + pause);
}

/// Where the library gets time from. Replace it in `settings` to test without waiting.
///
/// May be called from any thread.
class clock {
public:
    virtual ~clock() = default;
    virtual instant now() const noexcept = 0;
    virtual steady_instant steady_now() const noexcept = 0;
    virtual void sleep(milliseconds pause) = 0;
};

}  // namespace awsxx::inline AWSXX_ABI
