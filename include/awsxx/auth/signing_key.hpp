// SPDX-License-Identifier: MIT
// The key that a signature is made with, derived once for a secret, day, region and service.
#pragma once

#include <awsxx/auth/scope.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/sha256.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::auth {

/// A derived key and the scope that it is good for.
struct signing_key {
    std::string scope{};  ///< As in `20150830/us-east-1/iam/aws4_request`.
    crypto::hmac_key hmac;

    /// The day that the key is good for, as in `20150830`.
    std::string_view date() const noexcept { return std::string_view(scope).substr(0, 8); }
};

/// Derives the key. About a microsecond; `signing_keys` remembers it.
inline expected<signing_key> derive_signing_key(const secret& secret_key, const signing& what) {
    const char* wrong = scope_problem(what);
    if (secret_key.empty()) wrong = "the secret key is empty";
    for (const char c : secret_key.expose())
        if (!text::is_printable(c))
            wrong = "the secret key has a line break or another control character in it";
    if (wrong != nullptr)
        return error{.kind = error_kind::invalid_argument, .code = "CannotSign", .message = wrong};
    std::string seed;
    seed.reserve(4 + secret_key.expose().size());
    seed.append("AWS4").append(secret_key.expose());
    std::string scope = scope_text(what);
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
        const auto day = day_of(what.when);
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
