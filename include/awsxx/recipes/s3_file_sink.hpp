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

    /// Makes the file beside it. First of all.
    expected<void> open() {
        static std::atomic<unsigned> last{0};
        for (int i = 0; i < 100; ++i) {
            beside_ =
                path_ + "." + std::to_string(::getpid()) + "." + std::to_string(++last) + ".part";
            file_ = ::open(beside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (file_ >= 0) return {};
            if (errno != EEXIST) break;
        }
        const int why = errno;
        beside_.clear();
        return failed(why);
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

    /// Replaces what stands at the path.
    expected<void> commit() {
        if (!close() || std::rename(beside_.c_str(), path_.c_str()) != 0) return failed(errno);
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
