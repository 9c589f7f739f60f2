// SPDX-License-Identifier: MIT
// Hands out what is uploaded part by part, in order.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/os.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/http/callback_guard.hpp>
#include <awsxx/http/file_body.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3::detail {

/// What is uploaded. Used by one thread.
class part_source {
public:
    virtual ~part_source() = default;
    /// Of all; absent where that is not known.
    virtual std::optional<std::uint64_t> size() const = 0;
    /// The next part, which can be read any number of times, also after those behind it were asked
    /// for. Shorter than `most` only at the end, and empty behind that.
    virtual expected<http::body> next(std::uint64_t most) = 0;
    /// Asked behind the last part: fails if the parts may be of different states of it.
    virtual expected<void> unchanged() { return {}; }
};

/// The caller's memory, which is not copied.
class memory_parts final : public part_source {
public:
    explicit memory_parts(std::string_view all) : left_(all), size_(all.size()) {}

    std::optional<std::uint64_t> size() const override { return size_; }
    expected<http::body> next(std::uint64_t most) override {
        const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(most, left_.size()));
        const std::string_view part = left_.substr(0, length);
        left_.remove_prefix(length);
        return http::body::view(part);
    }

private:
    std::string_view left_;
    std::uint64_t size_;
};

/// A file, read while it is sent. One that changes meanwhile is an error.
class file_parts final : public part_source {
public:
    explicit file_parts(std::string path) : path_(std::move(path)), state_(state_now()) {}

    std::optional<std::uint64_t> size() const override {
        return static_cast<std::uint64_t>(state_.size);
    }
    expected<http::body> next(std::uint64_t most) override {
        const std::uint64_t length = (std::min)(most, *size() - at_);
        auto part = http::file_body(path_, at_, length);
        if (auto same = unchanged(); !same) return std::move(same).error();
        if (part) at_ += length;
        return part;
    }
    expected<void> unchanged() override {
        if (state_now().is_unchanged_since(state_)) return {};
        return error{.kind = error_kind::invalid_argument,
                     .code = "FileChanged",
                     .message = path_ + ": it changed while it was uploaded"};
    }

private:
    os::file_state state_now() const noexcept {
        return os::state_of(path_).value_or(os::file_state{});
    }

    std::string path_;
    os::file_state state_;
    std::uint64_t at_ = 0;
};

/// Bytes that may come only once: parts lie in memory as long as they are there. What their source throws is an
/// error, so that an upload of it is given up.
class stream_parts final : public part_source {
public:
    /// Reads `size` bytes of the source, or all that it has.
    stream_parts(http::body_source& from, std::optional<std::uint64_t> size)
        : from_(&from), size_(size) {}

    std::optional<std::uint64_t> size() const override { return size_; }
    expected<http::body> next(std::uint64_t most) override {
        const std::uint64_t wanted = size_ ? (std::min)(most, *size_ - at_) : most;
        std::string part;
        std::size_t filled = 0;
        while (!ended_ && filled < wanted) {
            if (part.size() == filled) grow(part, wanted);
            const std::span room(part.data() + filled, part.size() - filled);
            const auto got = http::detail::caught([&] { return from_->read(room); });
            if (!got) return got.error();
            if (*got > room.size()) return broken("the body's source gave more than was asked for");
            ended_ = *got == 0;
            filled += *got;
        }
        if (size_ && filled < wanted)
            return broken("the body ends after " + std::to_string(at_ + filled) + " of " +
                          std::to_string(*size_) + " bytes");
        at_ += filled;
        part.resize(filled);
        return http::body(std::move(part));
    }

private:
    AWSXX_COLD static error broken(std::string why) {
        return {.kind = error_kind::invalid_argument,
                .code = "CannotReadBody",
                .message = std::move(why)};
    }

    /// Small bodies do not take the room of a whole part; behind a first part others are as large.
    void grow(std::string& part, std::uint64_t wanted) const {
        constexpr std::uint64_t first = std::uint64_t{1} << 16;
        const std::uint64_t more = at_ != 0 ? wanted : std::uint64_t{part.size()} * 2;
        part.resize(static_cast<std::size_t>((std::min)(wanted, (std::max)(first, more))));
    }

    http::body_source* from_;
    std::optional<std::uint64_t> size_;
    std::uint64_t at_ = 0;
    bool ended_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3::detail
