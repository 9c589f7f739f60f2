// SPDX-License-Identifier: MIT
// What a signature says about the body: its hash, or the words that stand in for it.
#pragma once

#include <awsxx/auth/signing.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>
#include <awsxx/http/body_reader.hpp>
#include <awsxx/http/message.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::auth {

/// The hash of no bytes.
inline constexpr std::string_view empty_payload =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The last line of a canonical request.
class payload_hash {
public:
    payload_hash() = default;
    payload_hash(const payload_hash&) = delete;
    payload_hash& operator=(const payload_hash&) = delete;

    /// Uses words instead of a hash. They have to outlive this object.
    void say(std::string_view words) noexcept {
        text_ = words;
        said_ = true;
    }

    /// Hashes a body. A stream is read to its length and rewound, before and after.
    expected<void> of(const http::body& body) {
        if (!body.in_memory()) return of_stream(body);
        if (body.bytes().empty())
            text_ = empty_payload;
        else
            keep(crypto::sha256_of(body.bytes()));
        return {};
    }

    std::string_view text() const noexcept { return text_; }
    /// True if it is not the hash of the body.
    bool is_said() const noexcept { return said_; }

private:
    void keep(const crypto::sha256_digest& digest) noexcept {
        crypto::write_hex(digits_, crypto::as_text(digest));
        text_ = {digits_, sizeof digits_};
    }

    expected<void> of_stream(const http::body& body) {
        crypto::sha256 hash;
        auto read = http::for_each_piece(body, [&](std::string_view piece) { hash.update(piece); });
        if (!read) return read;
        keep(hash.finish());
        return {};
    }

    std::string_view text_ = empty_payload;
    bool said_ = false;
    char digits_[64];
};

}  // namespace awsxx::inline AWSXX_ABI::auth
