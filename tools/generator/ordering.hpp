// SPDX-License-Identifier: MIT
// Puts definitions into an order in which each is complete where it has to be.
#pragma once

#include "plan.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace generator {

/// What a shape is made of comes before it. What only lists, maps and boxes of it need may come
/// later, where shapes go in a circle, and is declared before.
class ordering {
public:
    explicit ordering(plan& of) : plan_(of) {}

    void run();

private:
    void define(const std::string& id);
    void define_parts(const std::string& id);
    void define_later(const std::string& owner);
    void define_operation(std::size_t which);
    /// True if `id` has to hold, in itself, a structure whose definition is not finished.
    bool must_wait(const std::string& id) const;
    std::set<std::string> unknown_parts(const std::string& id) const;

    plan& plan_;
    std::set<std::string> begun_{};
    std::set<std::string> done_{};
    std::vector<std::string> postponed_{};
};

}  // namespace generator
