// SPDX-License-Identifier: MIT
// What a request carries: nothing, memory, a file, or what a callback hands out.
#pragma once

#include <awsxx/core/expected_fwd.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http {

class body_pause;

/// Bytes that are read piece by piece while they are sent. Called from one thread at a time.
class body_source {
public:
    virtual ~body_source() = default;
    /// Asked before each piece that is sent. False: not now. Who says so keeps `here.later()`, and the
    /// transfer stands still until that is resumed. See `body_sink::ready`; where a hash or a signature
    /// needs the bytes before they are sent, `read` is called without a question.
    virtual bool ready(body_pause& here) {
        static_cast<void>(here);
        return true;
    }
    /// Fills as much of `room` as it can; 0 means the end.
    virtual expected<std::size_t> read(std::span<char> room) = 0;
    /// Starts from the first byte, for a call and for each further attempt. False: that cannot be
    /// done; then it is read once, from where it is.
    virtual bool rewind() = 0;
};

namespace detail::kept_source {

/// Keeps a source alive by the pointer that its owner has. Services with streams include this
/// header, and <memory> would cost them half as much again as all that they include.
struct keeper {
    body_source* source{};

    virtual ~keeper() = default;
    virtual keeper* copy() const = 0;
};

template <class Pointer>
struct keeper_of final : keeper {
    Pointer pointer;

    explicit keeper_of(Pointer kept) : pointer(std::move(kept)) {
        source = pointer ? &*pointer : nullptr;
    }
    keeper* copy() const override { return new keeper_of(pointer); }
};

class kept {
public:
    kept() = default;
    explicit kept(keeper* own) noexcept : keeper_(own) {}
    kept(const kept& other) : keeper_(other.keeper_ != nullptr ? other.keeper_->copy() : nullptr) {}
    kept(kept&& other) noexcept : keeper_(std::exchange(other.keeper_, nullptr)) {}
    kept& operator=(kept other) noexcept {
        std::swap(keeper_, other.keeper_);
        return *this;
    }
    ~kept() { delete keeper_; }

    body_source* source() const noexcept { return keeper_ != nullptr ? keeper_->source : nullptr; }

private:
    keeper* keeper_{};
};

}  // namespace detail::kept_source

/// A request's body. Its length is always known: AWS wants it, and libcurl reconnects without.
class body {
public:
    body() = default;
    body(std::string bytes) : own_(std::move(bytes)) {}
    body(const char* bytes) : own_(bytes) {}

    /// Sends the caller's bytes without a copy. They have to live as long as the call.
    static body view(std::string_view bytes) {
        body made;
        made.origin_ = origin::elsewhere;
        made.seen_ = bytes;
        return made;
    }
    /// Sends `length` bytes of `source`, a `std::shared_ptr<body_source>` or another pointer that
    /// can be copied and keeps what it points to. Fewer: the call fails and nothing is retried.
    template <class Pointer>
        requires requires(const Pointer& source, body_source* to) {
            to = source.operator->();  // no mere address, which keeps nothing
            Pointer(source);
        }
    static body stream(Pointer source, std::uint64_t length) {
        body made;
        made.origin_ = origin::stream;
        made.length_ = length;
        made.kept_ = detail::kept_source::kept(
            new detail::kept_source::keeper_of<Pointer>(std::move(source)));
        return made;
    }

    std::uint64_t size() const noexcept { return in_memory() ? bytes().size() : length_; }
    bool empty() const noexcept { return size() == 0; }
    /// True if the whole body lies in memory, as `bytes()`.
    bool in_memory() const noexcept { return origin_ != origin::stream; }
    /// Of a streamed body: nothing, at a null address.
    std::string_view bytes() const noexcept {
        return origin_ == origin::own ? std::string_view(own_) : seen_;
    }
    /// The source of a streamed body, else null.
    body_source* source() const noexcept { return kept_.source(); }

    /// Overwrites and empties bytes of its own.
    void wipe() noexcept { awsxx::wipe(own_); }

private:
    enum class origin : unsigned char { own, elsewhere, stream };

    std::string own_{};
    std::string_view seen_{};
    detail::kept_source::kept kept_{};
    std::uint64_t length_{};
    origin origin_{};
};

}  // namespace awsxx::inline AWSXX_ABI::http
