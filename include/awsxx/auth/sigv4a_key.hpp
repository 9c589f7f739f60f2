// SPDX-License-Identifier: MIT
// The key pair on P-256 that an access key stands for in signatures for several regions.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/ec_key.hpp>
#include <awsxx/crypto/sha256.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::auth {

/// The algorithm's name, as it stands in headers and queries.
inline constexpr std::string_view sigv4a_algorithm = "AWS4-ECDSA-P256-SHA256";

namespace detail::sigv4a_key {

/// The order of the curve, less two: what the number before the last step must not exceed.
inline constexpr std::array<unsigned char, 32> largest = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x4f};

/// Takes as long whatever the number is. Big-endian, as are all numbers here.
inline bool exceeds_largest(const crypto::sha256_digest& number) noexcept {
    unsigned greater = 0;
    unsigned smaller = 0;
    for (std::size_t i = 0; i < number.size(); ++i) {
        const unsigned decided = greater | smaller;
        const unsigned more = static_cast<unsigned>(number[i] > largest[i]);
        const unsigned less = static_cast<unsigned>(number[i] < largest[i]);
        greater |= more & ~decided;
        smaller |= less & ~decided;
    }
    return (greater & 1) != 0;
}

inline void increment(crypto::sha256_digest& number) noexcept {
    unsigned carry = 1;
    for (std::size_t i = number.size(); i-- > 0;) {
        carry += number[i];
        number[i] = static_cast<unsigned char>(carry & 0xff);
        carry >>= 8;
    }
}

/// The only block of a key derivation in counter mode (NIST SP 800-108).
inline std::string block_text(std::string_view access_key_id, unsigned char counter) {
    std::string text("\0\0\0\1", 4);
    text.append(sigv4a_algorithm).append(1, '\0').append(access_key_id);
    text += static_cast<char>(counter);
    return text.append("\0\0\1\0", 4);  // 256 bits
}

}  // namespace detail::sigv4a_key

/// Derives the key pair. Some dozen microseconds; `sigv4a_keys` remembers it.
inline expected<crypto::ec_key> derive_sigv4a_key(std::string_view access_key_id,
                                                  const secret& secret_key) {
    namespace own = detail::sigv4a_key;
    const auto refused = [](const char* why) {
        return error{.kind = error_kind::invalid_argument, .code = "CannotSign", .message = why};
    };
    if (secret_key.empty()) return refused("the secret key is empty");
    for (const char c : secret_key.expose())
        if (!text::is_printable(c))
            return refused("the secret key has a line break or another control character in it");
    std::string seed;
    seed.reserve(5 + secret_key.expose().size());
    seed.append("AWS4A").append(secret_key.expose());
    const crypto::hmac_key hmac(seed);
    wipe(seed);
    for (unsigned counter = 1; counter <= 254; ++counter) {
        crypto::sha256_digest number =
            hmac.sign(own::block_text(access_key_id, static_cast<unsigned char>(counter)));
        if (own::exceeds_largest(number)) continue;  // once in four billion keys
        own::increment(number);
        auto key = crypto::ec_key::from_scalar(secret(crypto::as_text(number)));
        wipe(number.data(), number.size());
        return key;
    }
    return refused("no key can be derived from these credentials");
}

/// The key pairs used last. For one thread; see `per_thread`. Secrets are compared as they are.
class sigv4a_keys {
public:
    sigv4a_keys() = default;
    sigv4a_keys(const sigv4a_keys&) = delete;
    sigv4a_keys& operator=(const sigv4a_keys&) = delete;

    /// The key pair. Fails only if it can't be derived.
    expected<crypto::ec_key> find(std::string_view access_key_id, const secret& secret_key) {
        for (const std::optional<kept>& one : places_)
            if (one && one->access_key_id == access_key_id && one->secret_key == secret_key)
                return one->key;
        auto derived = derive_sigv4a_key(access_key_id, secret_key);
        if (!derived) return derived;
        places_[next_].emplace(kept{std::string(access_key_id), secret_key, *derived});
        next_ = (next_ + 1) % places_.size();
        return derived;
    }

private:
    struct kept {
        std::string access_key_id;
        secret secret_key;
        crypto::ec_key key;
    };

    std::array<std::optional<kept>, 4> places_{};
    std::size_t next_ = 0;  ///< The one that was filled longest ago.
};

}  // namespace awsxx::inline AWSXX_ABI::auth
