// SPDX-License-Identifier: MIT
// Files, processes and threads of Windows, in the words of core/os.hpp.
//
// Beside net_windows.hpp the only file that calls that system. What returns -1 or false has set `errno`.
// Paths are UTF-8.
#pragma once

#include <awsxx/core/file_state.hpp>
#include <awsxx/core/version.hpp>

#if defined(_WIN32)

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <winsock2.h>

#include <windows.h>

#include <bcrypt.h>
#include <fcntl.h>
#include <io.h>
#include <process.h>
#include <sys/stat.h>

namespace awsxx::inline AWSXX_ABI::os {

namespace detail::windows {

inline std::wstring wide(std::string_view text) {
    const int size = static_cast<int>(text.size());
    const int room = ::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0);
    std::wstring made(static_cast<std::size_t>(room), L'\0');
    ::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, made.data(), room);
    return made;
}
inline std::string narrow(std::wstring_view text) {
    const int size = static_cast<int>(text.size());
    const int room =
        ::WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr);
    std::string made(static_cast<std::size_t>(room), '\0');
    ::WideCharToMultiByte(CP_UTF8, 0, text.data(), size, made.data(), room, nullptr, nullptr);
    return made;
}

/// Says the system's last error in the words of `errno`.
inline int failure() noexcept {
    switch (::GetLastError()) {
        case ERROR_FILE_NOT_FOUND:
        case ERROR_INVALID_NAME: return errno = ENOENT;
        case ERROR_PATH_NOT_FOUND: return errno = ENOTDIR;
        case ERROR_ACCESS_DENIED:
        case ERROR_SHARING_VIOLATION: return errno = EACCES;
        case ERROR_BAD_EXE_FORMAT: return errno = ENOEXEC;
        case ERROR_NOT_ENOUGH_MEMORY: return errno = ENOMEM;
        case ERROR_TOO_MANY_OPEN_FILES: return errno = EMFILE;
        case ERROR_FILE_EXISTS:
        case ERROR_ALREADY_EXISTS: return errno = EEXIST;
        default: return errno = EIO;
    }
}
inline bool worked(BOOL did) noexcept {
    if (did == FALSE) failure();
    return did != FALSE;
}
inline HANDLE handle_of(int file) noexcept {
    return reinterpret_cast<HANDLE>(::_get_osfhandle(file));
}

/// A handle, closed at the end of its life.
class handle {
public:
    explicit handle(HANDLE what = nullptr) noexcept : what_(what) {}
    handle(const handle&) = delete;
    handle& operator=(const handle&) = delete;
    ~handle() { reset(); }
    HANDLE get() const noexcept { return what_; }
    void reset(HANDLE what = nullptr) noexcept {
        if (what_ != nullptr && what_ != INVALID_HANDLE_VALUE) ::CloseHandle(what_);
        what_ = what;
    }

private:
    HANDLE what_;
};

constexpr std::uint64_t joined(std::uint64_t high, std::uint64_t low) noexcept {
    return high << 32 | low;
}

inline std::optional<file_state> state_of(HANDLE file) noexcept {
    BY_HANDLE_FILE_INFORMATION about{};
    if (!worked(::GetFileInformationByHandle(file, &about))) return {};
    // hundreds of nanoseconds since 1601
    const auto written = static_cast<std::int64_t>(
        joined(about.ftLastWriteTime.dwHighDateTime, about.ftLastWriteTime.dwLowDateTime));
    constexpr std::int64_t a_second = 10'000'000;
    return file_state{
        .device = about.dwVolumeSerialNumber,
        .number = joined(about.nFileIndexHigh, about.nFileIndexLow),
        .size = static_cast<std::int64_t>(joined(about.nFileSizeHigh, about.nFileSizeLow)),
        .seconds = written / a_second - 11'644'473'600,
        .nanoseconds = written % a_second * 100,
        .mode = 0600,  // who else may read it is for access lists to say
        .plain =
            (about.dwFileAttributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_DEVICE)) == 0};
}

}  // namespace detail::windows

// Files

inline std::optional<file_state> state_of(const std::string& path) {
    constexpr DWORD others = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    const detail::windows::handle file(
        ::CreateFileW(detail::windows::wide(path).c_str(), FILE_READ_ATTRIBUTES, others, nullptr,
                      OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr));
    return detail::windows::state_of(file.get());
}
inline std::optional<file_state> state_of(int file) noexcept {
    return detail::windows::state_of(detail::windows::handle_of(file));
}
inline std::optional<file_state> state_of(std::FILE* file) noexcept {
    return state_of(::_fileno(file));
}

inline bool is_separator(char c) noexcept { return c == '/' || c == '\\'; }

