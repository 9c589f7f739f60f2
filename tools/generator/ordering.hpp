// SPDX-License-Identifier: MIT
// Puts definitions into an order in which each is complete where it has to be.
#pragma once

#include "plan.hpp"

#include <cstddef>
#include <set>
#include <string>

namespace generator {

/// What a shape is made of comes before it; where shapes go in a circle, one is declared before.
class ordering {
public:
    explicit ordering(plan& of) : plan_(of) {}

    void run();

private:
    void define(const std::string& id);
    void define_parts(const std::string& id);
    void define_operation(std::size_t which);
    std::set<std::string> unknown_parts(const std::string& id) const;

    plan& plan_;
    std::set<std::string> begun_{};
    std::set<std::string> done_{};
};

}  // namespace generator
