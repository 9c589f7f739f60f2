// SPDX-License-Identifier: MIT
// Runs the programs of this computer, without a shell and within limits.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/process.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__APPLE__)
#include <crt_externs.h>
#endif

namespace awsxx::inline AWSXX_ABI {

namespace detail::child {

/// A descriptor, closed at the end of its life.
class descriptor {
public:
    descriptor() = default;
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    ~descriptor() { reset(); }
    int get() const noexcept { return number_; }
    void reset(int number = -1) noexcept {
        if (number_ >= 0) ::close(number_);
        number_ = number;
    }

private:
    int number_ = -1;
};

/// A pipe whose ends are not inherited, and never are 0, 1 or 2, which the child gets anew.
class pipe_ends {
public:
    bool open() noexcept {
        int ends[2];
#if defined(__linux__)
        if (::pipe2(ends, O_CLOEXEC) != 0) return false;
#else
        if (::pipe(ends) != 0) return false;
#endif
        const bool reads = adopt(read, ends[0]);
        return adopt(write, ends[1]) && reads;
    }
    descriptor read{};
    descriptor write{};

private:
    static bool adopt(descriptor& into, int number) noexcept {
        into.reset(::fcntl(number, F_DUPFD_CLOEXEC, 3));
        ::close(number);
        return into.get() >= 0;
    }
};

/// What the child begins with: descriptors, signals and a group of its own.
class spawn_plan {
public:
    spawn_plan() noexcept {
        ::posix_spawn_file_actions_init(&files_);
        ::posix_spawnattr_init(&attributes_);
    }
    spawn_plan(const spawn_plan&) = delete;
    spawn_plan& operator=(const spawn_plan&) = delete;
    ~spawn_plan() {
        ::posix_spawn_file_actions_destroy(&files_);
        ::posix_spawnattr_destroy(&attributes_);
    }

    /// 0 or an error number.
    int start(pid_t& child, const std::vector<std::string>& command, int out, int err) {
        std::vector<char*> words;
        words.reserve(command.size() + 1);
        for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        if (const int problem = prepare(out, err); problem != 0) return problem;
        return ::posix_spawnp(&child, words[0], &files_, &attributes_, words.data(), variables());
    }

private:
    int prepare(int out, int err) noexcept {
        int problem = ::posix_spawn_file_actions_addopen(&files_, 0, "/dev/null", O_RDONLY, 0);
        if (problem == 0) problem = ::posix_spawn_file_actions_adddup2(&files_, out, 1);
        if (problem == 0) problem = ::posix_spawn_file_actions_adddup2(&files_, err, 2);
#if defined(__GLIBC__) && defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 34)
        // What else the program has open, perhaps without knowing, is none of the child's business.
        if (problem == 0) problem = ::posix_spawn_file_actions_addclosefrom_np(&files_, 3);
#endif
#endif
        sigset_t set;
        sigemptyset(&set);
        ::posix_spawnattr_setsigmask(&attributes_, &set);
        sigaddset(&set, SIGPIPE);
        sigaddset(&set, SIGCHLD);
        ::posix_spawnattr_setsigdefault(&attributes_, &set);
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        ::posix_spawnattr_setflags(
            &attributes_, static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                             POSIX_SPAWN_SETSIGDEF));
        return problem;
    }
    static char** variables() noexcept {
#if defined(__APPLE__)
        return *_NSGetEnviron();
#else
        return environ;
#endif
    }

    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

/// A child that is running; killed with its group unless it came to its end.
class running {
public:
    explicit running(pid_t child) noexcept : child_(child) {}
    running(const running&) = delete;
    running& operator=(const running&) = delete;
    ~running() {
        if (ended_) return;
        ::kill(-child_, SIGKILL);
        ended(0);
    }
    bool has_ended() noexcept { return ended_ || ended(WNOHANG); }
    int exit_status() const noexcept {
        return WIFSIGNALED(status_) ? 128 + WTERMSIG(status_) : WEXITSTATUS(status_);
    }

private:
    bool ended(int how) noexcept {
        pid_t said = 0;
        do said = ::waitpid(child_, &status_, how);
        while (said < 0 && errno == EINTR);
        // A program that ignores SIGCHLD is never told the status: the output has to do.
        if (said < 0) status_ = 0;
        return ended_ = said != 0;
    }

    pid_t child_;
    int status_ = 0;
    bool ended_ = false;
};

/// Where one of the child's outputs goes.
struct outlet {
    pollfd watched;
    std::string* into;
    std::size_t limit;
    bool overflown = false;

