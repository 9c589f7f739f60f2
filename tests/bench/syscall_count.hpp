// SPDX-License-Identifier: MIT
// Counts the system calls that something makes, by tracing a child process that does it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {

/// What a traced child did.
struct syscall_count {
    std::map<long, int> calls{};         ///< By number.
    std::map<std::string, int> files{};  ///< That it opened, by path.

    int of(long number) const {
        const auto found = calls.find(number);
        return found == calls.end() ? 0 : found->second;
    }
    /// All but those that get memory.
    int beside_memory() const {
        int count = 0;
        for (const auto& [number, times] : calls)
            if (number != SYS_brk && number != SYS_mmap && number != SYS_munmap &&
                number != SYS_mremap && number != SYS_madvise)
                count += times;
        return count;
    }
};

namespace detail::syscall_count {

/// The text at an address of the child.
inline std::string text_at(pid_t child, std::uint64_t address) {
    std::string text;
    while (text.size() < 4096) {
        const long word = ::ptrace(PTRACE_PEEKDATA, child, address + text.size(), nullptr);
        const char* const bytes = reinterpret_cast<const char*>(&word);
        const std::string_view piece(bytes, sizeof word);
        text += piece.substr(0, piece.find('\0'));
        if (piece.find('\0') != piece.npos) break;
    }
    return text;
}

}  // namespace detail::syscall_count

/// Calls `prepare` and then `act` in a child; counts what `act` asks the kernel for. The child's other
/// threads are not traced.
inline syscall_count syscalls_of(const std::function<void()>& prepare,
                                 const std::function<void()>& act) {
    constexpr long mark = SYS_getpgid;  // nothing else makes it
    const pid_t child = ::fork();
    if (child == 0) {
        prepare();
        ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        ::raise(SIGSTOP);
        ::syscall(mark, 0);
        act();
        ::syscall(mark, 0);
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFSTOPPED(status)) std::abort();
    ::ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    syscall_count seen;
    for (int marks = 0;;) {
        ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
        if (::waitpid(child, &status, 0) < 0 || !WIFSTOPPED(status)) {
            if (marks != 2) std::abort();
            return seen;
        }
        __ptrace_syscall_info info{};
        ::ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info);
        if (info.op != PTRACE_SYSCALL_INFO_ENTRY) continue;
        const auto number = static_cast<long>(info.entry.nr);
        if (number == mark) ++marks;
        if (number == mark || marks != 1) continue;
        ++seen.calls[number];
        if (number == SYS_openat)
            ++seen.files[detail::syscall_count::text_at(child, info.entry.args[1])];
    }
}

}  // namespace bench