inline int open_to_read(const std::string& path) {
    return ::_wopen(detail::windows::wide(path).c_str(), _O_RDONLY | _O_BINARY | _O_NOINHERIT);
}
/// One that others lock, too; made where there is none.
inline int open_to_lock(const std::string& path) {
    return ::_wopen(detail::windows::wide(path).c_str(),
                    _O_RDWR | _O_CREAT | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
}
/// Fails where there is one. Who may read it the folder's access list says.
inline int open_new(const std::string& path, unsigned) {
    return ::_wopen(detail::windows::wide(path).c_str(),
                    _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY | _O_NOINHERIT,
                    _S_IREAD | _S_IWRITE);
}
inline std::FILE* open_stream(const std::string& path) {
    return ::_wfopen(detail::windows::wide(path).c_str(), L"rbN");
}
inline bool seek(std::FILE* file, std::uint64_t to) noexcept {
    return ::_fseeki64(file, static_cast<std::int64_t>(to), SEEK_SET) == 0;
}

/// How many bytes were there; 0 at the end.
inline std::ptrdiff_t read(int file, char* into, std::size_t size) noexcept {
    return ::_read(file, into, static_cast<unsigned>(size));
}
inline bool write_all(int file, std::string_view bytes) noexcept {
    constexpr std::size_t most = std::size_t{1} << 30;
    while (!bytes.empty()) {
        const std::size_t size = bytes.size() < most ? bytes.size() : most;
        const int written = ::_write(file, bytes.data(), static_cast<unsigned>(size));
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}
/// Returns once the bytes are on the disk.
inline bool sync(int file) noexcept { return ::_commit(file) == 0; }
inline bool close(int file) noexcept { return ::_close(file) == 0; }
inline bool set_mode(int, unsigned) noexcept { return true; }
/// Gives a file another one's name; whoever reads that sees the old or the new one.
inline bool replace(const std::string& from, const std::string& to) {
    return detail::windows::worked(
        ::MoveFileExW(detail::windows::wide(from).c_str(), detail::windows::wide(to).c_str(),
                      MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH));
}
inline bool remove(const std::string& path) {
    return detail::windows::worked(::DeleteFileW(detail::windows::wide(path).c_str()));
}
inline bool make_folder(const std::string& path) {
    return detail::windows::worked(
        ::CreateDirectoryW(detail::windows::wide(path).c_str(), nullptr));
}
inline std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    WIN32_FIND_DATAW found{};
    const HANDLE all = ::FindFirstFileW(detail::windows::wide(folder + "\\*").c_str(), &found);
    if (all == INVALID_HANDLE_VALUE) return names;
    do {
        std::string name = detail::windows::narrow(found.cFileName);
        if (name != "." && name != "..") names.push_back(std::move(name));
    } while (::FindNextFileW(all, &found) != FALSE);
    ::FindClose(all);
    return names;
}

/// Keeps other processes from locking it, until `unlock` or the end of the process.
inline lock_outcome lock(int file) noexcept {
    OVERLAPPED from_begin{};
    constexpr DWORD how = LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY;
    if (::LockFileEx(detail::windows::handle_of(file), how, 0, 1, 0, &from_begin) != FALSE)
        return lock_outcome::taken;
    return ::GetLastError() == ERROR_LOCK_VIOLATION ? lock_outcome::busy : lock_outcome::impossible;
}
inline void unlock(int file) noexcept {
    OVERLAPPED from_begin{};
    ::UnlockFileEx(detail::windows::handle_of(file), 0, 1, 0, &from_begin);
}

// This process

inline unsigned process_number() noexcept { return ::GetCurrentProcessId(); }
/// The variables, "NAME=value" each, and null behind the last.
inline char** variables() noexcept { return _environ; }
/// Bytes that nobody can foresee. False: there are none to be had.
inline bool fill_random(void* into, std::size_t size) noexcept {
    return ::BCryptGenRandom(nullptr, static_cast<PUCHAR>(into), static_cast<ULONG>(size),
                             BCRYPT_USE_SYSTEM_PREFERRED_RNG) == 0;
}
/// A function of OpenSSL's TLS library, if the program has loaded that; else null.
inline void* find_function(const char* name) noexcept {
    for (const char* library : {"libssl-3-x64.dll", "libssl-3-arm64.dll", "libssl-3.dll"})
        if (const HMODULE loaded = ::GetModuleHandleA(library); loaded != nullptr)
            return reinterpret_cast<void*>(::GetProcAddress(loaded, name));
    return nullptr;
}
inline void sleep_for(std::int64_t milliseconds) noexcept {
    constexpr std::int64_t a_day = 86'400'000;
    for (; milliseconds > a_day; milliseconds -= a_day) ::Sleep(static_cast<DWORD>(a_day));
    ::Sleep(static_cast<DWORD>(milliseconds));
}
/// Nothing is: there is no `fork`.
inline void at_fork(void (*)(), void (*)(), void (*)()) noexcept {}

/// A thread. Unlike std::thread it says so where there can be no other one.
class thread {
public:
    bool start(void* (*run)(void*), void* with) noexcept {
        run_ = run;
        with_ = with;
        id_.reset(reinterpret_cast<HANDLE>(::_beginthreadex(nullptr, 0, &begin, this, 0, nullptr)));
        return id_.get() != nullptr;
    }
    void join() noexcept { ::WaitForSingleObject(id_.get(), INFINITE); }

private:
    static unsigned __stdcall begin(void* self) {
        auto& mine = *static_cast<thread*>(self);
        mine.run_(mine.with_);
        return 0;
    }

    void* (*run_)(void*) = nullptr;
    void* with_ = nullptr;
    detail::windows::handle id_{};
};

}  // namespace awsxx::inline AWSXX_ABI::os

#endif
