// SPDX-License-Identifier: MIT
// How benchmarks tell what something costs at one size of many: a row of a table, and a point of a plot.
#pragma once

#include <bench/race.hpp>

#include <cstddef>
#include <cstdio>

namespace bench {

/// What one thing takes when there are `x` of whatever grows, in microseconds.
struct growth_point {
    const char* figure;
    const char* series;  ///< The line that it is a point of.
    std::size_t x;
    double baseline_us;
    double us;
    double ratio;
};

inline void tell(const growth_point& point) {
    std::printf("%-11s %9zu: baseline %10.1f us, awsxx %10.1f us, ratio %.3f\n", point.series,
                point.x, point.baseline_us, point.us, point.ratio);
    std::printf(
        "{\"figure\":\"%s\",\"series\":\"%s\",\"x\":%zu,\"ratio\":%.3f,\"us\":%.2f,"
        "\"baseline_us\":%.2f}\n",
        point.figure, point.series, point.x, point.ratio, point.us, point.baseline_us);
    std::fflush(stdout);
}

/// Time and CPU of each of many things that are done at once.
inline void tell(const char* figure, std::size_t x, const race& seen) {
    tell({figure, "time", x, seen.baseline.time_us, seen.subject.time_us, seen.time_ratio});
    tell({figure, "CPU", x, seen.baseline.cpu_us, seen.subject.cpu_us, seen.cpu_ratio});
}

/// CPU of one thing after the other.
inline void tell(const char* figure, const char* series, std::size_t x, const comparison& seen) {
    tell({figure, series, x, seen.baseline.cpu_us, seen.subject.cpu_us, seen.ratio});
}

}  // namespace bench
