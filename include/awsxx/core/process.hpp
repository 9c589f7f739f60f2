// SPDX-License-Identifier: MIT
// Running programs as an interface, which tests replace.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// What a program may take.
struct process_limits {
    milliseconds time{60'000};             ///< Then it is killed, with all that it has started.
    std::size_t output_bytes = 64 * 1024;  ///< Of its standard output; of errors as much is kept.
};

/// What a program left. What it wrote may be secret: `wipe` it.
struct process_output {
    int exit_status{};  ///< 128 and the signal's number if a signal ended it.
    std::string out{};
    std::string err{};
};

/// Runs programs. May be called from any thread.
class process_runner {
public:
    virtual ~process_runner() = default;
    /// Runs `command`, program and arguments, and waits for its end. The program is looked for in
    /// PATH unless it has a slash; nothing stands on its standard input.
    ///
    /// Fails with `not_found`, `configuration` (it cannot be run), `timeout` or `too_large`, and
    /// names the program; an exit status other than 0 is no failure here.
    virtual expected<process_output> run(const std::vector<std::string>& command,
                                         const process_limits& limits) = 0;
};

}  // namespace awsxx::inline AWSXX_ABI
