// SPDX-License-Identifier: MIT
// The cyclic redundancy checks that AWS protects bytes on their way with.
#pragma once

#include <awsxx/core/version.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::crypto {

namespace detail::crc {

/// How many bytes a step takes in; each has a table.
inline constexpr std::size_t stride = 8;

template <class Word>
using tables = std::array<std::array<Word, 256>, stride>;

/// Of a polynomial written with its bits in reverse order.
template <class Word>
constexpr tables<Word> make_tables(Word polynomial) noexcept {
    tables<Word> made{};
    for (std::size_t byte = 0; byte < 256; ++byte) {
        auto rest = static_cast<Word>(byte);
        for (int bit = 0; bit < 8; ++bit) rest = (rest >> 1) ^ ((rest & 1) != 0 ? polynomial : 0);
        made[0][byte] = rest;
    }
    for (std::size_t slice = 1; slice < stride; ++slice)
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const Word before = made[slice - 1][byte];
            made[slice][byte] = (before >> 8) ^ made[0][before & 0xff];
        }
    return made;
}

template <class Word, Word Polynomial>
inline constexpr tables<Word> tables_of = make_tables<Word>(Polynomial);

inline std::uint64_t load(const char* from) noexcept {
    std::uint64_t word = 0;
    if constexpr (std::endian::native == std::endian::little)
        std::memcpy(&word, from, sizeof word);
    else
        for (std::size_t i = 0; i < sizeof word; ++i)
            word |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
    return word;
}

/// Takes bytes into a remainder, by tables.
template <class Word, Word Polynomial>
Word take_in(Word rest, std::string_view bytes) noexcept {
    const tables<Word>& table = tables_of<Word, Polynomial>;
    for (; bytes.size() >= stride; bytes.remove_prefix(stride)) {
        const std::uint64_t word = load(bytes.data()) ^ rest;
        rest = 0;
        for (std::size_t i = 0; i < stride; ++i)
            rest ^= table[stride - 1 - i][(word >> (8 * i)) & 0xff];
    }
    for (const char byte : bytes)
        rest = (rest >> 8) ^ table[0][(rest ^ static_cast<unsigned char>(byte)) & 0xff];
    return rest;
}

#if defined(__x86_64__) && defined(__GNUC__)
#define AWSXX_HAS_CRC32C_INSTRUCTION 1

/// The same for CRC-32C by the processor's own instruction.
[[gnu::target("sse4.2")]] inline std::uint32_t take_in_by_instruction(
    std::uint32_t rest, std::string_view bytes) noexcept {
    std::uint64_t wide = rest;
    for (; bytes.size() >= stride; bytes.remove_prefix(stride))
        wide = __builtin_ia32_crc32di(wide, load(bytes.data()));
    rest = static_cast<std::uint32_t>(wide);
    for (const char byte : bytes)
        rest = __builtin_ia32_crc32qi(rest, static_cast<unsigned char>(byte));
    return rest;
}
#endif

}  // namespace detail::crc

/// A check of `Word`'s width over bytes that come in pieces. `Polynomial` has its bits reversed.
template <class Word, Word Polynomial>
class crc {
public:
    void update(std::string_view bytes) noexcept {
        rest_ = detail::crc::take_in<Word, Polynomial>(rest_, bytes);
    }
    /// Of all that came so far.
    Word value() const noexcept { return ~rest_; }

private:
    Word rest_ = ~Word{0};
};

/// The check of zlib, gzip and PNG, and of event streams.
using crc32 = crc<std::uint32_t, 0xedb88320u>;

/// Of NVM Express; what S3 prefers.
using crc64nvme = crc<std::uint64_t, 0x9a6c9329ac4bc9b5u>;

/// Castagnoli's, for which many processors have an instruction.
class crc32c {
public:
    void update(std::string_view bytes) noexcept {
#if defined(AWSXX_HAS_CRC32C_INSTRUCTION)
        if (__builtin_cpu_supports("sse4.2")) {
            rest_ = detail::crc::take_in_by_instruction(rest_, bytes);
            return;
        }
#endif
        rest_ = detail::crc::take_in<std::uint32_t, 0x82f63b78u>(rest_, bytes);
    }
    /// Of all that came so far.
    std::uint32_t value() const noexcept { return ~rest_; }

private:
    std::uint32_t rest_ = ~std::uint32_t{0};
};

/// The check of zlib over bytes that lie in one piece.
inline std::uint32_t crc32_of(std::string_view bytes) noexcept {
    crc32 check;
    check.update(bytes);
    return check.value();
}

}  // namespace awsxx::inline AWSXX_ABI::crypto

#undef AWSXX_HAS_CRC32C_INSTRUCTION
