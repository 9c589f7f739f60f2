// SPDX-License-Identifier: MIT
// The time that the computer has.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/os.hpp>
#include <awsxx/core/version.hpp>

#include <chrono>

namespace awsxx::inline AWSXX_ABI {

/// The computer's own clocks.
class system_clock final : public clock {
public:
    instant now() const noexcept override {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    }
    steady_instant steady_now() const noexcept override {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::steady_clock::now());
    }
    // <thread> would do the same and cost everybody who includes this more.
    void sleep(milliseconds pause) override {
        if (pause > milliseconds(0)) os::sleep_for(pause.count());
    }
};

}  // namespace awsxx::inline AWSXX_ABI