    bool open() const noexcept { return watched.fd >= 0; }
    /// Reads a piece; closes at the end.
    void take() {
        std::array<char, 4096> piece;
        const ssize_t size = ::read(watched.fd, piece.data(), piece.size());
        if (size < 0 && (errno == EINTR || errno == EAGAIN)) return;
        if (size <= 0) {
            watched.fd = -1;
            return;
        }
        const std::size_t room = limit - into->size();
        overflown |= static_cast<std::size_t>(size) > room;
        into->append(piece.data(), (std::min)(room, static_cast<std::size_t>(size)));
        wipe(piece.data(), piece.size());
    }
};

AWSXX_COLD inline error failed(error_kind kind, const char* code, const std::string& program,
                               const std::string& what) {
    return {.kind = kind,
            .retryable = kind == error_kind::timeout,
            .code = code,
            .message = program + ": " + what};
}

AWSXX_COLD inline error not_started(const std::string& program, int number) {
    const bool has_path = program.find('/') != std::string::npos;
    if (number == ENOENT || number == ENOTDIR)
        return failed(error_kind::not_found, "ProgramNotFound", program,
                      has_path ? "there is no such program, or its first line names one that there "
                                 "is not"
                               : "there is no such program in PATH");
    if (number == EACCES)
        return failed(error_kind::configuration, "ProgramNotExecutable", program,
                      "it is not executable");
    if (number == ENOEXEC)
        return failed(error_kind::configuration, "ProgramNotExecutable", program,
                      "it is neither a program nor a script that begins with #!");
    return failed(error_kind::configuration, "ProgramNotStarted", program,
                  std::generic_category().message(number));
}

}  // namespace detail::child

/// Runs the programs of this computer, with the environment of this process.
///
/// A program gets a process group of its own, so that all of it can be killed; it can therefore
/// not ask on the terminal. What it leaves running in the background after its end stays.
class system_processes final : public process_runner {
public:
    expected<process_output> run(const std::vector<std::string>& command,
                                 const process_limits& limits) override {
        using namespace detail::child;
        if (command.empty() || command[0].empty())
            return error{.kind = error_kind::invalid_argument,
                         .code = "EmptyCommand",
                         .message = "the command names no program"};
        pipe_ends out;
        pipe_ends err;
        if (!out.open() || !err.open()) return not_started(command[0], errno);
        pid_t number = 0;
        const int problem = spawn_plan().start(number, command, out.write.get(), err.write.get());
        if (problem != 0) return not_started(command[0], problem);
        running child(number);
        out.write.reset();
        err.write.reset();
        process_output result;
        result.out.reserve(limits.output_bytes);  // no copy stays behind where they grew
        result.err.reserve(limits.output_bytes);
        outlet out_end{{out.read.get(), POLLIN, 0}, &result.out, limits.output_bytes};
        outlet err_end{{err.read.get(), POLLIN, 0}, &result.err, limits.output_bytes};
        if (auto heard = listen(child, {&out_end, &err_end}, command[0], limits); !heard) {
            wipe(result.out);
            wipe(result.err);
            return std::move(heard).error();
        }
        result.exit_status = child.exit_status();
        return result;
    }

private:
    using outlets = std::array<detail::child::outlet*, 2>;

    static expected<void> listen(detail::child::running& child, const outlets& ends,
                                 const std::string& program, const process_limits& limits) {
        using detail::child::failed;
        const system_clock time;
        const steady_instant end = time.steady_now() + limits.time;
        for (;;) {
            const bool over = child.has_ended();  // asked first: what it wrote is there by now
            const bool heard = wait_for(ends, over ? milliseconds(0) : pause(ends, end));
            if (ends[0]->overflown)
                return failed(
                    error_kind::too_large, "OutputTooLarge", program,
                    "more than " + std::to_string(limits.output_bytes) + " bytes of output");
            if (over && !heard) return {};
            if (time.steady_now() >= end)
                return failed(error_kind::timeout, "ProcessTimeout", program,
                              "no end after " + std::to_string(limits.time.count()) + " ms");
        }
    }

    /// How long to wait before looking whether the child has ended.
    static milliseconds pause(const outlets& ends, steady_instant end) {
        const milliseconds step(ends[0]->open() || ends[1]->open() ? 20 : 1);
        return std::clamp(end - system_clock().steady_now(), milliseconds(0), step);
    }

    /// Takes what comes within the pause. False: nothing did.
    static bool wait_for(const outlets& ends, milliseconds pause) {
        pollfd both[] = {ends[0]->watched, ends[1]->watched};
        if (::poll(both, 2, static_cast<int>(pause.count())) <= 0) return false;
        for (std::size_t i = 0; i < ends.size(); ++i)
            if (ends[i]->open() && both[i].revents != 0) ends[i]->take();
        return true;
    }
};

}  // namespace awsxx::inline AWSXX_ABI
