// SPDX-License-Identifier: MIT
// What a request carries: nothing, memory, a file, or what a callback hands out.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace awsxx::inline AWSXX_ABI::http {

/// Bytes that are read piece by piece while they are sent. Called from one thread at a time.
class body_source {
public:
    virtual ~body_source() = default;
    /// Fills as much of `room` as it can; 0 means the end.
    virtual expected<std::size_t> read(std::span<char> room) = 0;
    /// Starts again from the first byte, for another attempt. False: that cannot be done.
    virtual bool rewind() = 0;
};

/// A request's body. Its length is always known: AWS wants it, and libcurl reconnects without.
class body {
public:
    body() = default;
    body(std::string bytes) : content_(std::move(bytes)) {}
    body(const char* bytes) : content_(std::string(bytes)) {}

    /// Sends the caller's bytes without a copy. They have to live as long as the call.
    static body view(std::string_view bytes) { return body(content(bytes)); }
    /// Sends `length` bytes of `source`. Fewer: the call fails and nothing is retried.
    static body stream(std::shared_ptr<body_source> source, std::uint64_t length) {
        return body(content(streamed{std::move(source), length}));
    }

    std::uint64_t size() const noexcept {
        if (const auto* live = std::get_if<streamed>(&content_)) return live->length;
        return bytes().size();
    }
    bool empty() const noexcept { return size() == 0; }
    /// True if the whole body lies in memory, as `bytes()`.
    bool in_memory() const noexcept { return !std::holds_alternative<streamed>(content_); }
    std::string_view bytes() const noexcept {
        if (const auto* own = std::get_if<std::string>(&content_)) return *own;
        if (const auto* seen = std::get_if<std::string_view>(&content_)) return *seen;
        return {};
    }
    /// The source of a streamed body, else null.
    body_source* source() const noexcept {
        const auto* live = std::get_if<streamed>(&content_);
        return live ? live->source.get() : nullptr;
    }

    /// Overwrites and empties bytes of its own.
    void wipe() noexcept {
        if (auto* own = std::get_if<std::string>(&content_)) awsxx::wipe(*own);
    }

private:
    struct streamed {
        std::shared_ptr<body_source> source;
        std::uint64_t length;
    };
    using content = std::variant<std::string, std::string_view, streamed>;
    explicit body(content what) : content_(std::move(what)) {}

    content content_{};
};

}  // namespace awsxx::inline AWSXX_ABI::http
