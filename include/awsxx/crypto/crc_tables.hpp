// SPDX-License-Identifier: MIT
// Remainders of polynomials, eight bytes a step, by tables.
#pragma once

#include <awsxx/core/version.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::crypto {

namespace detail::crc_tables {

/// How many bytes a step takes in; each has a table.
inline constexpr std::size_t stride = 8;

template <class Word>
using tables = std::array<std::array<Word, 256>, stride>;

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

template <class Word, std::size_t... Byte>
Word look_up(const tables<Word>& table, std::uint64_t word, std::index_sequence<Byte...>) noexcept {
    return (table[stride - 1 - Byte][(word >> (8 * Byte)) & 0xff] ^ ...);
}

}  // namespace detail::crc_tables

/// What `rest` becomes by more bytes. `Polynomial` has its bits in reverse order, the highest power
/// left out; so have the remainders.
template <class Word, Word Polynomial>
Word take_in_by_tables(Word rest, std::string_view bytes) noexcept {
    namespace here = detail::crc_tables;
    const here::tables<Word>& table = here::tables_of<Word, Polynomial>;
    for (; bytes.size() >= here::stride; bytes.remove_prefix(here::stride))
        rest = here::look_up(table, here::load(bytes.data()) ^ rest,
                             std::make_index_sequence<here::stride>());
    for (const char byte : bytes)
        rest = (rest >> 8) ^ table[0][(rest ^ static_cast<unsigned char>(byte)) & 0xff];
    return rest;
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
