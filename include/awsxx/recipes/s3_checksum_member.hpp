// SPDX-License-Identifier: MIT
// Finds the member for a checksum in S3's shapes, which have one for each algorithm.
#pragma once

#include <awsxx/codec/checksum_names.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>

#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::recipes::s3::detail::checksum_member {

/// The member for the values of one algorithm; null for none or several.
template <class Shape>
auto find(Shape& in, model::checksum_algorithms which) -> decltype(&in.checksum_crc32) {
    switch (which) {
        case model::crc32: return &in.checksum_crc32;
        case model::crc32c: return &in.checksum_crc32_c;
        case model::crc64nvme: return &in.checksum_crc64_nvme;
        case model::sha1: return &in.checksum_sha1;
        case model::sha256: return &in.checksum_sha256;
        case model::sha512: return &in.checksum_sha512;
        case model::md5: return &in.checksum_md5;
        default: return nullptr;
    }
}

/// A checksum that tells of the whole object.
struct found {
    model::checksum_algorithms which{};  ///< 0: there is none.
    std::string value{};
};

/// The cheapest of the checksums that an answer has.
template <class Answer>
found cheapest(const Answer& in) {
    for (const auto which : {model::crc64nvme, model::crc32c, model::crc32, model::sha1,
                             model::sha256, model::sha512, model::md5}) {
        const std::string& value = *find(in, which);
        if (!value.empty() && !codec::is_composite(value)) return {which, value};
    }
    return {};
}

/// Whether the algorithm's values of parts can be put together to that of the object.
constexpr bool tells_of_whole(model::checksum_algorithms which) noexcept {
    return which == model::crc32 || which == model::crc32c || which == model::crc64nvme;
}

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3::detail::checksum_member
