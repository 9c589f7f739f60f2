// SPDX-License-Identifier: MIT
// The messages of event streams, and how they are written.
#pragma once

#include <awsxx/codec/utf8.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/crc.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// `application/vnd.amazon.eventstream`.
/// https://smithy.io/2.0/aws/amazon-eventstream.html
namespace awsxx::inline AWSXX_ABI::codec::event_stream {

/// What a header's value is; the numbers are those on the wire.
enum class header_type : unsigned char {
    true_,
    false_,
    int8,
    int16,
    int32,
    int64,
    bytes,
    text,
    timestamp,  ///< Milliseconds since 1970.
    uuid,       ///< 16 bytes.
};

/// A name and a value, which lies in `number` or in `bytes` as its type has it.
struct header {
    std::string name{};
    header_type type{};
    std::int64_t number{};  ///< Of whole numbers and timestamps.
    std::string bytes{};    ///< Of bytes, text and UUIDs.
};

/// What travels at once.
struct message {
    std::vector<header> headers{};
    std::string payload{};

    /// The header of that name; null if there is none.
    const header* find(std::string_view name) const noexcept {
        for (const header& one : headers)
            if (one.name == name) return &one;
        return nullptr;
    }
    /// The text of a header; empty if there is none of that name that is text.
    std::string_view text(std::string_view name) const noexcept {
        const header* const found = find(name);
        if (found == nullptr || found->type != header_type::text) return {};
        return found->bytes;
    }
};

inline constexpr std::size_t most_header_bytes = 131'072;
inline constexpr std::size_t most_payload_bytes = 25'165'824;
/// Lengths and checks: what a message has beside its headers and its payload.
inline constexpr std::size_t frame_bytes = 16;

namespace detail::event_stream {

/// How many bytes a number of that type has on the wire; 0 where it is no number.
constexpr std::size_t number_size(header_type type) noexcept {
    switch (type) {
        case header_type::int8: return 1;
        case header_type::int16: return 2;
        case header_type::int32: return 4;
        case header_type::int64:
        case header_type::timestamp: return 8;
        default: return 0;
    }
}

inline bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

inline void append_number(std::string& out, std::uint64_t number, std::size_t size) {
    for (std::size_t left = size; left > 0; --left)
        out += static_cast<char>((number >> (8 * (left - 1))) & 0xff);
}

inline bool fits(std::int64_t number, std::size_t size) noexcept {
    if (size >= sizeof number) return true;
    const std::int64_t limit = std::int64_t{1} << (8 * size - 1);
    return number >= -limit && number < limit;
}

/// Null, or why a header cannot be written.
inline const char* problem_of(const message& whole, std::size_t index) noexcept {
    const header& one = whole.headers[index];
    if (one.name.empty() || one.name.size() > 255) return "a name has 1 to 255 bytes";
    if (!is_utf8(one.name)) return "the name is not UTF-8";
    if (whole.find(one.name) != &one) return "the name is there twice";
    if (const std::size_t size = number_size(one.type); size > 0)
        return fits(one.number, size) ? nullptr : "the number is too large";
    switch (one.type) {
        case header_type::true_:
        case header_type::false_: return nullptr;
        case header_type::uuid: return one.bytes.size() == 16 ? nullptr : "a UUID has 16 bytes";
        case header_type::text:
            if (!is_utf8(one.bytes)) return "the text is not UTF-8";
            [[fallthrough]];
        case header_type::bytes:
            return one.bytes.size() <= 0xffff ? nullptr : "the value is too long";
        default: return "there is no such type";
    }
}

inline void append_header(std::string& out, const header& one) {
    append_number(out, one.name.size(), 1);
    out += one.name;
    append_number(out, static_cast<unsigned char>(one.type), 1);
    if (const std::size_t size = number_size(one.type); size > 0)
        return append_number(out, static_cast<std::uint64_t>(one.number), size);
    if (one.type == header_type::bytes || one.type == header_type::text)
        append_number(out, one.bytes.size(), 2);
    if (one.type >= header_type::bytes) out += one.bytes;
}

AWSXX_COLD inline error refused(const std::string& why) {
    return {.kind = error_kind::invalid_argument, .code = "BadEvent", .message = why};
}

}  // namespace detail::event_stream

/// Appends headers as they stand in a message, which is also what is signed of them.
/// Fails for a header that cannot be written, and then appends nothing.
inline expected<void> append_headers(const message& whole, std::string& out) {
    namespace here = detail::event_stream;
    const std::size_t begin = out.size();
    for (std::size_t i = 0; i < whole.headers.size(); ++i) {
        if (const char* problem = here::problem_of(whole, i)) {
            out.resize(begin);
            return here::refused("header " + std::to_string(i) + ": " + problem);
        }
        here::append_header(out, whole.headers[i]);
    }
    if (out.size() - begin <= most_header_bytes) return {};
    out.resize(begin);
    return here::refused("the headers are longer than 128 KiB");
}

/// Appends a whole message. Fails for what no message may have, and then appends nothing.
inline expected<void> append(const message& whole, std::string& out) {
    namespace here = detail::event_stream;
    if (whole.payload.size() > most_payload_bytes)
        return here::refused("the payload is longer than 24 MiB");
    std::string headers;
    if (auto done = append_headers(whole, headers); !done) return done;
    const std::size_t begin = out.size();
    const std::size_t total = frame_bytes + headers.size() + whole.payload.size();
    out.reserve(begin + total);
    here::append_number(out, total, 4);
    here::append_number(out, headers.size(), 4);
    here::append_number(out, crypto::crc32_of(std::string_view(out).substr(begin)), 4);
    out += headers;
    out += whole.payload;
    here::append_number(out, crypto::crc32_of(std::string_view(out).substr(begin)), 4);
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::codec::event_stream
