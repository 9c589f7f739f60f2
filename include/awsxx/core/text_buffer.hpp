// SPDX-License-Identifier: MIT
// Text that is put together from many short pieces, again and again, in the same memory.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::text {

/// Characters at the end of which more are written. What is cleared keeps its memory.
///
/// Unlike a string it never fills memory that is about to be written, and appends inline.
class text_buffer {
public:
    text_buffer() = default;
    text_buffer(const text_buffer& other) { append(other.view()); }
    text_buffer(text_buffer&& other) noexcept
        : memory_(std::move(other.memory_)),
          size_(std::exchange(other.size_, 0)),
          capacity_(std::exchange(other.capacity_, 0)) {}
    text_buffer& operator=(const text_buffer& other) {
        if (this == &other) return *this;
        clear();
        append(other.view());
        return *this;
    }
    text_buffer& operator=(text_buffer&& other) noexcept {
        awsxx::wipe(memory_.get(), capacity_);
        memory_ = std::move(other.memory_);
        size_ = std::exchange(other.size_, 0);
        capacity_ = std::exchange(other.capacity_, 0);
        return *this;
    }
    /// Overwrites all that was ever written.
    ~text_buffer() { awsxx::wipe(memory_.get(), capacity_); }

    std::size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }
    char* data() noexcept { return memory_.get(); }
    const char* data() const noexcept { return memory_.get(); }
    std::string_view view() const noexcept { return {memory_.get(), size_}; }

    /// Where up to `more` characters may be written; `end_at` then says how many were.
    char* room(std::size_t more) {
        if (more > capacity_ - size_) [[unlikely]]
            grow(more);
        return memory_.get() + size_;
    }
    void end_at(const char* end) noexcept { size_ = static_cast<std::size_t>(end - memory_.get()); }
    void append(std::string_view piece) { end_at(write(room(piece.size()), piece)); }
    void append(char c) {
        *room(1) = c;
        ++size_;
    }
    void clear() noexcept { size_ = 0; }
    void reserve(std::size_t size) {
        if (size > size_) room(size - size_);
    }
    /// Overwrites all that was ever written.
    void wipe() noexcept {
        awsxx::wipe(memory_.get(), capacity_);
        clear();
    }

private:
    AWSXX_COLD void grow(std::size_t more) {
        const std::size_t wanted = size_ + more;
        const std::size_t doubled = capacity_ * 2 < 64 ? 64 : capacity_ * 2;
        const std::size_t larger = wanted < doubled ? doubled : wanted;
        std::unique_ptr<char[]> fresh(new char[larger]);
        if (size_ != 0) std::memcpy(fresh.get(), memory_.get(), size_);
        awsxx::wipe(memory_.get(), capacity_);
        memory_ = std::move(fresh);
        capacity_ = larger;
    }

    std::unique_ptr<char[]> memory_{};
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI::text
