// SPDX-License-Identifier: MIT
// What it takes until the first call can be made: time, memory, and what the kernel is asked for.
#include <awsxx/session.hpp>

#include <bench/measure.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

void construct() {
    const awsxx::session made;
    __asm__ __volatile__("" : : "r"(&made) : "memory");
}

constexpr int sessions = 1000;

bool is_the_allocators(long number) {
    return number == SYS_brk || number == SYS_mmap || number == SYS_munmap ||
           number == SYS_mremap || number == SYS_madvise;
}

/// The child: sessions between two calls of a system call that nothing else makes.
[[noreturn]] void construct_under_watch() {
    ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    ::raise(SIGSTOP);
    ::syscall(SYS_getpgid, 0);
    for (int i = 0; i < sessions; ++i) construct();
    ::syscall(SYS_getpgid, 0);
    ::_exit(0);
}

/// System calls that making the first thousand sessions of a process takes.
int system_calls() {
    const pid_t child = ::fork();
    if (child == 0) construct_under_watch();
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFSTOPPED(status)) std::abort();
    ::ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    int marks = 0;
    int counted = 0;
    for (;;) {
        ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
        if (::waitpid(child, &status, 0) < 0 || !WIFSTOPPED(status)) break;
        __ptrace_syscall_info info{};
        ::ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info);
        if (info.op != PTRACE_SYSCALL_INFO_ENTRY) continue;
        const auto number = static_cast<long>(info.entry.nr);
        if (number == SYS_getpgid)
            ++marks;
        else if (marks == 1 && !is_the_allocators(number))
            ++counted;
    }
    if (marks != 2) std::abort();
    return counted;
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
