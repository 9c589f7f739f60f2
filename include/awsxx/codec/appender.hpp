// SPDX-License-Identifier: MIT
// Puts many short pieces at the end of a string, faster than the string itself does.
#pragma once

#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec {

/// Writes behind what is in a string. The string is complete again when this goes; before that
/// nobody else may touch it.
class appender {
public:
    explicit appender(std::string& out) : out_(out), size_(out.size()) {}
    appender(const appender&) = delete;
    appender& operator=(const appender&) = delete;
    ~appender() { out_.resize(size_); }

    /// Where up to `more` characters may be written; `end_at` then says how many were.
    char* room(std::size_t more) {
        if (more > out_.size() - size_) [[unlikely]]
            grow(more);
        return out_.data() + size_;
    }
    void end_at(const char* end) noexcept { size_ = static_cast<std::size_t>(end - out_.data()); }

    void append(std::string_view piece) {
        char* to = room(piece.size());
        if (!piece.empty()) std::memcpy(to, piece.data(), piece.size());
        size_ += piece.size();
    }
    appender& operator+=(std::string_view piece) {
        append(piece);
        return *this;
    }
    appender& operator+=(char c) {
        *room(1) = c;
        ++size_;
        return *this;
    }

private:
    AWSXX_COLD void grow(std::size_t more) {
        const std::size_t wanted = size_ + more;
        const std::size_t there = out_.capacity();
        out_.resize(wanted <= there ? there : (std::max)(wanted, there * 2));
    }

    std::string& out_;
    std::size_t size_;
};

}  // namespace awsxx::inline AWSXX_ABI::codec
