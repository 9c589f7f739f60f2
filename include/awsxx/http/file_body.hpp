// SPDX-License-Identifier: MIT
// A body that is read from a file while it is sent.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/os.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <system_error>

namespace awsxx::inline AWSXX_ABI::http {

/// Reads an open file from `begin` on, again after a rewind. Closes it at the end.
class file_source final : public body_source {
public:
    explicit file_source(std::FILE* file, std::uint64_t begin = 0) noexcept
        : file_(file), begin_(begin) {}
    ~file_source() override { std::fclose(file_); }
    file_source(const file_source&) = delete;
    file_source& operator=(const file_source&) = delete;

    expected<std::size_t> read(std::span<char> room) override {
        const std::size_t got = std::fread(room.data(), 1, room.size(), file_);
        if (got != 0 || std::ferror(file_) == 0) return got;
        return error{.kind = error_kind::invalid_argument,
                     .code = "FileUnreadable",
                     .message = std::generic_category().message(errno)};
    }
    bool rewind() override {
        std::clearerr(file_);
        return os::seek(file_, begin_);
    }

private:
    std::FILE* file_;
    std::uint64_t begin_;
};

namespace detail::file {

AWSXX_COLD inline error unusable(const std::string& path, const std::string& why) {
    return {
        .kind = error_kind::invalid_argument, .code = "FileUnusable", .message = path + ": " + why};
}

}  // namespace detail::file

/// `length` bytes of the file at `path` from `begin` on, as a body. The file is opened now and
/// must not change until it is sent.
inline expected<body> file_body(const std::string& path, std::uint64_t begin,
                                std::uint64_t length) {
    if (const auto found = os::state_of(path); found && !found->plain)  // a pipe would wait
        return detail::file::unusable(path, "it is not a file with a length");
    std::FILE* file = os::open_stream(path);
    if (file == nullptr)
        return detail::file::unusable(path, std::generic_category().message(errno));
    const auto source = std::make_shared<file_source>(file, begin);
    const auto state = os::state_of(file);
    if (!state || !state->plain)
        return detail::file::unusable(path, "it is not a file with a length");
    const auto size = static_cast<std::uint64_t>(state->size);
    if (begin > size || length > size - begin)
        return detail::file::unusable(path, "it ends after " + std::to_string(size) + " bytes");
    if (!source->rewind())
        return detail::file::unusable(path, std::generic_category().message(errno));
    return body::stream(source, length);
}

/// The whole file at `path`, as a body.
inline expected<body> file_body(const std::string& path) {
    const auto state = os::state_of(path);
    if (!state) return detail::file::unusable(path, std::generic_category().message(errno));
    return file_body(path, 0, static_cast<std::uint64_t>(state->size));
}

}  // namespace awsxx::inline AWSXX_ABI::http
