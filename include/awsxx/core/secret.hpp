// SPDX-License-Identifier: MIT
// Text that cannot be printed and is wiped when it goes.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Overwrites memory in a way that no optimizer removes.
inline void wipe(void* memory, std::size_t size) noexcept {
    if (size == 0) return;
    std::memset(memory, 0, size);
#if defined(__GNUC__)
    __asm__ __volatile__("" : : "r"(memory) : "memory");
#else
    volatile unsigned char* bytes = static_cast<unsigned char*>(memory);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = 0;
#endif
}

/// Overwrites the characters of a string and empties it.
inline void wipe(std::string& text) noexcept {
    text.resize(text.capacity());
    wipe(text.data(), text.size());
    text.clear();
}

/// A secret key, a session token, a password. `expose()` is the only way to its text.
///
///     secret key("wJalr...");
///     std::cout << key;            // does not compile
///
/// Copies are as secret as the original. As thread-safe as a string.
class secret {
public:
    secret() noexcept = default;
    secret(std::string_view text) : size_(text.size()) {
        if (size_ == 0) return;
        text_ = new char[size_];
        std::memcpy(text_, text.data(), size_);
    }
    secret(const char* text) : secret(std::string_view(text)) {}
    secret(const std::string& text) : secret(std::string_view(text)) {}
    /// Takes the text over and wipes where it came from.
    secret(std::string&& text) : secret(std::string_view(text)) { wipe(text); }
    secret(const secret& other) : secret(other.expose()) {}
    secret(secret&& other) noexcept
        : text_(std::exchange(other.text_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    secret& operator=(secret other) noexcept {
        std::swap(text_, other.text_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~secret() {
        wipe(text_, size_);
        delete[] text_;
    }

    std::string_view expose() const noexcept { return {text_, size_}; }
    bool empty() const noexcept { return size_ == 0; }

    /// Takes as long for a wrong first character as for a wrong last one.
    friend bool operator==(const secret& a, const secret& b) noexcept {
        if (a.size_ != b.size_) return false;
        unsigned char different = 0;
        for (std::size_t i = 0; i < a.size_; ++i)
            different = static_cast<unsigned char>(different | (a.text_[i] ^ b.text_[i]));
        return different == 0;
    }

    template <class Stream>
    friend Stream& operator<<(Stream&, const secret&) = delete;

private:
    char* text_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI
