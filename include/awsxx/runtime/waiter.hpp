// SPDX-License-Identifier: MIT
// How waits for a state of a resource end.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/value.hpp>

#include <optional>

namespace awsxx::inline AWSXX_ABI {

namespace runtime {

/// The good end of a wait, whatever its operation is.
struct wait_end {
    std::optional<error> refusal{};  ///< The error that was waited for, as of a table that is gone.
    int attempts{};
};

/// A wait on an event loop. Destroying it ends it unheard.
class loop_wait {
public:
    loop_wait() = default;
    loop_wait(const loop_wait&) = delete;
    loop_wait& operator=(const loop_wait&) = delete;
    virtual ~loop_wait() = default;
    /// The good end, once there was one.
    virtual wait_end end() = 0;
};

}  // namespace runtime

/// The good end of a wait: what the last call gave.
template <class Output>
struct waited {
    maybe<Output> output{};          ///< Absent if an error was waited for.
    std::optional<error> refusal{};  ///< That error, as of a table that is gone.
    int attempts{};                  ///< How many calls it took.
};

}  // namespace awsxx::inline AWSXX_ABI
