// SPDX-License-Identifier: MIT
// Hands a streamed body to libcurl, neither less nor more than was promised.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/http/body_pause.hpp>
#include <awsxx/http/body_reader.hpp>
#include <awsxx/http/callback_guard.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// What is left of a body while it is sent.
class curl_upload {
public:
    void begin(const body& what) noexcept {
        source_ = what.source();
        length_ = left_ = what.size();
        problem_.reset();
    }
    /// False: the source has nothing now, and keeps what is to be resumed. One that fails is told so by
    /// `read`.
    bool ready(body_pause& here) {
        if (left_ == 0 || source_ == nullptr) return true;
        auto said = caught([&]() -> expected<bool> { return source_->ready(here); });
        if (said) return *said;
        problem_ = std::move(said).error();
        return true;
    }
    /// Fills `room`; nothing on failure, `problem()` says why.
    std::optional<std::size_t> read(std::span<char> room) {
        if (problem_) return std::nullopt;
        const auto most = std::min<std::uint64_t>(room.size(), left_);
        if (most == 0 || source_ == nullptr) return std::size_t{0};
        const std::span<char> part = room.first(static_cast<std::size_t>(most));
        auto got = caught([&] { return source_->read(part); });
        if (!got) return fail(std::move(got).error());
        if (*got == 0 || *got > most) return fail(ended_early());
        left_ -= *got;
        return *got;
    }
    /// Starts again: libcurl found that a kept connection was closed before it read an answer.
    bool rewind() {
        if (source_ != nullptr && left_ != length_ && !rewound(*source_)) return false;
        left_ = length_;
        return true;
    }
    std::uint64_t length() const noexcept { return length_; }
    std::optional<error>& problem() noexcept { return problem_; }

private:
    std::nullopt_t fail(error why) {
        problem_ = std::move(why);
        return std::nullopt;
    }
    AWSXX_COLD error ended_early() const {
        return {.kind = error_kind::invalid_argument,
                .code = "BodyTooShort",
                .message = "the body ended after " + std::to_string(length_ - left_) + " of " +
                           std::to_string(length_) + " bytes"};
    }

    body_source* source_ = nullptr;
    std::uint64_t length_ = 0;
    std::uint64_t left_ = 0;
    std::optional<error> problem_{};
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
