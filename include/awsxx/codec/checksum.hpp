// SPDX-License-Identifier: MIT
// The checksums of bodies: any algorithm that AWS knows, as headers have its value.
#pragma once

#include <awsxx/codec/checksum_names.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/crc.hpp>
#include <awsxx/crypto/digest.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/model/operation.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace awsxx::inline AWSXX_ABI::codec {

namespace detail::checksum {

/// The bytes of a check, the highest first.
template <class Word>
std::string big_endian(Word value) {
    std::string bytes(sizeof value, '\0');
    for (std::size_t i = 0; i < sizeof value; ++i)
        bytes[i] = static_cast<char>((value >> (8 * (sizeof value - 1 - i))) & 0xff);
    return bytes;
}

inline std::string finish(crypto::digest& computation) { return computation.finish(); }
template <class Check>
std::string finish(Check& check) {
    return big_endian(check.value());
}

}  // namespace detail::checksum

/// A checksum over bytes that come in pieces.
///
///     auto sum = codec::checksum::begin(model::crc32);
///     sum->update("some ");
///     sum->update("bytes");
///     draft.headers.set(codec::checksum_header(model::crc32), sum->finish());
///
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
class checksum {
public:
    /// Of one algorithm. Fails where OpenSSL does not have it, as MD5 under FIPS.
    static expected<checksum> begin(model::checksum_algorithms algorithm) {
        switch (algorithm) {
            case model::crc32: return checksum(crypto::crc32());
            case model::crc32c: return checksum(crypto::crc32c());
            case model::crc64nvme: return checksum(crypto::crc64nvme());
            case model::sha1: return by_openssl("SHA1");
            case model::sha256: return by_openssl("SHA256");
            case model::sha512: return by_openssl("SHA512");
            case model::md5: return by_openssl("MD5");
            default:
                return error{.kind = error_kind::invalid_argument,
                             .code = "NoSuchChecksum",
                             .message = "not one algorithm: " + std::to_string(algorithm)};
        }
    }

    void update(std::string_view bytes) {
        std::visit([bytes](auto& one) { one.update(bytes); }, state_);
    }
    /// What all that came ends in, as a header has it: in base64. The object is of no use after it.
    std::string finish() { return crypto::to_base64(finish_bytes()); }
    /// The same as bytes.
    std::string finish_bytes() {
        return std::visit([](auto& one) { return detail::checksum::finish(one); }, state_);
    }

private:
    using state = std::variant<crypto::crc32, crypto::crc32c, crypto::crc64nvme, crypto::digest>;

    explicit checksum(state begun) : state_(std::move(begun)) {}

    static expected<checksum> by_openssl(const char* name) {
        auto begun = crypto::digest::begin(name);
        if (!begun) return std::move(begun).error();
        return checksum(*std::move(begun));
    }

    state state_;
};

/// The checksum of bytes that lie in one piece, in base64.
inline expected<std::string> checksum_of(std::string_view bytes,
                                         model::checksum_algorithms algorithm) {
    auto sum = checksum::begin(algorithm);
    if (!sum) return std::move(sum).error();
    sum->update(bytes);
    return sum->finish();
}

}  // namespace awsxx::inline AWSXX_ABI::codec
