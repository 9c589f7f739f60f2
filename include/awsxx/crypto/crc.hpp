// SPDX-License-Identifier: MIT
// The cyclic redundancy checks that AWS protects bytes on their way with.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/crypto/crc_fold.hpp>

#include <cstdint>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::crypto {

/// A check of `Word`'s width over bytes that come in pieces. `Polynomial` has its bits reversed.
template <class Word, Word Polynomial>
class crc {
public:
    void update(std::string_view bytes) noexcept {
        rest_ = take_in<Word, Polynomial>(rest_, bytes);
    }
    /// Of all that came so far.
    Word value() const noexcept { return ~rest_; }

private:
    Word rest_ = ~Word{0};
};

/// The check of zlib, gzip and PNG, and of event streams.
using crc32 = crc<std::uint32_t, 0xedb88320u>;

/// Castagnoli's, of iSCSI.
using crc32c = crc<std::uint32_t, 0x82f63b78u>;

/// Of NVM Express; what S3 prefers.
using crc64nvme = crc<std::uint64_t, 0x9a6c9329ac4bc9b5u>;

/// The check of zlib over bytes that lie in one piece.
inline std::uint32_t crc32_of(std::string_view bytes) noexcept {
    crc32 check;
    check.update(bytes);
    return check.value();
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
