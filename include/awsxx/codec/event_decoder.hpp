// SPDX-License-Identifier: MIT
// Finds the messages of an event stream in bytes that come in pieces.
#pragma once

#include <awsxx/codec/event_stream.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/crc.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::event_stream {

namespace detail::event_decoder {

inline std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) noexcept {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < size; ++i)
        number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

/// A number of `size` bytes whose highest bit is its sign.
inline std::int64_t signed_number(std::string_view bytes) noexcept {
    const unsigned unused = 64 - 8 * static_cast<unsigned>(bytes.size());
    const std::uint64_t number = number_at(bytes, 0, bytes.size()) << unused;
    return static_cast<std::int64_t>(number) >> unused;
}

/// Takes headers out of the bytes that are all of them.
class header_reader {
public:
    explicit header_reader(std::string_view bytes) noexcept : left_(bytes) {}

    /// Null, or what is wrong with them.
    const char* read_all(message& into) {
        while (!left_.empty()) {
            header one;
            if (const char* problem = read(one)) return problem;
            if (into.find(one.name) != nullptr) return "two headers of one name";
            into.headers.push_back(std::move(one));
        }
        return nullptr;
    }

private:
    const char* read(header& one) {
        std::string_view name;
        std::string_view type;
        if (!take_counted(1, name) || !take(1, type)) return "a header is cut short";
        if (name.empty() || !codec::event_stream::detail::event_stream::is_utf8(name))
            return "a header has no name";
        one.name = name;
        if (static_cast<unsigned char>(type[0]) > static_cast<unsigned char>(header_type::uuid))
            return "a header of unknown type";
        one.type = static_cast<header_type>(type[0]);
        return read_value(one);
    }

    const char* read_value(header& one) {
        namespace wire = codec::event_stream::detail::event_stream;
        std::string_view value;
        bool whole = true;
        const std::size_t size = wire::number_size(one.type);
        if (size > 0)
            whole = take(size, value);
        else if (one.type == header_type::uuid)
            whole = take(16, value);
        else if (one.type == header_type::bytes || one.type == header_type::text)
            whole = take_counted(2, value);
        if (!whole) return "a header is cut short";
        if (one.type == header_type::text && !wire::is_utf8(value)) return "a header is not UTF-8";
        if (size > 0)
            one.number = signed_number(value);
        else
            one.bytes = value;
        return nullptr;
    }

    bool take(std::size_t size, std::string_view& taken) noexcept {
        if (left_.size() < size) return false;
        taken = left_.substr(0, size);
        left_.remove_prefix(size);
        return true;
    }
    bool take_counted(std::size_t size_of_count, std::string_view& taken) noexcept {
        std::string_view count;
        return take(size_of_count, count) &&
               take(static_cast<std::size_t>(number_at(count, 0, size_of_count)), taken);
    }

    std::string_view left_;
};

}  // namespace detail::event_decoder

/// Takes an event stream as it comes and gives its messages.
///
///     codec::event_stream::decoder decoder;
///     decoder.feed(payload);
///     for (;;) {
///         const auto message = decoder.next();
///         if (!message) return message.error();  // the stream cannot go on
///         if (!*message) break;                  // more bytes are needed
///         hash((*message)->payload);
///     }
///
/// Holds what belongs to a message that is not complete: at most 25 MB beyond what is fed at once.
/// After an error every call gives it again.
class decoder {
public:
    void feed(std::string_view bytes) {
        if (failed_) return;
        pending_.erase(0, std::exchange(done_, 0));
        pending_ += bytes;
    }

    /// The next message, or nothing as long as it is not complete.
    expected<std::optional<message>> next() {
        if (failed_) return *failed_;
        const std::string_view left = std::string_view(pending_).substr(done_);
        if (left.size() < prelude) return std::optional<message>();
        if (const char* problem = check(left)) return fail(problem);
        const auto total = static_cast<std::size_t>(number_at(left, 0, 4));
        if (left.size() < total) return std::optional<message>();
        return take(left.substr(0, total));
    }

    /// The stream is over. Fails if that is in the midst of a message.
    expected<void> finish() {
        if (!failed_ && done_ != pending_.size()) return fail("the stream is cut short");
        if (failed_) return *failed_;
        return {};
    }

private:
    static constexpr std::size_t prelude = 12;

    static std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
        return detail::event_decoder::number_at(bytes, at, size);
    }

    /// Null, or why nothing may be made of the lengths that a message begins with.
    static const char* check(std::string_view frame) noexcept {
        if (number_at(frame, 8, 4) != crypto::crc32_of(frame.substr(0, 8)))
            return "the lengths of a message do not fit their check";
        const std::uint64_t total = number_at(frame, 0, 4);
        const std::uint64_t headers = number_at(frame, 4, 4);
        if (total < frame_bytes || headers > total - frame_bytes)
            return "the lengths of a message contradict each other";
        if (headers > most_header_bytes) return "the headers are longer than 128 KiB";
        if (total - frame_bytes - headers > most_payload_bytes)
            return "the payload is longer than 24 MiB";
        return nullptr;
    }

    expected<std::optional<message>> take(std::string_view frame) {
        const std::size_t end = frame.size() - 4;
        if (number_at(frame, end, 4) != crypto::crc32_of(frame.substr(0, end)))
            return fail("a message does not fit its check");
        const auto headers = static_cast<std::size_t>(number_at(frame, 4, 4));
        message one;
        detail::event_decoder::header_reader reader(frame.substr(prelude, headers));
        if (const char* problem = reader.read_all(one)) return fail(problem);
        one.payload = frame.substr(prelude + headers, end - prelude - headers);
        done_ += frame.size();
        return std::optional<message>(std::move(one));
    }

    AWSXX_COLD error fail(const char* problem) {
        failed_ = error{.kind = error_kind::malformed_answer,
                        .code = "MalformedEventStream",
                        .message = problem};
        pending_.clear();
        done_ = 0;
        return *failed_;
    }

    std::string pending_{};
    std::size_t done_ = 0;  // of `pending_`: what was given out
    std::optional<error> failed_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::event_stream
