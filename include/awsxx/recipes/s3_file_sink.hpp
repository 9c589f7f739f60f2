// SPDX-License-Identifier: MIT
// Writes a file that is there only once it is whole.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace awsxx::inline AWSXX_ABI::recipes::s3::detail {

/// Writes beside the path, under a name of its own; `commit` puts it in its place. Without that
/// nothing is left. Used by one thread.
class file_sink final : public http::body_sink {
public:
    explicit file_sink(std::string path) : path_(std::move(path)) {}
    file_sink(const file_sink&) = delete;
    file_sink& operator=(const file_sink&) = delete;
    ~file_sink() override {
        close();
        if (!beside_.empty()) ::unlink(beside_.c_str());
    }

    /// Makes the file beside it, with the mode of the one that it will replace. First of all.
    expected<void> open() {
        static std::atomic<unsigned> last{0};
        struct stat before {};
        const bool replaces = ::stat(path_.c_str(), &before) == 0 && S_ISREG(before.st_mode);
        const mode_t mode = replaces ? before.st_mode & mode_t{0777} : mode_t{0666};
        for (int i = 0; i < 100; ++i) {
            beside_ =
                path_ + "." + std::to_string(::getpid()) + "." + std::to_string(++last) + ".part";
            file_ = ::open(beside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
            if (file_ >= 0) break;
            if (errno != EEXIST) break;
        }
        if (file_ < 0) {
            beside_.clear();
            return failed(errno);
        }
        if (replaces && ::fchmod(file_, mode) != 0) return failed(errno);  // despite the umask
        return {};
    }

    expected<void> write(std::string_view piece) override {
        while (!piece.empty()) {
            const ssize_t written = ::write(file_, piece.data(), piece.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return failed(errno);
            piece.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }
    bool restart() override { return false; }

    /// Replaces what stands at the path, after the bytes are on the disk.
    expected<void> commit() {
        if (::fsync(file_) != 0 || !close() || std::rename(beside_.c_str(), path_.c_str()) != 0)
            return failed(errno);
        beside_.clear();
        return {};
    }

private:
    bool close() {
        if (file_ < 0) return true;
        return ::close(std::exchange(file_, -1)) == 0;
    }

    AWSXX_COLD error failed(int number) const {
        return {.kind = error_kind::configuration,
                .code = "FileNotWritten",
                .message = path_ + ": " + std::generic_category().message(number)};
    }

    std::string path_;
    std::string beside_{};
    int file_ = -1;
};

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3::detail
