// SPDX-License-Identifier: MIT
// Whether a message of Amazon SQS is the one that was sent.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/digest.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/services/sqs.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::sqs {

/// Attributes by their names, as messages have them.
using message_attributes = std::map<std::string, awsxx::sqs::message_attribute_value>;

namespace detail {

/// The length in four bytes, the first the largest, and the text.
inline void append_sized(std::string& to, std::string_view text) {
    for (const int shift : {24, 16, 8, 0})
        to += static_cast<char>(static_cast<unsigned char>(text.size() >> shift));
    to += text;
}

/// The attributes in one text, in the order of their names' bytes.
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
inline std::string in_one(const message_attributes& all) {
    std::string text;
    for (const auto& [name, value] : all) {
        append_sized(text, name);
        append_sized(text, value.data_type);
        const bool binary = value.binary_value.has_value();
        text += binary ? '\2' : '\1';
        append_sized(text, binary ? *value.binary_value : value.string_value.value_or(""));
    }
    return text;
}

inline expected<std::string> md5_of(std::string_view text) {
    auto digest = crypto::digest::begin("MD5");
    if (!digest) return std::move(digest).error();
    digest->update(text);
    return crypto::to_hex(digest->finish());
}

AWSXX_COLD inline error damaged(const awsxx::sqs::message& one, const char* what) {
    return {
        .kind = error_kind::malformed_answer,
        .code = "ChecksumMismatch",
        .message = "message " + one.message_id + ": its " + what + " are not those that were sent"};
}

}  // namespace detail

/// MD5 of the attributes, in lower-case hexadecimal, as SQS computes it. Fails with `NoSuchDigest`
/// where OpenSSL has no MD5.
inline expected<std::string> md5_of_attributes(const message_attributes& all) {
    return detail::md5_of(detail::in_one(all));
}

/// Holds body and attributes against the digests that came with them. Fails with
/// `ChecksumMismatch`. What came without a digest is taken as it is, and so is everything where
/// OpenSSL has no MD5, which FIPS 140 forbids.
inline expected<void> check_message(const awsxx::sqs::message& one) {
    if (const auto body = detail::md5_of(one.body);
        body && !one.md5_of_body.empty() && *body != one.md5_of_body)
        return detail::damaged(one, "body's bytes");
    if (one.md5_of_message_attributes.empty()) return {};
    if (const auto attributes = md5_of_attributes(one.message_attributes);
        attributes && *attributes != one.md5_of_message_attributes)
        return detail::damaged(one, "attributes");
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::recipes::sqs
