// SPDX-License-Identifier: MIT
// How a body looks in the content coding aws-chunked: its frames, its length, its headers.
#pragma once

#include <awsxx/auth/canonical_headers.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/headers.hpp>
#include <awsxx/http/trailer_source.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::auth {

/// What the chunks of a body are signed with.
enum class chunk_signatures : unsigned char {
    none,    ///< TLS protects them; there has to be a trailer.
    sigv4,   ///< Signature Version 4.
    sigv4a,  ///< Its variant for several regions.
};

/// The smallest chunk that S3 accepts, except for the last.
inline constexpr std::size_t smallest_chunk = 8192;
/// What a chunk holds unless something else is said.
inline constexpr std::size_t usual_chunk = 65536;

/// All that the form of a chunked body depends on.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
struct chunk_layout {
    std::uint64_t length{};  ///< Of the body before it is cut into chunks.
    std::size_t chunk_size = usual_chunk;
    chunk_signatures signatures{};
    std::span<const http::trailer> trailers{};
};

/// How many characters each signature of a chunk has; 0 if there are none.
constexpr std::size_t signature_width(chunk_signatures kind) noexcept {
    switch (kind) {
        case chunk_signatures::sigv4: return 64;
        case chunk_signatures::sigv4a: return 144;
        default: return 0;
    }
}

/// What the signature of the request and `x-amz-content-sha256` say in place of the body's hash.
constexpr std::string_view payload_words(const chunk_layout& of) noexcept {
    const bool trails = !of.trailers.empty();
    switch (of.signatures) {
        case chunk_signatures::sigv4:
            return trails ? "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
                          : "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
        case chunk_signatures::sigv4a:
            return trails ? "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER"
                          : "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD";
        default: return "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    }
}

namespace detail::chunk_frames {

inline constexpr std::string_view signature_extension = ";chunk-signature=";
inline constexpr std::string_view trailer_signature = "x-amz-trailer-signature:";
inline constexpr std::string_view line_end = "\r\n";

constexpr std::size_t hex_digits(std::uint64_t number) noexcept {
    std::size_t digits = 1;
    while ((number >>= 4) != 0) ++digits;
    return digits;
}

/// Of the line in front of a chunk.
constexpr std::uint64_t head_size(std::uint64_t chunk, chunk_signatures kind) noexcept {
    const std::size_t width = signature_width(kind);
    const std::size_t extension = width == 0 ? 0 : signature_extension.size() + width;
    return hex_digits(chunk) + extension + line_end.size();
}

inline bool is_trailer_name(std::string_view name) noexcept {
    if (!auth::detail::header_text::is_name(name) || is_unsignable(name)) return false;
    return std::none_of(name.begin(), name.end(), [](char c) { return text::lower(c) != c; });
}

/// Adds the coding behind those that the body already has.
inline void append_coding(http::headers& to) {
    constexpr std::string_view coding = "aws-chunked";
    std::string all;
    for (const http::header field : to) {
        if (!text::equal_ignoring_case(field.name, "content-encoding")) continue;
        const std::string_view value = text::trimmed(field.value);
        if (value.empty()) continue;
        if (!all.empty()) all += ',';
        all += value;
    }
    const std::size_t comma = all.rfind(',');
    const std::size_t begin = comma == std::string::npos ? 0 : comma + 1;
    const std::string_view last = text::trimmed(std::string_view(all).substr(begin));
    if (!text::equal_ignoring_case(last, coding)) all.append(all.empty() ? "" : ",").append(coding);
    to.set("Content-Encoding", all);
}

}  // namespace detail::chunk_frames

/// Refuses with `invalid_argument` what S3 would, or what has no length.
inline expected<void> check(const chunk_layout& one) {
    const auto refusal = [](std::string why) {
        return error{
            .kind = error_kind::invalid_argument, .code = "BadChunks", .message = std::move(why)};
    };
    if (one.chunk_size < smallest_chunk)
        return refusal("a chunk has at least 8192 bytes, not " + std::to_string(one.chunk_size));
    if (one.length > (std::numeric_limits<std::uint64_t>::max)() / 2)
        return refusal("the body is too long");
    if (one.signatures == chunk_signatures::none && one.trailers.empty())
        return refusal("chunks without signatures are of no use without a trailer");
    for (const http::trailer& each : one.trailers)
        if (!detail::chunk_frames::is_trailer_name(each.name))
            return refusal("a trailer is not named like a header in lower case: " + each.name);
    return {};
}

/// The exact length of the encoded body, for a layout that `check` accepts.
inline std::uint64_t encoded_length(const chunk_layout& of) noexcept {
    namespace own = detail::chunk_frames;
    const std::uint64_t full = of.length / of.chunk_size;
    const std::uint64_t rest = of.length % of.chunk_size;
    constexpr std::uint64_t ends = own::line_end.size();
    std::uint64_t size = of.length + full * (own::head_size(of.chunk_size, of.signatures) + ends);
    if (rest != 0) size += own::head_size(rest, of.signatures) + ends;
    size += own::head_size(0, of.signatures) + ends;
    for (const http::trailer& one : of.trailers)
        size += one.name.size() + 1 + one.value_size + ends;
    const std::size_t width = signature_width(of.signatures);
    if (width != 0 && !of.trailers.empty()) size += own::trailer_signature.size() + width + ends;
    return size;
}

/// The line in front of a chunk, or of the empty one at the end.
inline void append_chunk_head(std::string& to, std::uint64_t size, std::string_view signature) {
    namespace own = detail::chunk_frames;
    char digits[16];
    to.append(digits, std::to_chars(digits, digits + sizeof digits, size, 16).ptr);
    if (!signature.empty()) to.append(own::signature_extension).append(signature);
    to.append(own::line_end);
}

/// Puts the headers that a chunked body needs in place of those that are there. A `Content-Length`
/// stays only if it is the encoded one; the transport tells it in any case.
inline void add_chunk_headers(http::headers& to, const chunk_layout& of) {
    detail::chunk_frames::append_coding(to);
    if (to.find("Content-Length") != std::to_string(encoded_length(of)))
        to.remove("Content-Length");
    to.set("x-amz-decoded-content-length", std::to_string(of.length));
    to.set("x-amz-content-sha256", payload_words(of));
    to.remove("x-amz-trailer");
    std::string names;
    for (const http::trailer& one : of.trailers)
        names.append(names.empty() ? "" : ",").append(one.name);
    if (!names.empty()) to.add("x-amz-trailer", names);
}

}  // namespace awsxx::inline AWSXX_ABI::auth
