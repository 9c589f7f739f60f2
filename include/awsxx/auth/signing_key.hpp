// SPDX-License-Identifier: MIT
// The key that a signature is made with, derived once for a secret, day, region and service.
#pragma once

#include <awsxx/auth/signing.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/sha256.hpp>
#include <awsxx/http/host.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::auth {

/// A derived key and the scope that it is good for.
struct signing_key {
    std::string scope{};  ///< As in `20150830/us-east-1/iam/aws4_request`.
    crypto::hmac_key hmac;

    /// The day that the key is good for, as in `20150830`.
    std::string_view date() const noexcept { return std::string_view(scope).substr(0, 8); }
};

namespace detail::key_scope {

inline std::chrono::sys_days day_of(instant when) noexcept {
    return std::chrono::floor<std::chrono::days>(when);
}

/// Null, or what is wrong with the scope.
inline const char* problem(const signing& what) noexcept {
    constexpr std::chrono::sys_days first = std::chrono::year(1) / 1 / 1;
    constexpr std::chrono::sys_days last = std::chrono::year(9999) / 12 / 31;
    if (what.region.empty()) return "no region is given";
    if (what.service.empty()) return "no service is given";
    if (!http::valid_host_label(what.region))
        return "the region is not made of letters, digits and hyphens";
    if (!http::valid_host_label(what.service))
        return "the service is not made of letters, digits and hyphens";
    if (day_of(what.when) < first || day_of(what.when) > last)
        return "the time is not within the years 1 to 9999";
    return nullptr;
}

inline std::string text_of(const signing& what) {
    const std::chrono::year_month_day date(day_of(what.when));
    unsigned digits = static_cast<unsigned>(int(date.year())) * 10000 +
                      unsigned(date.month()) * 100 + unsigned(date.day());
    std::string text(8, '0');
    for (std::size_t at = 8; at-- > 0; digits /= 10)
        text[at] = static_cast<char>('0' + digits % 10);
    text.append("/").append(what.region).append("/").append(what.service).append("/aws4_request");
    return text;
}

}  // namespace detail::key_scope

/// Derives the key. About a microsecond; `signing_keys` remembers it.
inline expected<signing_key> derive_signing_key(const secret& secret_key, const signing& what) {
    const char* wrong = detail::key_scope::problem(what);
    if (secret_key.empty()) wrong = "the secret key is empty";
    for (const char c : secret_key.expose())
        if (!text::is_printable(c))
            wrong = "the secret key has a line break or another control character in it";
    if (wrong != nullptr)
        return error{.kind = error_kind::invalid_argument, .code = "CannotSign", .message = wrong};
    std::string seed;
    seed.reserve(4 + secret_key.expose().size());
    seed.append("AWS4").append(secret_key.expose());
    std::string scope = detail::key_scope::text_of(what);
    crypto::sha256_digest key = crypto::hmac_key(seed).sign(std::string_view(scope).substr(0, 8));
    wipe(seed);
    for (const std::string_view part :
         {what.region, what.service, std::string_view("aws4_request")})
        key = crypto::hmac_key(crypto::as_text(key)).sign(part);
    signing_key derived{.scope = std::move(scope), .hmac = crypto::hmac_key(crypto::as_text(key))};
    wipe(key.data(), key.size());
    return derived;
}

/// A few derived keys, found again without hashing. For one thread; see `per_thread`.
///
/// Direct-mapped: a key that falls onto the place of another takes it, and the old one is wiped.
/// Secrets are compared as they are, never by a hash of them.
class signing_keys {
public:
    signing_keys() = default;
    signing_keys(const signing_keys&) = delete;
    signing_keys& operator=(const signing_keys&) = delete;

    /// The key, valid until the next call. Fails only if it can't be derived.
    expected<const signing_key*> find(const secret& secret_key, const signing& what) {
        const auto day = detail::key_scope::day_of(what.when);
        if (last_ != nullptr && last_->is_for(secret_key, what, day)) [[likely]]
            return &last_->key;
        std::optional<kept>& place = places_[place_of(secret_key, what, day)];
        if (!place || !place->is_for(secret_key, what, day)) [[unlikely]] {
            last_ = nullptr;  // its place may be taken
            auto derived = derive_signing_key(secret_key, what);
            if (!derived) return std::move(derived).error();
            place.emplace(kept{secret_key, std::string(what.region), std::string(what.service), day,
                               *std::move(derived)});
        }
        last_ = &*place;
        return &last_->key;
    }

private:
    struct kept {
        secret secret_key;
        std::string region;
        std::string service;
        std::chrono::sys_days day;
        signing_key key;

        bool is_for(const secret& wanted, const signing& what,
                    std::chrono::sys_days when) const noexcept {
            return day == when && text::equal(region, what.region) &&
                   text::equal(service, what.service) &&
                   text::equal(secret_key.expose(), wanted.expose());
        }
    };

    static constexpr std::size_t size = 16;

    /// The last eight characters, where names and secrets differ most.
    static std::uint64_t tail(std::string_view text) noexcept {
        std::uint64_t word = 0;
        if (text.size() >= sizeof word)
            std::memcpy(&word, text.data() + text.size() - sizeof word, sizeof word);
        else
            for (const char c : text) word = word << 8 | static_cast<unsigned char>(c);
        return word;
    }
    static std::size_t place_of(const secret& secret_key, const signing& what,
                                std::chrono::sys_days day) noexcept {
        constexpr std::uint64_t odd = 0x9e3779b97f4a7c15;
        std::uint64_t mix = tail(secret_key.expose()) * odd;
        mix = (mix ^ (mix >> 32) ^ tail(what.region)) * odd;
        mix = (mix ^ (mix >> 32) ^ tail(what.service)) * odd;
        mix ^= static_cast<std::uint64_t>(day.time_since_epoch().count()) * odd;
        return static_cast<std::size_t>(mix >> 60);
    }

    std::array<std::optional<kept>, size> places_{};
    const kept* last_ = nullptr;
};

}  // namespace awsxx::inline AWSXX_ABI::auth
