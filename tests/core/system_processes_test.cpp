// SPDX-License-Identifier: MIT
#include <awsxx/core/system_processes.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

expected<process_output> run(const std::vector<std::string>& command,
                             const process_limits& limits = {}) {
    system_processes processes;
    return processes.run(command, limits);
}

expected<process_output> shell(const std::string& script, const process_limits& limits = {}) {
    return run({"/bin/sh", "-c", script}, limits);
}

/// A file with that mode, gone afterwards.
class scratch_file {
public:
    scratch_file(const std::string& text, std::filesystem::perms mode) {
        const int made = ::mkstemp(path.data());
        REQUIRE(made >= 0);
        ::close(made);
        std::ofstream(path) << text;
        std::filesystem::permissions(path, mode);
    }
    scratch_file(const scratch_file&) = delete;
    scratch_file& operator=(const scratch_file&) = delete;
    ~scratch_file() { std::filesystem::remove(path); }

    std::string path = (std::filesystem::temp_directory_path() / "awsxx-run-XXXXXX").string();
};

/// True as well for one that nobody has waited for yet.
bool has_ended(pid_t process) {
    if (::kill(process, 0) != 0) return true;
    std::string about;
    std::getline(std::ifstream("/proc/" + std::to_string(process) + "/stat"), about);
    return about.find(") Z ") != std::string::npos;
}

}  // namespace

TEST_CASE("processes: a program gets its words as they are and its output comes back") {
    const auto ran = run({"/bin/echo", "a b", "$HOME", "'c'", ";"});

    REQUIRE(ran);
    CHECK(ran->out == "a b $HOME 'c' ;\n");
    CHECK(ran->err.empty());
    CHECK(ran->exit_status == 0);
}

TEST_CASE("processes: a program without a slash is looked for in PATH") {
    CHECK(run({"echo", "x"})->out == "x\n");
}

TEST_CASE("processes: errors are kept apart, and the exit status is told") {
    const auto ran = shell("echo out; echo err >&2; exit 3");

    REQUIRE(ran);
    CHECK(ran->out == "out\n");
    CHECK(ran->err == "err\n");
    CHECK(ran->exit_status == 3);
    CHECK(shell("kill -TERM $$")->exit_status == 128 + SIGTERM);
}

TEST_CASE("processes: nothing stands on standard input") { CHECK(run({"/bin/cat"})->out.empty()); }

TEST_CASE("processes: one that does not end is killed with all that it started") {
    const auto before = std::chrono::steady_clock::now();
    const scratch_file note("", std::filesystem::perms::owner_all);

    const auto late = shell("sleep 30 & echo $! > " + note.path + "; wait", {.time = 200ms});

    REQUIRE_FALSE(late);
    CHECK(late.error().kind == error_kind::timeout);
    CHECK(to_string(late.error()) == "ProcessTimeout: /bin/sh: no end after 200 ms");
    CHECK(std::chrono::steady_clock::now() - before < 10s);
    pid_t started = 0;
    std::ifstream(note.path) >> started;
    REQUIRE(started > 0);
    while (!has_ended(started)) std::this_thread::yield();
}

TEST_CASE("processes: one may take the longest time there is") {
    CHECK(shell("echo here", {.time = awsxx::milliseconds::max()}).has_value());
}

TEST_CASE("processes: one that closes its outputs and goes on is waited for, within the limit") {
    CHECK(run({"/bin/sh", "-c", "exec >&- 2>&-; exit 4"})->exit_status == 4);
    CHECK(shell("exec >&- 2>&-; exec sleep 30", {.time = 50ms}).error().kind ==
          error_kind::timeout);
}

TEST_CASE("processes: what stays in the background does not hold the answer up") {
    const auto ran = shell("sleep 30 & echo $!");

    REQUIRE(ran);
    const pid_t started = std::stoi(ran->out);
    CHECK_FALSE(has_ended(started));
    ::kill(started, SIGKILL);
}

TEST_CASE("processes: output has a limit, errors are cut") {
    const auto much = run({"/bin/cat", "/dev/zero"}, {.output_bytes = 1000});
    REQUIRE_FALSE(much);
    CHECK(much.error().kind == error_kind::too_large);
    CHECK(much.error().message == "/bin/cat: more than 1000 bytes of output");

    CHECK(shell("printf 12345", {.output_bytes = 5})->out == "12345");
    CHECK(shell("printf 123456 >&2; printf 1", {.output_bytes = 5})->err == "12345");
}

TEST_CASE("processes: much output is read whole") {
    const auto ran = shell("head -c 60000 /dev/zero; head -c 70000 /dev/zero >&2");

    REQUIRE(ran);
    CHECK(ran->out.size() == 60000);
    CHECK(ran->err.size() == 64 * 1024);
}

TEST_CASE("processes: a program that cannot be run is said plainly") {
    const scratch_file script("#!/bin/sh\n", std::filesystem::perms::owner_read);
    const scratch_file text("hello", std::filesystem::perms::owner_all);

    CHECK(to_string(run({"/nowhere/tool"}).error()) ==
          "ProgramNotFound: /nowhere/tool: there is no such program, or its first line names one "
          "that there is not");
    CHECK(run({"/nowhere/tool"}).error().kind == error_kind::not_found);
    CHECK(to_string(run({"awsxx-no-such-tool"}).error()) ==
          "ProgramNotFound: awsxx-no-such-tool: there is no such program in PATH");
    CHECK(to_string(run({script.path}).error()) ==
          "ProgramNotExecutable: " + script.path + ": it is not executable");
    CHECK(run({text.path}).error().code == "ProgramNotExecutable");
    CHECK(run({}).error().code == "EmptyCommand");
    CHECK(run({""}).error().code == "EmptyCommand");
}

TEST_CASE("processes: a program inherits no descriptor but its three") {
    const int mine = ::fcntl(STDERR_FILENO, F_DUPFD, 200);  // without O_CLOEXEC
    REQUIRE(mine >= 200);

    const auto ran = shell("ls /proc/self/fd 2>/dev/null | grep -cx " + std::to_string(mine));

    ::close(mine);
    REQUIRE(ran);
#if defined(__linux__) && __GLIBC_PREREQ(2, 34)
    CHECK(ran->out == "0\n");
#endif
}

TEST_CASE("processes: a program can be told to stop even where its caller blocks or ignores it") {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, &before);

    const auto ran = shell("kill -TERM $$");

    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    REQUIRE(ran);
    CHECK(ran->exit_status == 128 + SIGTERM);
}

TEST_CASE("processes: leave no descriptor open") {
    const auto open_now = [] {
        const std::filesystem::directory_iterator all("/proc/self/fd");
        return std::distance(begin(all), end(all));
    };
    if (!std::filesystem::exists("/proc/self/fd")) return;
    const auto before = open_now();

    (void)shell("exit 0");
    (void)run({"/nowhere/tool"});
    (void)shell("sleep 30", {.time = 20ms});

    CHECK(open_now() == before);
}
