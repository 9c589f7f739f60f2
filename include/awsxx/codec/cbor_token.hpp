// SPDX-License-Identifier: MIT
// What CBOR is made of: the kinds of values, the extent of containers, numbers of 16 bits.
#pragma once

#include <awsxx/core/version.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

namespace awsxx::inline AWSXX_ABI::codec::cbor {

/// What a value is, seen by its first byte.
enum class token : unsigned char {
    none,  ///< The end, or what no value begins with.
    unsigned_integer,
    negative_integer,
    bytes,
    text,
    array,
    map,
    tag,
    boolean,
    null,
    undefined,
    real,    ///< A floating-point number of 16, 32 or 64 bits.
    simple,  ///< A simple value without a meaning.
};

/// What is left to read of an array or a map.
struct scope {
    std::uint64_t left{};
    bool indefinite{};  ///< A break ends it.
};

/// The number that these 16 bits are.
inline double half_precision(std::uint32_t bits) noexcept {
    const int exponent = static_cast<int>(bits >> 10 & 31);
    const double mantissa = bits & 1023;
    double size = 0;
    if (exponent == 0)
        size = std::ldexp(mantissa, -24);
    else if (exponent != 31)
        size = std::ldexp(mantissa + 1024, exponent - 25);
    else if (mantissa == 0)
        size = std::numeric_limits<double>::infinity();
    else
        size = std::numeric_limits<double>::quiet_NaN();
    return (bits & 0x8000) != 0 ? -size : size;
}

}  // namespace awsxx::inline AWSXX_ABI::codec::cbor
