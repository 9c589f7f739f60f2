// SPDX-License-Identifier: MIT
// Lets something go on at the next turn of an event loop, for those who do not know what a loop has.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/loop_parts.hpp>

namespace awsxx::inline AWSXX_ABI::runtime {

/// On the loop's thread, also from what a transfer calls.
AWSXX_ONCE void take_turn(event_loop& on, loop_turn& what) noexcept;
AWSXX_ONCE void give_up_turn(event_loop& on, loop_turn& what) noexcept;

}  // namespace awsxx::inline AWSXX_ABI::runtime
