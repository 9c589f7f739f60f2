// SPDX-License-Identifier: MIT
// How large the parts of an upload are.
#pragma once

#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace awsxx::inline AWSXX_ABI::recipes::s3 {

/// The most parts that an object can have.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
inline constexpr int most_parts = 10000;

/// Of parts where nobody says otherwise, in bytes.
inline constexpr std::uint64_t usual_part_size = std::uint64_t{8} << 20;

/// The size of an upload's parts: the wanted one (0: the usual one), or the next full MiB with which
/// `size` bytes are at most 10,000 parts.
constexpr std::uint64_t part_size_for(std::optional<std::uint64_t> size,
                                      std::uint64_t wanted = 0) noexcept {
    constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;
    const std::uint64_t chosen = wanted == 0 ? usual_part_size : wanted;
    const std::uint64_t all = size.value_or(0);
    const std::uint64_t least = all / most_parts + (all % most_parts != 0);
    if (least <= chosen) return chosen;
    return (least / mebibyte + (least % mebibyte != 0)) * mebibyte;
}

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
