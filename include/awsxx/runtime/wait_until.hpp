// SPDX-License-Identifier: MIT
// Waits until what somebody looks at is so.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/wait_options.hpp>

namespace awsxx::inline AWSXX_ABI {

class random_source;

namespace runtime {

/// Something to look at, whatever type it is of.
struct look {
    void* self{};
    /// True: it is so. False: not yet. An error of its own ends the wait.
    expected<bool> (*ask)(void* self){};
};

/// Looks at once, then after pauses that grow, until it is so.
AWSXX_ONCE expected<void> wait_for(const look& at, const wait_options& options, clock& time,
                                   random_source& random);

/// The same for whatever can be called and says a bool, or an `expected` one.
template <class Look>
expected<void> wait_until(Look at, const wait_options& options, clock& time,
                          random_source& random) {
    const auto ask = [](void* self) -> expected<bool> { return (*static_cast<Look*>(self))(); };
    return wait_for({&at, ask}, options, time, random);
}

}  // namespace runtime

}  // namespace awsxx::inline AWSXX_ABI
