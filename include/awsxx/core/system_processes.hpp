// SPDX-License-Identifier: MIT
// Runs the programs of this computer, without a shell and within limits.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/os.hpp>
#include <awsxx/core/process.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

namespace detail::child {

/// A pipe, whose ends are closed at the end of its life.
class pipe_ends {
public:
    pipe_ends() = default;
    pipe_ends(const pipe_ends&) = delete;
    pipe_ends& operator=(const pipe_ends&) = delete;
    ~pipe_ends() {
        if (read_ >= 0) os::close(read_);
        close_write();
    }
    bool open() noexcept { return os::make_pipe(read_, write_); }
    int read() const noexcept { return read_; }
    int write() const noexcept { return write_; }
    void close_write() noexcept {
        if (write_ >= 0) os::close(std::exchange(write_, -1));
    }

private:
    int read_ = -1;
    int write_ = -1;
};

/// Where one of the child's outputs goes.
struct outlet {
    int pipe;
    std::string* into;
    std::size_t limit;
    bool overflown = false;

    bool open() const noexcept { return pipe >= 0; }
    /// Reads a piece; closes at the end.
    void take() {
        std::array<char, 4096> piece;
        const std::ptrdiff_t size = os::read(pipe, piece.data(), piece.size());
        if (size <= 0) {
            pipe = -1;
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
        os::child_process child;
        if (const int problem = child.start(command, out.write(), err.write()); problem != 0)
            return not_started(command[0], problem);
        out.close_write();
        err.close_write();
        process_output result;
        result.out.reserve(limits.output_bytes);  // no copy stays behind where they grew
        result.err.reserve(limits.output_bytes);
        outlet out_end{out.read(), &result.out, limits.output_bytes};
        outlet err_end{err.read(), &result.err, limits.output_bytes};
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

    static expected<void> listen(os::child_process& child, const outlets& ends,
                                 const std::string& program, const process_limits& limits) {
        using detail::child::failed;
        const system_clock time;
        const steady_instant end = moment_after(time.steady_now(), limits.time);
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
        const auto ready =
            os::wait_for_pipes(ends[0]->pipe, ends[1]->pipe, static_cast<int>(pause.count()));
        for (std::size_t i = 0; i < ends.size(); ++i)
            if (ready[i]) ends[i]->take();
        return ready[0] || ready[1];
    }
};

}  // namespace awsxx::inline AWSXX_ABI
