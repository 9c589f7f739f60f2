// SPDX-License-Identifier: MIT
// A pause that can be cut short.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <stop_token>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Waits, unless it is stopped. False: it was.
inline bool pause_for(milliseconds pause, clock& time, const std::stop_token& stop) {
    constexpr milliseconds slice{100};
    if (!stop.stop_possible()) {
        time.sleep(pause);
        return true;
    }
    for (; pause > milliseconds(0) && !stop.stop_requested(); pause -= slice)
        time.sleep((std::min)(pause, slice));
    return !stop.stop_requested();
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
