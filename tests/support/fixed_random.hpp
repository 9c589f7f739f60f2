// SPDX-License-Identifier: MIT
// Random numbers that a test chooses.
#pragma once

#include <awsxx/core/random.hpp>

#include <cstdint>

namespace test {

/// Gives the same number for ever.
class fixed_random final : public awsxx::random_source {
public:
    explicit fixed_random(std::uint64_t number = 0) : number_(number) {}
    std::uint64_t next() override { return number_; }

private:
    std::uint64_t number_;
};

}  // namespace test
