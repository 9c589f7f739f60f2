// SPDX-License-Identifier: MIT
// What the algorithms of checksums are called in values and headers.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>

#include <cstddef>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec {

namespace detail::checksum_names {

struct entry {
    model::checksum_algorithms algorithm;
    std::string_view name;
    std::string_view header;
};

inline constexpr entry entries[] = {
    {model::crc32, "CRC32", "x-amz-checksum-crc32"},
    {model::crc32c, "CRC32C", "x-amz-checksum-crc32c"},
    {model::crc64nvme, "CRC64NVME", "x-amz-checksum-crc64nvme"},
    {model::sha1, "SHA1", "x-amz-checksum-sha1"},
    {model::sha256, "SHA256", "x-amz-checksum-sha256"},
    {model::sha512, "SHA512", "x-amz-checksum-sha512"},
    {model::md5, "MD5", "x-amz-checksum-md5"},
};

}  // namespace detail::checksum_names

/// "CRC32": what members and `x-amz-sdk-checksum-algorithm` say; empty for none or several.
constexpr std::string_view checksum_name(model::checksum_algorithms one) noexcept {
    for (const auto& entry : detail::checksum_names::entries)
        if (entry.algorithm == one) return entry.name;
    return {};
}

/// "x-amz-checksum-crc32": the header or trailer of its value; empty for none or several.
constexpr std::string_view checksum_header(model::checksum_algorithms one) noexcept {
    for (const auto& entry : detail::checksum_names::entries)
        if (entry.algorithm == one) return entry.header;
    return {};
}

/// The algorithm of a name; 0 for one that is not computed here, as "XXHASH64".
constexpr model::checksum_algorithms checksum_named(std::string_view name) noexcept {
    for (const auto& entry : detail::checksum_names::entries)
        if (entry.name == name) return entry.algorithm;
    return 0;
}

/// "Zm9v-3" is a checksum over the checksums of three parts, and tells nothing of the whole.
constexpr bool is_composite(std::string_view value) noexcept {
    const std::size_t dash = value.rfind('-');
    if (dash == std::string_view::npos || dash + 1 == value.size()) return false;
    for (const char c : value.substr(dash + 1))
        if (c < '0' || c > '9') return false;
    return true;
}

}  // namespace awsxx::inline AWSXX_ABI::codec
