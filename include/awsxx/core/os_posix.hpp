// SPDX-License-Identifier: MIT
// Files, processes and threads of POSIX systems, in the words of core/os.hpp.
//
// Beside net_posix.hpp the only file that calls such a system. What returns -1 or false has set `errno`.
#pragma once

#include <awsxx/core/file_state.hpp>
#include <awsxx/core/version.hpp>

#if !defined(_WIN32)

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__APPLE__)
#include <crt_externs.h>
#include <sys/random.h>
#endif

namespace awsxx::inline AWSXX_ABI::os {

// Files

namespace detail::posix {

inline file_state state_of(const struct stat& about) noexcept {
#if defined(__APPLE__)
    const ::timespec& written = about.st_mtimespec;
#else
    const ::timespec& written = about.st_mtim;
#endif
    return {.device = static_cast<std::uint64_t>(about.st_dev),
            .number = about.st_ino,
            .size = about.st_size,
            .seconds = written.tv_sec,
            .nanoseconds = written.tv_nsec,
            .mode = static_cast<unsigned>(about.st_mode & 0777),
            .plain = S_ISREG(about.st_mode)};
}

}  // namespace detail::posix

inline std::optional<file_state> state_of(const std::string& path) noexcept {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return {};
    return detail::posix::state_of(about);
}
inline std::optional<file_state> state_of(int file) noexcept {
    struct stat about {};
    if (::fstat(file, &about) != 0) return {};
    return detail::posix::state_of(about);
}
inline std::optional<file_state> state_of(std::FILE* file) noexcept {
    return state_of(::fileno(file));
}

inline bool is_separator(char c) noexcept { return c == '/'; }

inline int open_to_read(const std::string& path) noexcept {
    return ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
}
/// One that others lock, too; made where there is none, for its owner alone.
inline int open_to_lock(const std::string& path) noexcept {
    return ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}
/// Fails where there is one.
inline int open_new(const std::string& path, unsigned mode) noexcept {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, static_cast<mode_t>(mode));
}
inline std::FILE* open_stream(const std::string& path) noexcept {
    return std::fopen(path.c_str(), "rbe");
}
inline bool seek(std::FILE* file, std::uint64_t to) noexcept {
    return ::fseeko(file, static_cast<off_t>(to), SEEK_SET) == 0;
}

/// How many bytes were there; 0 at the end.
inline std::ptrdiff_t read(int file, char* into, std::size_t size) noexcept {
    std::ptrdiff_t got = 0;
    do got = ::read(file, into, size);
    while (got < 0 && errno == EINTR);
    return got;
}
inline bool write_all(int file, std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}
/// Returns once the bytes are on the disk.
inline bool sync(int file) noexcept { return ::fsync(file) == 0; }
inline bool close(int file) noexcept { return ::close(file) == 0; }
/// Whatever the process takes away from new files.
inline bool set_mode(int file, unsigned mode) noexcept {
    return ::fchmod(file, static_cast<mode_t>(mode)) == 0;
}
/// Gives a file another one's name; whoever reads that sees the old or the new one.
inline bool replace(const std::string& from, const std::string& to) noexcept {
    return ::rename(from.c_str(), to.c_str()) == 0;
}
inline bool remove(const std::string& path) noexcept { return ::unlink(path.c_str()) == 0; }
inline bool make_folder(const std::string& path) noexcept {
    return ::mkdir(path.c_str(), 0700) == 0;
}
inline std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), &::closedir);
    if (!open) return names;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): each thread reads a stream of its own
    while (const dirent* entry = ::readdir(open.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
    }
    return names;
}

/// Keeps other processes from locking it, until `unlock` or the end of the process.
inline lock_outcome lock(int file) noexcept {
    if (::flock(file, LOCK_EX | LOCK_NB) == 0) return lock_outcome::taken;
    return errno == EWOULDBLOCK || errno == EINTR ? lock_outcome::busy : lock_outcome::impossible;
}
inline void unlock(int file) noexcept { ::flock(file, LOCK_UN); }

// This process

inline unsigned process_number() noexcept { return static_cast<unsigned>(::getpid()); }
/// The variables, "NAME=value" each, and null behind the last.
inline char** variables() noexcept {
#if defined(__APPLE__)
    return *_NSGetEnviron();
#else
    return ::environ;
#endif
}
/// At most 256 bytes that nobody can foresee. False: there are none to be had.
inline bool fill_random(void* into, std::size_t size) noexcept {
    return ::getentropy(into, size) == 0;
}
/// A function of a library that the program has loaded; null where there is none.
inline void* find_function(const char* name) noexcept { return ::dlsym(RTLD_DEFAULT, name); }
inline void sleep_for(std::int64_t milliseconds) noexcept {
    ::timespec left{.tv_sec = static_cast<::time_t>(milliseconds / 1000),
                    .tv_nsec = static_cast<long>(milliseconds % 1000) * 1'000'000};
    while (::nanosleep(&left, &left) != 0 && errno == EINTR) {}
}
/// What is called around each `fork` from now on; any may be null.
inline void at_fork(void (*before)(), void (*in_parent)(), void (*in_child)()) noexcept {
    ::pthread_atfork(before, in_parent, in_child);
}

