// SPDX-License-Identifier: MIT
// What a signature says about the body: its hash, or the words that stand in for it.
#pragma once

#include <awsxx/auth/signing.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>
#include <awsxx/http/message.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
    AWSXX_COLD static error refusal(const char* code, std::string why) {
        return {.kind = error_kind::invalid_argument, .code = code, .message = std::move(why)};
    }

    void keep(const crypto::sha256_digest& digest) noexcept {
        crypto::write_hex(digits_, crypto::as_text(digest));
        text_ = {digits_, sizeof digits_};
    }

    expected<void> of_stream(const http::body& body) {
        http::body_source* source = body.source();
        if (source == nullptr) return refusal("CannotSign", "the body's stream is null");
        if (!source->rewind())
            return refusal("CannotSign",
                           "the body has to be read twice to be signed, and its "
                           "source cannot be rewound");
        crypto::sha256 hash;
        std::vector<char> room(std::size_t{1} << 16);
        for (std::uint64_t left = body.size(); left > 0;) {
            const auto wanted =
                static_cast<std::size_t>(std::min<std::uint64_t>(left, room.size()));
            const auto got = source->read(std::span(room.data(), wanted));
            if (!got)
                return caused_by(refusal("CannotSign", "the body cannot be read"), got.error());
            if (*got == 0 || *got > wanted)
                return refusal("BodyTooShort", "the body ends " + std::to_string(left) +
                                                   " bytes before its length");
            hash.update({room.data(), *got});
            left -= *got;
        }
        if (!source->rewind())
            return refusal("CannotSign",
                           "the body's source could not be rewound after it was read");
        keep(hash.finish());
        return {};
    }

    std::string_view text_ = empty_payload;
    bool said_ = false;
    char digits_[64];
};

}  // namespace awsxx::inline AWSXX_ABI::auth
