// SPDX-License-Identifier: MIT
// The few lines that are signed in the end: algorithm, time, scope and hashes.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/text_buffer.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>

#include <chrono>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::auth {

/// The time of a signature, as in `20150830T123600Z`.
class signing_time {
public:
    /// `date` is the day of `when`, as in `20150830`.
    signing_time(std::string_view date, instant when) noexcept {
        const auto day = std::chrono::floor<std::chrono::days>(when);
        const auto second = std::chrono::floor<std::chrono::seconds>(when - day).count();
        const auto count = static_cast<unsigned>(second);
        std::memcpy(text_, date.data(), 8);
        text_[8] = 'T';
        two_digits(9, count / 3600);
        two_digits(11, count / 60 % 60);
        two_digits(13, count % 60);
        text_[15] = 'Z';
    }
    std::string_view text() const noexcept { return {text_, sizeof text_}; }

private:
    void two_digits(std::size_t at, unsigned number) noexcept {
        text_[at] = static_cast<char>('0' + number / 10);
        text_[at + 1] = static_cast<char>('0' + number % 10);
    }

    char text_[16];
};

namespace detail::signed_lines {

inline char* line(char* to, std::string_view piece) noexcept {
    to = text::write(to, piece);
    *to++ = '\n';
    return to;
}

}  // namespace detail::signed_lines

/// The string to sign of a request, in memory of its own.
class string_to_sign {
public:
    /// `canonical_request` is its hash; `scope` is at most 150 characters, as a `signing_key` has it.
    string_to_sign(std::string_view algorithm, const signing_time& when, std::string_view scope,
                   const crypto::sha256_digest& canonical_request) noexcept {
        namespace own = detail::signed_lines;
        char* to = own::line(text_, algorithm);
        to = own::line(to, when.text());
        to = own::line(to, scope);
        to = crypto::write_hex(to, crypto::as_text(canonical_request));
        size_ = static_cast<std::size_t>(to - text_);
    }
    std::string_view text() const noexcept { return {text_, size_}; }

private:
    char text_[320];
    std::size_t size_;
};

/// Where a piece of a body stands that is signed after its request.
struct chain_place {
    std::string_view algorithm{};  ///< As in `AWS4-HMAC-SHA256-PAYLOAD`.
    std::string_view time{};       ///< As in `20150830T123600Z`.
    std::string_view scope{};      ///< At most 150 characters.
    std::string_view previous{};   ///< The signature before; at most 144 characters.
};

/// The string to sign of a piece: a chunk, an event, or the trailer behind them.
class chained_string_to_sign {
public:
    chained_string_to_sign(const chain_place& where, const crypto::sha256_digest& content) noexcept
        : chained_string_to_sign(where, {}, content) {}
    /// `head` is the hash of what a piece has in front of its content, in hexadecimal digits.
    chained_string_to_sign(const chain_place& where, std::string_view head,
                           const crypto::sha256_digest& content) noexcept {
        namespace own = detail::signed_lines;
        char* to = own::line(text_, where.algorithm);
        to = own::line(to, where.time);
        to = own::line(to, where.scope);
        to = own::line(to, where.previous);
        if (!head.empty()) to = own::line(to, head);
        to = crypto::write_hex(to, crypto::as_text(content));
        size_ = static_cast<std::size_t>(to - text_);
    }
    std::string_view text() const noexcept { return {text_, size_}; }

private:
    char text_[512];
    std::size_t size_;
};

}  // namespace awsxx::inline AWSXX_ABI::auth
