// SPDX-License-Identifier: MIT
// Warnings about things that fail no call, each kept and told once.
#pragma once

#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI::runtime {

/// The first hundred warnings that differ. Any number of threads may use it.
class kept_warnings {
public:
    /// True if nobody has said so before.
    bool add(const std::string& warning) {
        const auto held = all_.lock();
        const bool known = std::find(held->begin(), held->end(), warning) != held->end();
        if (known || held->size() >= most) return false;
        held->push_back(warning);
        return true;
    }
    /// In the order in which they came.
    std::vector<std::string> all() const { return *all_.lock(); }

private:
    static constexpr std::size_t most = 100;

    const guarded<std::vector<std::string>> all_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
