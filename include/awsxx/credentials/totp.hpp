// SPDX-License-Identifier: MIT
// Makes the codes that a virtual MFA device would show, from the secret it was set up with.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/hmac_sha1.hpp>
#include <awsxx/runtime/mfa_prompt.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::totp {

/// The bytes of base32 (RFC 4648), in which such secrets are shown; spaces, hyphens and padding
/// do not count. Nothing if it is not base32.
inline std::optional<secret> from_base32(std::string_view text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    bytes.reserve(text.size());
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        if (c == ' ' || c == '-' || c == '=') continue;
        const std::size_t value = letters.find(text::upper(c));
        if (value == std::string_view::npos) return {};
        bits = (bits << 5) | static_cast<std::uint32_t>(value);
        held += 5;
        if (held < 8) continue;
        held -= 8;
        bytes += static_cast<char>((bits >> held) & 0xff);
    }
    if (bytes.empty()) return {};
    return secret(std::move(bytes));
}

}  // namespace detail::totp

/// The code of six digits that is shown at `now`. RFC 6238: SHA-1, steps of 30 s.
inline secret totp_code(const secret& key, instant now) {
    const auto step = static_cast<std::uint64_t>(
        std::chrono::duration_cast<seconds>(now.time_since_epoch()).count() / 30);
    char counter[8];
    for (int i = 0; i < 8; ++i) counter[i] = static_cast<char>((step >> (56 - 8 * i)) & 0xff);
    const auto mac = crypto::hmac_sha1(key.expose(), {counter, sizeof counter});
    const std::size_t at = mac[19] & 15u;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[at + i];
    number = (number & 0x7fffffff) % 1'000'000;
    char digits[6];
    for (int i = 5; i >= 0; --i, number /= 10) digits[i] = static_cast<char>('0' + number % 10);
    secret code(std::string_view(digits, sizeof digits));
    wipe(digits, sizeof digits);
    return code;
}

/// A prompt for `settings.mfa` that asks nobody: `base32` is the secret that AWS showed when the
/// device was set up. Null as `time`: the computer's clock.
inline mfa_prompt totp_prompt(const secret& base32, std::shared_ptr<clock> time = {}) {
    if (!time) time = std::make_shared<system_clock>();
    return [key = detail::totp::from_base32(base32.expose()),
            time = std::move(time)](const mfa_request& what) -> expected<secret> {
        if (!key)
            return error{
                .kind = error_kind::configuration,
                .code = "InvalidMfaSecret",
                .message = "the secret of MFA device " + what.serial_number + " is not base32"};
        return totp_code(*key, time->now());
    };
}

}  // namespace awsxx::inline AWSXX_ABI
