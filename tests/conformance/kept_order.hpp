// SPDX-License-Identifier: MIT
// A map that keeps the order of insertion, in which some cases want it to be sent.
#pragma once

#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

namespace conformance {

template <class Key, class Value>
class kept_order {
public:
    using value_type = std::pair<Key, Value>;

    /// As `std::map`'s, for a value without arguments; the hint means nothing.
    value_type* emplace_hint(typename std::vector<value_type>::const_iterator,
                             std::piecewise_construct_t, std::tuple<Key&&> key, std::tuple<>) {
        for (auto& one : all_)
            if (one.first == std::get<0>(key)) return &one;
        return &all_.emplace_back(std::move(std::get<0>(key)), Value{});
    }
    std::size_t size() const { return all_.size(); }
    bool empty() const { return all_.empty(); }
    void clear() { all_.clear(); }
    auto begin() const { return all_.begin(); }
    auto end() const { return all_.end(); }

private:
    std::vector<value_type> all_{};
};

}  // namespace conformance
