// SPDX-License-Identifier: MIT
// A file that is there only once it is whole.
#pragma once

#include <awsxx/core/os.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::detail {

/// Writes beside the path, under a name of its own; `commit` puts it in its place. Without that
/// nothing is left. Used by one thread. What is false has set `errno`.
class file_draft {
public:
    explicit file_draft(std::string path) : path_(std::move(path)) {}
    file_draft(const file_draft&) = delete;
    file_draft& operator=(const file_draft&) = delete;
    ~file_draft() {
        close();
        if (!beside_.empty()) os::remove(beside_);
    }

    const std::string& path() const noexcept { return path_; }

    /// First of all. Of `mode` the process's own mask takes away.
    bool open(unsigned mode) {
        static std::atomic<std::uint64_t> last{0};
        for (int i = 0; i < 100 && file_ < 0; ++i) {
            std::uint64_t number = 0;  // without random numbers the rest is unlike enough
            os::fill_random(&number, sizeof number);
            number ^= ++last ^ std::uint64_t{os::process_number()} << 32;
            beside_ = short_of_name() + "." + std::to_string(number) + ".part";
            file_ = os::open_new(beside_, mode);
            if (file_ < 0 && errno != EEXIST) break;
        }
        if (file_ < 0) beside_.clear();
        return file_ >= 0;
    }
    /// Whatever the process's own mask says.
    bool set_mode(unsigned mode) noexcept { return os::set_mode(file_, mode); }
    bool write(std::string_view piece) noexcept { return os::write_all(file_, piece); }
    /// Replaces what stands at the path, after the bytes are on the disk.
    bool commit() {
        if (!os::sync(file_) || !close() || !os::replace(beside_, path_)) return false;
        beside_.clear();
        return true;
    }

private:
    /// The path without the end of a name that leaves no room for more: systems allow 255 bytes.
    std::string short_of_name() const {
        constexpr std::size_t most = 200;
        std::size_t begin = path_.size();
        while (begin > 0 && !os::is_separator(path_[begin - 1])) --begin;
        std::size_t end = (std::min)(path_.size(), begin + most);
        while (end < path_.size() && (static_cast<unsigned char>(path_[end]) & 0xc0u) == 0x80u)
            --end;  // not in the middle of a character
        return path_.substr(0, end);
    }

    bool close() noexcept { return file_ < 0 || os::close(std::exchange(file_, -1)); }

    std::string path_;
    std::string beside_{};
    int file_ = -1;
};

}  // namespace awsxx::inline AWSXX_ABI::detail
