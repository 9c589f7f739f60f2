// SPDX-License-Identifier: MIT
// The check of two pieces behind each other, from the checks of both.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstdint>

namespace awsxx::inline AWSXX_ABI::crypto {

namespace detail::crc_combine {

/// The product of two remainders with their bits in reverse order.
template <class Word, Word Polynomial>
constexpr Word multiplied(Word a, Word b) noexcept {
    Word product = 0;
    for (Word power = Word{1} << (8 * sizeof(Word) - 1); power != 0; power >>= 1) {
        if ((a & power) != 0) product ^= b;
        b = (b >> 1) ^ ((b & 1) != 0 ? Polynomial : 0);
    }
    return product;
}

/// x to the power of eight times `bytes`.
template <class Word, Word Polynomial>
constexpr Word shift_over(std::uint64_t bytes) noexcept {
    constexpr Word one = Word{1} << (8 * sizeof(Word) - 1);
    Word square = one >> 8;
    Word all = one;
    for (; bytes != 0; bytes >>= 1) {
        if ((bytes & 1) != 0) all = multiplied<Word, Polynomial>(all, square);
        square = multiplied<Word, Polynomial>(square, square);
    }
    return all;
}

}  // namespace detail::crc_combine

/// The check over the bytes of `first` and those of `second`, of which there are so many.
template <class Word, Word Polynomial>
constexpr Word combined(Word first, Word second, std::uint64_t second_size) noexcept {
    namespace here = detail::crc_combine;
    return here::multiplied<Word, Polynomial>(first,
                                              here::shift_over<Word, Polynomial>(second_size)) ^
           second;
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
