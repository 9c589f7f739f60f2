// SPDX-License-Identifier: MIT
// SHA-256 of texts that mostly begin like the one before.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/sha256.hpp>

#include <cstddef>
#include <cstring>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::crypto {

/// Remembers where the computation stood after the first 64 bytes, the piece that SHA-256 works
/// on, and goes on from there if the next text begins with the same. For one thread.
class sha256_of_alike {
public:
    sha256_of_alike() = default;
    sha256_of_alike(const sha256_of_alike&) = delete;
    sha256_of_alike& operator=(const sha256_of_alike&) = delete;
    ~sha256_of_alike() {
        wipe(first_, block);
        after_first_.wipe();
    }

    sha256_digest operator()(std::string_view bytes) noexcept {
        if (bytes.size() < block) return sha256_of(bytes);
        if (!has_first_ || !text::equal({first_, block}, bytes.substr(0, block))) [[unlikely]] {
            std::memcpy(first_, bytes.data(), block);
            after_first_ = sha256_state();
            after_first_.update({first_, block});
            has_first_ = true;
        }
        sha256_state state(after_first_);
        state.update(bytes.substr(block));
        sha256_digest digest;
        state.finish(digest);
        return digest;
    }

private:
    static constexpr std::size_t block = 64;

    char first_[block]{};
    bool has_first_ = false;
    sha256_state after_first_{};
};

}  // namespace awsxx::inline AWSXX_ABI::crypto
