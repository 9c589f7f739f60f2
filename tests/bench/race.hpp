// SPDX-License-Identifier: MIT
// How fast many things are done at once, and what each costs, two ways of doing them in turns.
#pragma once

#include <bench/measure.hpp>
#include <bench/median.hpp>

#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

namespace bench {

/// Of one thing among those.
struct pace {
    double time_us{};
    double cpu_us{};
    double allocations{};
    double per_second() const { return 1e6 / time_us; }
};

/// `act` does so many things.
template <class Act>
pace pace_of(std::size_t times, Act& act) {
    const auto made = test::allocations_so_far();
    const double cpu = cpu_us_so_far();
    const auto begin = std::chrono::steady_clock::now();
    act();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
    const auto count = static_cast<double>(times);
    const auto more = static_cast<double>((test::allocations_so_far() - made).count);
    return {took.count() / count, (cpu_us_so_far() - cpu) / count, more / count};
}

/// The medians of all rounds, and of their ratios: the subject's to the baseline's.
struct race {
    pace baseline{};
    pace subject{};
    double time_ratio{};
    double cpu_ratio{};
};

inline pace middle(const std::vector<pace>& all) {
    const auto of = [&all](double pace::*what) {
        std::vector<double> each;
        for (const pace& one : all) each.push_back(one.*what);
        return median(std::move(each));
    };
    return {of(&pace::time_us), of(&pace::cpu_us), of(&pace::allocations)};
}

/// Both have to do `times` things whenever they are called.
template <class Baseline, class Subject>
race race_between(int rounds, std::size_t times, Baseline baseline, Subject subject) {
    std::vector<pace> first;
    std::vector<pace> second;
    std::vector<double> time_ratios;
    std::vector<double> cpu_ratios;
    baseline();
    subject();
    for (int i = 0; i < rounds; ++i) {
        first.push_back(pace_of(times, baseline));
        second.push_back(pace_of(times, subject));
        time_ratios.push_back(second.back().time_us / first.back().time_us);
        cpu_ratios.push_back(second.back().cpu_us / first.back().cpu_us);
    }
    return {middle(first), middle(second), median(time_ratios), median(cpu_ratios)};
}

}  // namespace bench
