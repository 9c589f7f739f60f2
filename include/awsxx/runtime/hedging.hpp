// SPDX-License-Identifier: MIT
// Whether reads whose answer is slow to begin are sent a second time.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

namespace awsxx::inline AWSXX_ABI {

/// Of calls on event loops that only read, with a body that is short: the first answer counts, and
/// the other request is cancelled. Never of calls that go by a limiter or the adaptive retry mode.
struct hedging {
    milliseconds after{};  ///< So long without a byte of the answer; 0: never.
    double share = 0.05;   ///< Of all calls to a service; more are not sent a second time.
};

}  // namespace awsxx::inline AWSXX_ABI
