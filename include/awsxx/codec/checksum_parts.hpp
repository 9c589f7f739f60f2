// SPDX-License-Identifier: MIT
// The checksum of an object from those of the parts it was uploaded in.
#pragma once

#include <awsxx/codec/checksum.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/crc.hpp>
#include <awsxx/crypto/crc_combine.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/model/operation.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec {

/// The checksum of one part, in base64, and how many bytes it has.
struct part_checksum {
    std::string value{};
    std::uint64_t size{};
};

namespace detail::checksum_parts {

AWSXX_COLD inline error refused(const char* why) {
    return {.kind = error_kind::invalid_argument, .code = "BadChecksum", .message = why};
}

template <class Word>
Word from_big_endian(const std::string& bytes) noexcept {
    Word value = 0;
    for (const char byte : bytes)
        value = static_cast<Word>(value << 8 | static_cast<unsigned char>(byte));
    return value;
}

template <class Word, Word Polynomial>
expected<std::string> whole(std::span<const part_checksum> parts, crypto::crc<Word, Polynomial>) {
    Word all = 0;
    for (const part_checksum& part : parts) {
        const auto bytes = crypto::from_base64(part.value);
        if (!bytes || bytes->size() != sizeof(Word)) return refused("a part's is none");
        all = crypto::combined<Word, Polynomial>(all, from_big_endian<Word>(*bytes), part.size);
    }
    return crypto::to_base64(codec::detail::checksum::big_endian(all));
}

}  // namespace detail::checksum_parts

/// What the checksum over all bytes is, without looking at them again: S3's `FULL_OBJECT`.
/// Only the cyclic checks can do that; of others it fails.
inline expected<std::string> whole_checksum(model::checksum_algorithms algorithm,
                                            std::span<const part_checksum> parts) {
    switch (algorithm) {
        case model::crc32: return detail::checksum_parts::whole(parts, crypto::crc32());
        case model::crc32c: return detail::checksum_parts::whole(parts, crypto::crc32c());
        case model::crc64nvme: return detail::checksum_parts::whole(parts, crypto::crc64nvme());
        default: return detail::checksum_parts::refused("only CRCs can be put together");
    }
}

/// The checksum over the checksums of the parts, with their number: S3's `COMPOSITE`, "Zm9v-3".
inline expected<std::string> composite_checksum(model::checksum_algorithms algorithm,
                                                std::span<const part_checksum> parts) {
    auto sum = checksum::begin(algorithm);
    if (!sum) return std::move(sum).error();
    for (const part_checksum& part : parts) {
        const auto bytes = crypto::from_base64(part.value);
        if (!bytes) return detail::checksum_parts::refused("a part's is none");
        sum->update(*bytes);
    }
    return sum->finish() + "-" + std::to_string(parts.size());
}

}  // namespace awsxx::inline AWSXX_ABI::codec
