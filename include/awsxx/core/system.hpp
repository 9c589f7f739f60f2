// SPDX-License-Identifier: MIT
// The environment and the files of the computer, behind interfaces that tests replace.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace awsxx::inline AWSXX_ABI {

/// The environment variables. May be called from any thread.
class environment {
public:
    virtual ~environment() = default;
    /// The value, which may be empty; nothing if there is no such variable.
    virtual std::optional<std::string> get(std::string_view name) const = 0;
};

/// The variables of this process, read at every call. As safe against `setenv` as `getenv` is.
class system_environment final : public environment {
public:
    std::optional<std::string> get(std::string_view name) const override {
        const char* value = std::getenv(std::string(name).c_str());
        if (value == nullptr) return {};
        return std::string(value);
    }
};

/// The variable if it has a value: AWS tools take an empty one for an absent one.
inline std::optional<std::string> get_filled(const environment& from, std::string_view name) {
    auto value = from.get(name);
    if (value && value->empty()) return {};
    return value;
}

/// Files. May be called from any thread.
class file_system {
public:
    virtual ~file_system() = default;
    /// The whole file. Fails with `not_found` if there is none, with `too_large` beyond `limit`
    /// bytes, else with `configuration`; the message has the path and what is wrong.
    virtual expected<std::string> read(const std::string& path, std::size_t limit) const = 0;
    /// Replaces or makes the file so that a reader sees the old or the new bytes, never a part.
    /// Only its owner may read it; missing folders are made, for the owner alone.
    virtual expected<void> write(const std::string& path, std::string_view bytes) = 0;
};

namespace detail::files {

AWSXX_COLD inline error failed(const char* what, const std::string& path, int number) {
    const bool absent = number == ENOENT || number == ENOTDIR;
    return {.kind = absent ? error_kind::not_found : error_kind::configuration,
            .code = absent ? "FileNotFound" : what,
            .message = path + ": " + std::generic_category().message(number)};
}

/// An open file, closed at the end of its life.
class handle {
public:
    explicit handle(int number) noexcept : number_(number) {}
    handle(const handle&) = delete;
    handle& operator=(const handle&) = delete;
    ~handle() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const noexcept { return number_; }

private:
    int number_;
};

inline bool write_all(int to, std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const ssize_t written = ::write(to, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

inline void make_folders(const std::string& path) {
    for (std::size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1))
        ::mkdir(path.substr(0, at).c_str(), 0700);  // those that exist stay as they are
}

}  // namespace detail::files

/// The files of this computer.
class system_files final : public file_system {
public:
    expected<std::string> read(const std::string& path, std::size_t limit) const override {
        const detail::files::handle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (file.number() < 0) return detail::files::failed("FileUnreadable", path, errno);
        std::string text;
        for (char piece[16384];;) {
            const ssize_t size = ::read(file.number(), piece, sizeof piece);
            if (size < 0 && errno == EINTR) continue;
            if (size < 0) return detail::files::failed("FileUnreadable", path, errno);
            if (size == 0) return text;
            text.append(piece, static_cast<std::size_t>(size));
            if (text.size() > limit)
                return error{.kind = error_kind::too_large,
                             .code = "FileTooLarge",
                             .message = path + ": more than " + std::to_string(limit) + " bytes"};
        }
    }

    expected<void> write(const std::string& path, std::string_view bytes) override {
        detail::files::make_folders(path);
        std::string draft = path + ".XXXXXX";
        const detail::files::handle file(::mkstemp(draft.data()));  // made with mode 0600
        if (file.number() < 0) return detail::files::failed("FileUnwritable", path, errno);
        if (detail::files::write_all(file.number(), bytes) &&
            ::rename(draft.c_str(), path.c_str()) == 0)
            return {};
        const int number = errno;
        ::unlink(draft.c_str());
        return detail::files::failed("FileUnwritable", path, number);
    }
};

}  // namespace awsxx::inline AWSXX_ABI
