// SPDX-License-Identifier: MIT
// What a part of an upload is told from others by: its checksum and its MD5.
#pragma once

#include <awsxx/codec/checksum.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/http/body_reader.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/services/s3.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3::detail {

/// Both of one part; empty what was not wanted.
struct part_sums {
    std::string checksum{};  ///< In base64.
    std::string md5{};       ///< The bytes themselves.
};

/// Reads the part once. `which`: 0 for none. Without MD5 where OpenSSL has none.
inline expected<part_sums> sums_of(const http::body& part, model::checksum_algorithms which,
                                   bool with_md5) {
    std::optional<codec::checksum> sum, md5;
    if (which != 0) {
        auto begun = codec::checksum::begin(which);
        if (!begun) return std::move(begun).error();
        sum = *std::move(begun);
    }
    if (with_md5)
        if (auto begun = codec::checksum::begin(model::md5)) md5 = *std::move(begun);
    part_sums found;
    if (!sum && !md5) return found;
    const auto read = http::for_each_piece(part, [&](std::string_view piece) {
        if (sum) sum->update(piece);
        if (md5) md5->update(piece);
    });
    if (!read) return read.error();
    if (sum) found.checksum = sum->finish();
    if (md5) found.md5 = md5->finish_bytes();
    return found;
}

inline std::string_view without_quotes(std::string_view tag) {
    if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"') return tag;
    return tag.substr(1, tag.size() - 2);
}

/// True if S3 made the tag of these bytes and nothing else, as it does without encryption by KMS or
/// by the caller's key.
inline bool is_tag_of(std::string_view tag, std::string_view md5) {
    return !md5.empty() && without_quotes(tag) == crypto::to_hex(md5);
}

/// The tag that S3 makes of those of an object's parts; empty where that cannot be told.
inline std::string tag_of_parts(std::span<const awsxx::s3::completed_part> parts) {
    auto sum = codec::checksum::begin(model::md5);
    if (!sum) return {};
    for (const auto& part : parts) {
        const auto bytes = crypto::from_hex(without_quotes(part.e_tag.value_or("")));
        if (!bytes || bytes->size() != 16) return {};
        sum->update(*bytes);
    }
    return crypto::to_hex(sum->finish_bytes()) + "-" + std::to_string(parts.size());
}

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3::detail
