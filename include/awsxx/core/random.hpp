// SPDX-License-Identifier: MIT
// Random numbers for jitter, identifiers and nonces; not for keys.
#pragma once

#include <awsxx/core/fork.hpp>
#include <awsxx/core/os.hpp>
#include <awsxx/core/version.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace awsxx::inline AWSXX_ABI {

/// Where the library gets random numbers from. Replace it in `settings` for repeatable tests.
///
/// May be called from any thread.
class random_source {
public:
    virtual ~random_source() = default;
    /// Any of the 2^64 numbers, each as likely as the others.
    virtual std::uint64_t next() = 0;
};

namespace detail::random {

/// xoshiro256++ of Blackman and Vigna: 256 bits of state, a nanosecond a number.
class generator {
public:
    std::uint64_t next() noexcept {
        if (seeded_in_ != fork_generation()) seed();
        const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

private:
    void seed() noexcept {
        seeded_in_ = fork_generation();
        if (os::fill_random(state_.data(), sizeof state_)) return;
        // No entropy (a sandbox without the call): an address and the process are still unlike.
        std::uint64_t seed =
            reinterpret_cast<std::uintptr_t>(this) ^ std::uint64_t{os::process_number()} << 40;
        for (std::uint64_t& word : state_)
            word = seed = seed * 6364136223846793005u + 1442695040888963407u;
    }

    std::array<std::uint64_t, 4> state_{};
    unsigned seeded_in_ = ~0u;
};

}  // namespace detail::random

/// A generator for each thread, seeded by the operating system once and again after a fork.
class system_random final : public random_source {
public:
    std::uint64_t next() override {
        static thread_local constinit detail::random::generator own{};
        return own.next();
    }
};

/// A number from 0 up to, but never, 1.
inline double uniform(random_source& random) {
    return static_cast<double>(random.next() >> 11) * 0x1p-53;
}

/// The text of a UUID of version 4: "f81d4fae-7dec-41d0-a765-00a0c91e6bf6".
inline std::array<char, 36> uuid(random_source& random) {
    constexpr char digits[] = "0123456789abcdef";
    std::array<std::uint64_t, 2> bits{random.next(), random.next()};
    bits[0] = (bits[0] & ~std::uint64_t{0xf000}) | 0x4000;                       // version 4
    bits[1] = (bits[1] & ~(std::uint64_t{3} << 62)) | (std::uint64_t{2} << 62);  // RFC 9562
    std::array<char, 36> text{};
    text[8] = text[13] = text[18] = text[23] = '-';
    constexpr unsigned char places[] = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};
    for (std::size_t i = 0; i < std::size(places); ++i) {
        const auto byte = static_cast<unsigned char>(bits[i / 8] >> (56 - i % 8 * 8));
        text[places[i]] = digits[byte >> 4];
        text[places[i] + 1u] = digits[byte & 15];
    }
    return text;
}

}  // namespace awsxx::inline AWSXX_ABI
