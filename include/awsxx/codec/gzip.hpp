// SPDX-License-Identifier: MIT
// Compresses the body of a request as gzip does.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/crypto/crc.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec {

namespace detail::gzip {

/// Puts bits into bytes, the lowest first.
class bit_writer {
public:
    explicit bit_writer(std::string& out) noexcept : out_(out) {}

    void put(std::uint32_t bits, unsigned count) {
        held_ |= static_cast<std::uint64_t>(bits) << filled_;
        filled_ += count;
        for (; filled_ >= 8; filled_ -= 8, held_ >>= 8) out_ += static_cast<char>(held_ & 0xff);
    }
    /// A Huffman code, whose highest bit goes first.
    void put_code(std::uint32_t code, unsigned count) {
        std::uint32_t turned = 0;
        for (unsigned i = 0; i < count; ++i) turned |= ((code >> i) & 1U) << (count - 1 - i);
        put(turned, count);
    }
    void finish() {
        if (filled_ > 0) put(0, 8 - filled_);
    }

private:
    std::string& out_;
    std::uint64_t held_ = 0;
    unsigned filled_ = 0;
};

/// A range of lengths or distances: the smallest, and how many bits tell which of the range.
struct range {
    std::uint16_t first;
    std::uint8_t extra;
};
inline constexpr std::array<range, 29> lengths{
    {{3, 0},  {4, 0},  {5, 0},  {6, 0},   {7, 0},   {8, 0},   {9, 0},   {10, 0},  {11, 1}, {13, 1},
     {15, 1}, {17, 1}, {19, 2}, {23, 2},  {27, 2},  {31, 2},  {35, 3},  {43, 3},  {51, 3}, {59, 3},
     {67, 4}, {83, 4}, {99, 4}, {115, 4}, {131, 5}, {163, 5}, {195, 5}, {227, 5}, {258, 0}}};
inline constexpr std::array<range, 30> distances{
    {{1, 0},     {2, 0},     {3, 0},     {4, 0},      {5, 1},      {7, 1},
     {9, 2},     {13, 2},    {17, 3},    {25, 3},     {33, 4},     {49, 4},
     {65, 5},    {97, 5},    {129, 6},   {193, 6},    {257, 7},    {385, 7},
     {513, 8},   {769, 8},   {1025, 9},  {1537, 9},   {2049, 10},  {3073, 10},
     {4097, 11}, {6145, 11}, {8193, 12}, {12289, 12}, {16385, 13}, {24577, 13}}};

/// Which range a number is in.
template <std::size_t N>
std::size_t range_of(const std::array<range, N>& all, std::size_t number) noexcept {
    const auto after =
        std::upper_bound(all.begin(), all.end(), number,
                         [](std::size_t value, const range& one) { return value < one.first; });
    return static_cast<std::size_t>(after - all.begin()) - 1;
}

/// Finds text that came before and writes where, in one block of fixed codes.
class deflater {
public:
    deflater(std::string_view in, std::string& out)
        : in_(in), out_(out), newest_(places, none), older_(window, none) {}

    void run() {
        out_.put(1, 1);  // the last block
        out_.put(1, 2);  // of fixed codes
        for (std::size_t at = 0; at < in_.size();) {
            const match found = find(at);
            const std::size_t length = found.length;
            if (length < shortest) {
                symbol(static_cast<unsigned char>(in_[at]));
            } else {
                write(found);
            }
            const std::size_t next = at + std::max<std::size_t>(length, 1);
            for (; at < next; ++at) remember(at);
        }
        symbol(256);
        out_.finish();
    }

private:
    struct match {
        std::size_t length;
        std::size_t distance;
    };

    static constexpr std::size_t shortest = 3;
    static constexpr std::size_t longest = 258;
    static constexpr std::size_t window = std::size_t{1} << 15;
    static constexpr std::size_t places = std::size_t{1} << 15;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    static constexpr int tries = 24;  // more find little more

    std::size_t slot(std::size_t at) const noexcept {
        const auto byte = [&](std::size_t i) {
            return static_cast<std::uint32_t>(static_cast<unsigned char>(in_[at + i]));
        };
        return ((byte(0) | byte(1) << 8 | byte(2) << 16) * 2654435761U >> 17) % places;
    }

    void remember(std::size_t at) {
        if (at + shortest > in_.size()) return;
        std::size_t& newest = newest_[slot(at)];
        older_[at % window] = newest;
        newest = at;
    }

    match find(std::size_t at) const {
        match best{0, 0};
        if (at + shortest > in_.size()) return best;
        const std::size_t most = (std::min)(longest, in_.size() - at);
        std::size_t seen = newest_[slot(at)];
        for (int i = 0; i < tries && seen != none && at - seen <= window; ++i) {
            const std::size_t length = common(seen, at, most);
            if (length > best.length) best = {length, at - seen};
            const std::size_t before = older_[seen % window];
            if (length == most || before == none || before >= seen) break;
            seen = before;
        }
        return best;
    }

    std::size_t common(std::size_t a, std::size_t b, std::size_t most) const noexcept {
        std::size_t length = 0;
        while (length < most && in_[a + length] == in_[b + length]) ++length;
        return length;
    }

    void write(const match& found) {
        const std::size_t by_length = range_of(lengths, found.length);
        symbol(257 + static_cast<unsigned>(by_length));
        rest(found.length, lengths[by_length]);
        const std::size_t by_distance = range_of(distances, found.distance);
        out_.put_code(static_cast<std::uint32_t>(by_distance), 5);
        rest(found.distance, distances[by_distance]);
    }

    void rest(std::size_t number, const range& of) {
        out_.put(static_cast<std::uint32_t>(number - of.first), of.extra);
    }

    /// RFC 1951, 3.2.6.
    void symbol(unsigned which) {
        if (which < 144) return out_.put_code(0x30 + which, 8);
        if (which < 256) return out_.put_code(0x190 + which - 144, 9);
        if (which < 280) return out_.put_code(which - 256, 7);
        out_.put_code(0xc0 + which - 280, 8);
    }

    std::string_view in_;
    bit_writer out_;
    std::vector<std::size_t> newest_;
    std::vector<std::size_t> older_;
};

inline void append_number(std::string& out, std::uint32_t number) {
    for (int i = 0; i < 4; ++i, number >>= 8) out += static_cast<char>(number & 0xff);
}

}  // namespace detail::gzip

/// The bytes, compressed (RFC 1952). Text of services shrinks to about a fifth; what cannot be
/// compressed grows by up to an eighth.
///
/// Takes about half a megabyte while it works.
inline std::string to_gzip(std::string_view bytes) {
    using namespace std::string_view_literals;
    std::string out("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"sv);  // deflate, no name, no date
    out.reserve(64 + bytes.size() / 3);
    detail::gzip::deflater(bytes, out).run();
    detail::gzip::append_number(out, crypto::crc32_of(bytes));
    detail::gzip::append_number(out, static_cast<std::uint32_t>(bytes.size()));
    return out;
}

}  // namespace awsxx::inline AWSXX_ABI::codec
