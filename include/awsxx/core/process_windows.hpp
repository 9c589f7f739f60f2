// SPDX-License-Identifier: MIT
// Child processes and their pipes on Windows, in the words of core/os.hpp.
#pragma once

#include <awsxx/core/os_windows.hpp>
#include <awsxx/core/version.hpp>

#if defined(_WIN32)

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <windows.h>

#include <fcntl.h>
#include <io.h>

namespace awsxx::inline AWSXX_ABI::os {

namespace detail::windows {

/// A word of a command line, as programs of Microsoft's C library take them apart.
inline void append_quoted(std::string& line, std::string_view word) {
    if (!line.empty()) line += ' ';
    line += '"';
    std::size_t slashes = 0;
    for (const char c : word) {
        if (c == '"') line.append(slashes + 1, '\\');  // those before a quote count twice
        slashes = c == '\\' ? slashes + 1 : 0;
        line += c;
    }
    line.append(slashes, '\\');
    line += '"';
}

/// What of this process a child gets: three handles and no others.
class inherited {
public:
    inherited(HANDLE in, HANDLE out, HANDLE err) {
        const HANDLE from[] = {in, out, err};
        const HANDLE self = ::GetCurrentProcess();
        for (std::size_t i = 0; i < all_.size(); ++i)
            ::DuplicateHandle(self, from[i], self, &all_[i], 0, TRUE, DUPLICATE_SAME_ACCESS);
        SIZE_T size = 0;
        ::InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
        room_.resize(size);
        ::InitializeProcThreadAttributeList(list(), 1, 0, &size);
        ::UpdateProcThreadAttribute(list(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, all_.data(),
                                    sizeof all_, nullptr, nullptr);
    }
    inherited(const inherited&) = delete;
    inherited& operator=(const inherited&) = delete;
    ~inherited() {
        ::DeleteProcThreadAttributeList(list());
        for (const HANDLE one : all_)
            if (one != nullptr) ::CloseHandle(one);
    }

    STARTUPINFOEXW startup() noexcept {
        STARTUPINFOEXW made{};
        made.StartupInfo.cb = sizeof made;
        made.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
        made.StartupInfo.hStdInput = all_[0];
        made.StartupInfo.hStdOutput = all_[1];
        made.StartupInfo.hStdError = all_[2];
        made.lpAttributeList = list();
        return made;
    }

private:
    LPPROC_THREAD_ATTRIBUTE_LIST list() noexcept {
        return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(room_.data());
    }

    std::array<HANDLE, 3> all_{};
    std::vector<std::byte> room_{};
};

inline bool has_news(int pipe) noexcept {
    DWORD size = 0;
    // it fails where the other end is closed, which reading tells
    return pipe >= 0 &&
           (::PeekNamedPipe(handle_of(pipe), nullptr, 0, nullptr, &size, nullptr) == FALSE ||
            size != 0);
}

}  // namespace detail::windows

/// A pipe whose ends are not inherited.
inline bool make_pipe(int& reading, int& writing) noexcept {
    int ends[2]{-1, -1};
    if (::_pipe(ends, 65536, _O_BINARY | _O_NOINHERIT) != 0) return false;
    reading = ends[0];
    writing = ends[1];
    return true;
}

/// Waits until one of two pipes has something to say, or its end; a negative one has nothing.
inline std::array<bool, 2> wait_for_pipes(int first, int second, int milliseconds) noexcept {
    for (;; --milliseconds) {
        using detail::windows::has_news;
        const std::array<bool, 2> ready{has_news(first), has_news(second)};
        if (ready[0] || ready[1] || milliseconds <= 0) return ready;
        ::Sleep(1);
    }
}

/// A child in a job of its own, with standard outputs of its own and nothing to read; killed with
/// its job unless it came to its end.
class child_process {
public:
    child_process() = default;
    child_process(const child_process&) = delete;
    child_process& operator=(const child_process&) = delete;
    ~child_process() {
        if (!has_ended()) ::TerminateJobObject(job_.get(), 1);
    }

    /// Once. 0, or the number of an error: `ENOENT`, `EACCES`, `ENOEXEC` ...
    int start(const std::vector<std::string>& command, int out, int err) {
        using namespace detail::windows;
        std::string line;
        for (const std::string& word : command) append_quoted(line, word);
        std::wstring words = wide(line);  // CreateProcessW may write into it
        const handle nothing(::CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ, nullptr,
                                           OPEN_EXISTING, 0, nullptr));
        inherited handles(nothing.get(), handle_of(out), handle_of(err));
        STARTUPINFOEXW startup = handles.startup();
        PROCESS_INFORMATION made{};
        constexpr DWORD how = CREATE_SUSPENDED | CREATE_NO_WINDOW | EXTENDED_STARTUPINFO_PRESENT;
        if (::CreateProcessW(nullptr, words.data(), nullptr, nullptr, TRUE, how, nullptr, nullptr,
                             &startup.StartupInfo, &made) == FALSE)
            return failure();
        process_.reset(made.hProcess);
        const handle thread(made.hThread);
        job_.reset(::CreateJobObjectW(nullptr, nullptr));
        ::AssignProcessToJobObject(job_.get(), made.hProcess);
        ::ResumeThread(made.hThread);
        return 0;
    }
    bool has_ended() noexcept {
        return process_.get() == nullptr ||
               ::WaitForSingleObject(process_.get(), 0) == WAIT_OBJECT_0;
    }
    int exit_status() const noexcept {
        DWORD status = 0;
        ::GetExitCodeProcess(process_.get(), &status);
        return static_cast<int>(status);
    }

private:
    detail::windows::handle process_{};
    detail::windows::handle job_{};
};

}  // namespace awsxx::inline AWSXX_ABI::os

#endif
