// SPDX-License-Identifier: MIT
// SHA-256 of bytes, and HMAC-SHA-256 with keys whose first half of the work is done once.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/crypto/sha256_state.hpp>

#include <cstddef>
#include <cstring>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::crypto {

/// The bytes of a digest, for functions that take text.
inline std::string_view as_text(const sha256_digest& digest) noexcept {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// Hashes bytes that come in pieces.
///
///     crypto::sha256 hash;
///     hash.update("some ");
///     hash.update("bytes");
///     const crypto::sha256_digest digest = hash.finish();
class sha256 {
public:
    void update(std::string_view bytes) noexcept { state_.update(bytes); }
    /// The digest of all that came. The object is of no use after it.
    sha256_digest finish() noexcept {
        sha256_digest digest;
        state_.finish(digest);
        return digest;
    }

private:
    sha256_state state_{};
};

/// The digest of bytes that lie in one piece.
inline sha256_digest sha256_of(std::string_view bytes) noexcept {
    sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

/// A key for HMAC-SHA-256, kept as the two states that the algorithm starts from.
///
/// The key itself is not kept; the states are wiped when it goes. Any number of threads may sign
/// with the same one.
class hmac_key {
public:
    explicit hmac_key(std::string_view key) noexcept {
        sha256_digest hashed;
        if (key.size() > block_size) {
            hashed = sha256_of(key);
            key = as_text(hashed);
        }
        char block[block_size];
        pad(block, key, 0x36);
        inner_.update({block, block_size});
        pad(block, key, 0x5c);
        outer_.update({block, block_size});
        awsxx::wipe(block, block_size);
        awsxx::wipe(hashed.data(), hashed.size());
    }
    hmac_key(const hmac_key&) = default;
    hmac_key& operator=(const hmac_key&) = default;
    ~hmac_key() {
        inner_.wipe();
        outer_.wipe();
    }

    sha256_digest sign(std::string_view bytes) const noexcept {
        sha256_digest digest;
        sha256_state state(inner_);
        state.update(bytes);
        state.finish(digest);
        state = outer_;
        state.update(as_text(digest));
        state.finish(digest);
        return digest;
    }

private:
    static constexpr std::size_t block_size = 64;

    static void pad(char* block, std::string_view key, unsigned char with) noexcept {
        std::memset(block, with, block_size);
        for (std::size_t i = 0; i < key.size(); ++i)
            block[i] = static_cast<char>(static_cast<unsigned char>(key[i]) ^ with);
    }

    sha256_state inner_{};
    sha256_state outer_{};
};

}  // namespace awsxx::inline AWSXX_ABI::crypto
