// SPDX-License-Identifier: MIT
// The environment and the files of the computer, behind interfaces that tests replace.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/file_draft.hpp>
#include <awsxx/core/fork.hpp>
#include <awsxx/core/os.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// The environment variables. May be called from any thread.
class environment {
public:
    virtual ~environment() = default;
    /// The value, which may be empty; nothing if there is no such variable.
    virtual std::optional<std::string> get(std::string_view name) const = 0;
    /// The names that begin like that, in no order; none where they cannot be listed.
    virtual std::vector<std::string> names(std::string_view prefix) const {
        static_cast<void>(prefix);
        return {};
    }
};

/// The variables of this process, read at every call. As safe against `setenv` as `getenv` is.
class system_environment final : public environment {
public:
    std::optional<std::string> get(std::string_view name) const override {
        const char* value = std::getenv(std::string(name).c_str());
        if (value == nullptr) return {};
        return std::string(value);
    }
    std::vector<std::string> names(std::string_view prefix) const override {
        std::vector<std::string> found;
        for (char** one = os::variables(); one != nullptr && *one != nullptr; ++one) {
            std::string_view name = *one;
            name = name.substr(0, name.find('='));
            if (name.starts_with(prefix)) found.emplace_back(name);
        }
        return found;
    }
};

/// The variable if it has a value: AWS tools take an empty or blank one for an absent one.
inline std::optional<std::string> get_filled(const environment& from, std::string_view name) {
    auto value = from.get(name);
    if (value && text::trimmed(*value).empty()) return {};
    return value;
}

/// A lock on a file that other processes respect, given back at the end of its life.
class file_lock {
public:
    virtual ~file_lock() = default;
};

/// What came of an attempt to lock a file.
struct lock_attempt {
    std::unique_ptr<file_lock> held{};
    bool busy{};  ///< Somebody else has it. Without both there is nobody to lock out.
};

/// The bytes of a file, and who else may have them.
struct file_content {
    std::string bytes{};
    bool open_to_others{};  ///< Others than its owner may read it.
};

/// Files. May be called from any thread.
class file_system {
public:
    virtual ~file_system() = default;
    /// The whole file. Fails with `not_found` if there is none, with `too_large` beyond `limit`
    /// bytes, else with `configuration`; the message has the path and what is wrong.
    virtual expected<std::string> read(const std::string& path, std::size_t limit) const = 0;
    /// The same, and whether it is a secret; one that does not override this has secrets only.
    virtual expected<file_content> read_content(const std::string& path, std::size_t limit) const {
        auto bytes = read(path, limit);
        if (!bytes) return std::move(bytes).error();
        return file_content{.bytes = *std::move(bytes)};
    }
    /// Replaces or makes the file so that a reader sees the old or the new bytes, never a part.
    /// Only its owner may read it; missing folders are made, for the owner alone.
    virtual expected<void> write(const std::string& path, std::string_view bytes) = 0;

    /// Locks a file, which is made if there is none, against other processes. Waits for nobody.
    virtual lock_attempt try_lock(const std::string& path) {
        static_cast<void>(path);
        return {};
    }
    /// The names of the files in a folder, in no order; none if there is no such folder.
    virtual std::vector<std::string> list(const std::string& folder) const {
        static_cast<void>(folder);
        return {};
    }
    /// When a file was last written; nothing if there is no such file.
    virtual std::optional<instant> written_at(const std::string& path) const {
        static_cast<void>(path);
        return {};
    }
    /// False if it is there still.
    virtual bool remove(const std::string& path) {
        static_cast<void>(path);
        return false;
    }
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
        if (number_ >= 0) os::close(number_);
    }
    int number() const noexcept { return number_; }

private:
    int number_;
};

/// A lock that the system gives back when the process ends, however it ends. It is given up by
/// word, for the copy of the file that a forked child has would keep it; never by such a child.
class lock final : public file_lock {
public:
    explicit lock(const std::string& path) : file_(os::open_to_lock(path)) {}
    lock(const lock&) = delete;
    lock& operator=(const lock&) = delete;
    ~lock() override {
        if (taken_in_ == fork_generation() && file_.number() >= 0) os::unlock(file_.number());
    }

    /// Busy, too, if the file was removed or replaced meanwhile: others lock another one then.
    os::lock_outcome take(const std::string& path) noexcept {
        if (file_.number() < 0) return os::lock_outcome::impossible;
        const os::lock_outcome came = os::lock(file_.number());
        if (came != os::lock_outcome::taken) return came;
        const auto mine = os::state_of(file_.number());
        const auto there = os::state_of(path);
        const bool same = mine && there && mine->is_same_file(*there);
        return same ? os::lock_outcome::taken : os::lock_outcome::busy;
    }

private:
    handle file_;
    unsigned taken_in_ = fork_generation();
};

inline void make_folders(const std::string& path) {
    for (std::size_t at = 1; at < path.size(); ++at)  // those that exist stay as they are
        if (os::is_separator(path[at])) os::make_folder(path.substr(0, at));
}

}  // namespace detail::files

/// The files of this computer.
class system_files final : public file_system {
public:
    expected<std::string> read(const std::string& path, std::size_t limit) const override {
        auto all = read_content(path, limit);
        if (!all) return std::move(all).error();
        return std::move(all->bytes);
    }

    expected<file_content> read_content(const std::string& path, std::size_t limit) const override {
        const detail::files::handle file(os::open_to_read(path));
        if (file.number() < 0) return detail::files::failed("FileUnreadable", path, errno);
        const auto state = os::state_of(file.number()).value_or(os::file_state{});
        file_content all{.open_to_others = state.open_to_others()};
        std::string& text = all.bytes;
        const std::size_t size = state.plain ? static_cast<std::size_t>(state.size) : 0;
        text.reserve((std::min)(size, limit) + 1);
        for (char piece[16384];;) {
            const std::ptrdiff_t got = os::read(file.number(), piece, sizeof piece);
            if (got < 0) return detail::files::failed("FileUnreadable", path, errno);
            if (got == 0) return all;
            text.append(piece, static_cast<std::size_t>(got));
            wipe(piece, static_cast<std::size_t>(got));
            if (text.size() > limit)
                return error{.kind = error_kind::too_large,
                             .code = "FileTooLarge",
                             .message = path + ": more than " + std::to_string(limit) + " bytes"};
        }
    }

    lock_attempt try_lock(const std::string& path) override {
        detail::files::make_folders(path);
        auto locked = std::make_unique<detail::files::lock>(path);
        switch (locked->take(path)) {
            case os::lock_outcome::taken: return {.held = std::move(locked)};
            case os::lock_outcome::busy: return {.busy = true};
            case os::lock_outcome::impossible: break;
        }
        return {};
    }

    std::optional<instant> written_at(const std::string& path) const override {
        const auto state = os::state_of(path);
        if (!state) return {};
        return instant(seconds(state->seconds));
    }

    std::vector<std::string> list(const std::string& folder) const override {
        return os::names_in(folder);
    }

    bool remove(const std::string& path) override { return os::remove(path) || errno == ENOENT; }

    expected<void> write(const std::string& path, std::string_view bytes) override {
        detail::files::make_folders(path);
        detail::file_draft draft(path);
        if (draft.open(0600) && draft.write(bytes) && draft.commit()) return {};
        return detail::files::failed("FileUnwritable", path, errno);
    }
};

}  // namespace awsxx::inline AWSXX_ABI
