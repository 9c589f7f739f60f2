// SPDX-License-Identifier: MIT
// A map that keeps the order of insertion, in which some cases want it to be sent.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace conformance {

template <class Key, class Value>
class kept_order {
public:
    using value_type = std::pair<Key, Value>;

    std::pair<value_type*, bool> try_emplace(Key&& key) {
        for (auto& one : all_)
            if (one.first == key) return {&one, false};
        return {&all_.emplace_back(std::move(key), Value{}), true};
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
