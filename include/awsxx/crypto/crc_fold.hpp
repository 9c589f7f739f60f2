// SPDX-License-Identifier: MIT
// Remainders of polynomials, 64 bytes a step, where the processor multiplies without carry.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/crypto/crc_tables.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::crypto {

#if defined(__x86_64__) && defined(__GNUC__)

namespace detail::crc_fold {

/// 128 bits of a polynomial, the highest power first in memory.
using lane [[gnu::vector_size(16)]] = long long;

/// x to that power, modulo the polynomial, as 64 bits in reverse order.
template <class Word, Word Polynomial>
constexpr long long power(int exponent) noexcept {
    constexpr int width = 8 * sizeof(Word);
    Word rest = Word{1} << (width - 1);
    for (int i = 0; i < exponent; ++i) rest = (rest >> 1) ^ ((rest & 1) != 0 ? Polynomial : 0);
    const std::uint64_t wide = std::uint64_t{rest} << (64 - width);
    return static_cast<long long>(wide);
}

/// What moves a lane over that many bits. The halves of a lane are 64 powers apart; a product of
/// numbers in reverse order is one power too high.
template <class Word, Word Polynomial, int Bits>
inline constexpr lane over{power<Word, Polynomial>(Bits + 63), power<Word, Polynomial>(Bits - 1)};

inline lane load(const char* from) noexcept {
    lane bytes;
    std::memcpy(&bytes, from, sizeof bytes);
    return bytes;
}

[[gnu::target("pclmul")]] inline lane fold(lane one, lane by, lane onto) noexcept {
    return __builtin_ia32_pclmulqdq128(one, by, 0x00) ^ __builtin_ia32_pclmulqdq128(one, by, 0x11) ^
           onto;
}

/// Takes in all of `bytes` but less than 16; there have to be 64 or more. What is left in the lane
/// has the same remainder as all before it.
template <class Word, Word Polynomial>
[[gnu::target("pclmul")]] lane fold_all(Word rest, std::string_view& bytes) noexcept {
    const lane by_four = over<Word, Polynomial, 512>;
    const lane by_one = over<Word, Polynomial, 128>;
    lane a = load(bytes.data()) ^ lane { static_cast<long long>(rest), 0 };
    lane b = load(bytes.data() + 16);
    lane c = load(bytes.data() + 32);
    lane d = load(bytes.data() + 48);
    for (bytes.remove_prefix(64); bytes.size() >= 64; bytes.remove_prefix(64)) {
        a = fold(a, by_four, load(bytes.data()));
        b = fold(b, by_four, load(bytes.data() + 16));
        c = fold(c, by_four, load(bytes.data() + 32));
        d = fold(d, by_four, load(bytes.data() + 48));
    }
    d = fold(fold(fold(a, by_one, b), by_one, c), by_one, d);
    for (; bytes.size() >= 16; bytes.remove_prefix(16)) d = fold(d, by_one, load(bytes.data()));
    return d;
}

}  // namespace detail::crc_fold

#endif

/// What `rest` becomes by more bytes, as fast as the processor can; see `take_in_by_tables`.
template <class Word, Word Polynomial>
Word take_in(Word rest, std::string_view bytes) noexcept {
#if defined(__x86_64__) && defined(__GNUC__)
    if (bytes.size() >= 128 && __builtin_cpu_supports("pclmul")) {
        const auto lane = detail::crc_fold::fold_all<Word, Polynomial>(rest, bytes);
        char last[sizeof lane];
        std::memcpy(last, &lane, sizeof lane);
        rest = take_in_by_tables<Word, Polynomial>(0, {last, sizeof last});
    }
#endif
    return take_in_by_tables<Word, Polynomial>(rest, bytes);
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
