// SPDX-License-Identifier: MIT
// A host name whose look-up takes as long as a test wants.
#pragma once

namespace test {

/// Look-ups of "slow.invalid" wait while it lives; it ends when the last of them has ended. One at a
/// time. Needs slow_name.cpp in the program.
class slow_name {
public:
    slow_name();
    slow_name(const slow_name&) = delete;
    slow_name& operator=(const slow_name&) = delete;
    ~slow_name();

    static constexpr const char* url = "http://slow.invalid/";
    /// Look-ups that wait.
    int waiting() const;
};

}  // namespace test