/// A thread. Unlike std::thread it says so where there can be no other one.
class thread {
public:
    bool start(void* (*run)(void*), void* with) noexcept {
        return ::pthread_create(&id_, nullptr, run, with) == 0;
    }
    void join() noexcept { ::pthread_join(id_, nullptr); }

private:
    pthread_t id_{};
};

// Other processes

/// A pipe whose ends are not inherited, and never are 0, 1 or 2, which a child gets anew.
inline bool make_pipe(int& reading, int& writing) noexcept {
    int ends[2];
#if defined(__linux__)
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
#else
    if (::pipe(ends) != 0) return false;
#endif
    for (int& end : ends) {
        const int kept = ::fcntl(end, F_DUPFD_CLOEXEC, 3);
        ::close(end);
        end = kept;
    }
    reading = ends[0];
    writing = ends[1];
    return reading >= 0 && writing >= 0;
}

/// Waits until one of two pipes has something to say, or its end; a negative one has nothing.
inline std::array<bool, 2> wait_for_pipes(int first, int second, int milliseconds) noexcept {
    pollfd both[] = {{first, POLLIN, 0}, {second, POLLIN, 0}};
    if (::poll(both, 2, milliseconds) <= 0) return {};
    return {first >= 0 && both[0].revents != 0, second >= 0 && both[1].revents != 0};
}

/// A child, with a process group and standard outputs of its own and nothing to read; killed with
/// its group unless it came to its end.
class child_process {
public:
    child_process() = default;
    child_process(const child_process&) = delete;
    child_process& operator=(const child_process&) = delete;
    ~child_process() {
        if (ended_) return;
        ::kill(-child_, SIGKILL);
        ended(0);
    }

    /// Once. 0, or the number of an error: `ENOENT`, `EACCES`, `ENOEXEC` ...
    int start(const std::vector<std::string>& command, int out, int err) {
        std::vector<char*> words;
        words.reserve(command.size() + 1);
        for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        posix_spawn_file_actions_t files{};
        posix_spawnattr_t attributes{};
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawnattr_init(&attributes);
        int problem = prepare(files, out, err);
        prepare(attributes);
        if (problem == 0)
            problem =
                ::posix_spawnp(&child_, words[0], &files, &attributes, words.data(), variables());
        ::posix_spawn_file_actions_destroy(&files);
        ::posix_spawnattr_destroy(&attributes);
        ended_ = problem != 0;
        return problem;
    }
    bool has_ended() noexcept { return ended_ || ended(WNOHANG); }
    /// As shells count it: 128 and more for a signal.
    int exit_status() const noexcept {
        return WIFSIGNALED(status_) ? 128 + WTERMSIG(status_) : WEXITSTATUS(status_);
    }

private:
    static int prepare(posix_spawn_file_actions_t& files, int out, int err) noexcept {
        int problem = ::posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
        if (problem == 0) problem = ::posix_spawn_file_actions_adddup2(&files, out, 1);
        if (problem == 0) problem = ::posix_spawn_file_actions_adddup2(&files, err, 2);
#if defined(__GLIBC__) && defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 34)
        // What else the program has open, perhaps without knowing, is none of the child's business.
        if (problem == 0) problem = ::posix_spawn_file_actions_addclosefrom_np(&files, 3);
#endif
#endif
        return problem;
    }
    static void prepare(posix_spawnattr_t& attributes) noexcept {
        sigset_t set;
        sigemptyset(&set);
        ::posix_spawnattr_setsigmask(&attributes, &set);
        sigaddset(&set, SIGPIPE);
        sigaddset(&set, SIGCHLD);
        ::posix_spawnattr_setsigdefault(&attributes, &set);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        constexpr int all = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
        ::posix_spawnattr_setflags(&attributes, static_cast<short>(all));
    }
    bool ended(int how) noexcept {
        pid_t said = 0;
        do said = ::waitpid(child_, &status_, how);
        while (said < 0 && errno == EINTR);
        // A program that ignores SIGCHLD is never told the status: the output has to do.
        if (said < 0) status_ = 0;
        return ended_ = said != 0;
    }

    pid_t child_ = 0;
    int status_ = 0;
    bool ended_ = true;
};

}  // namespace awsxx::inline AWSXX_ABI::os

#endif
