// SPDX-License-Identifier: MIT
// What it takes until the first call can be made: time, memory, and what the kernel is asked for.
#include <awsxx/session.hpp>

#include <bench/measure.hpp>
#include <bench/syscall_count.hpp>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

void construct() {
    const awsxx::session made;
    __asm__ __volatile__("" : : "r"(&made) : "memory");
}

constexpr int sessions = 1000;

/// System calls that making the first thousand sessions of a process takes.
int system_calls() {
    const auto seen = bench::syscalls_of([] {},
                                         [] {
                                             for (int i = 0; i < sessions; ++i) construct();
                                         });
    return seen.beside_memory();
}

}  // namespace

int main() {
    const int calls = system_calls();
    std::vector<double> times;
    double allocations = 0;
    for (int i = 0; i < 101; ++i) {
        const bench::cost one = bench::cost_of(sessions, construct);
        times.push_back(one.cpu_us);
        allocations = one.allocations;
    }
    std::nth_element(times.begin(), times.begin() + 50, times.end());

    std::printf("one session: %.2f us, %.1f allocations; %d sessions: %d system calls\n", times[50],
                allocations, sessions, calls);
    std::printf(
        "{\"figure\":\"session.construct\",\"microseconds\":%.2f,\"allocations\":%.1f,"
        "\"syscalls\":%d}\n",
        times[50], allocations, calls);
}
