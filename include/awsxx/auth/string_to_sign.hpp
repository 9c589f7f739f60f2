// SPDX-License-Identifier: MIT
// The few lines that are signed in the end: algorithm, time, scope and a hash.
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

/// The string to sign of a request, in memory of its own.
class string_to_sign {
public:
    /// `canonical_request` is its hash; `scope` is at most 150 characters, as a `signing_key` has it.
    string_to_sign(std::string_view algorithm, const signing_time& when, std::string_view scope,
                   const crypto::sha256_digest& canonical_request) noexcept {
        char* to = line(text_, algorithm);
        to = line(to, when.text());
        to = line(to, scope);
        to = crypto::write_hex(to, crypto::as_text(canonical_request));
        size_ = static_cast<std::size_t>(to - text_);
    }
    std::string_view text() const noexcept { return {text_, size_}; }

private:
    static char* line(char* to, std::string_view piece) noexcept {
        to = text::write(to, piece);
        *to++ = '\n';
        return to;
    }

    char text_[320];
    std::size_t size_;
};

}  // namespace awsxx::inline AWSXX_ABI::auth
