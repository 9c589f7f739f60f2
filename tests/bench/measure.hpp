// SPDX-License-Identifier: MIT
// CPU time and allocations of things done many times, two of them in turns.
#pragma once

#include <support/alloc_count.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

#include <sys/resource.h>

namespace bench {

/// What doing something once costs.
struct cost {
    double cpu_us{};
    double allocations{};
};

inline double cpu_us_so_far() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

/// The mean over `times` of `act`.
template <class Act>
cost cost_of(std::uint64_t times, Act&& act) {
    const auto before = test::allocations_so_far();
    const double begin = cpu_us_so_far();
    for (std::uint64_t i = 0; i < times; ++i) act();
    const double spent = cpu_us_so_far() - begin;
    const auto made = test::allocations_so_far() - before;
    const auto count = static_cast<double>(times);
    return {spent / count, static_cast<double>(made.count) / count};
}

/// Both, in turns so that whatever else the machine does meets both, and the median of the
/// rounds' ratios, which is steadier than the ratio of their means.
struct comparison {
    cost baseline{};
    cost subject{};
    double ratio{};
};

template <class Baseline, class Subject>
comparison compare(std::uint64_t rounds, std::uint64_t times, Baseline&& baseline,
                   Subject&& subject) {
    std::vector<double> ratios;
    std::vector<cost> first;
    std::vector<cost> second;
    cost_of(times / 4 + 1, baseline);
    cost_of(times / 4 + 1, subject);
    for (std::uint64_t i = 0; i < rounds; ++i) {
        first.push_back(cost_of(times, baseline));
        second.push_back(cost_of(times, subject));
        ratios.push_back(second.back().cpu_us / first.back().cpu_us);
    }
    const auto by_cpu = [](const cost& a, const cost& b) { return a.cpu_us < b.cpu_us; };
    const auto middle = static_cast<std::ptrdiff_t>(rounds / 2);
    std::nth_element(first.begin(), first.begin() + middle, first.end(), by_cpu);
    std::nth_element(second.begin(), second.begin() + middle, second.end(), by_cpu);
    std::nth_element(ratios.begin(), ratios.begin() + middle, ratios.end());
    const auto index = static_cast<std::size_t>(middle);
    return {first[index], second[index], ratios[index]};
}

}  // namespace bench
