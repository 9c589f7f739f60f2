// SPDX-License-Identifier: MIT
// Writes CBOR value by value.
#pragma once

#include <awsxx/core/version.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec::cbor {

/// Appends values to a string, each as short as it can be. What may stand where is the caller's
/// care.
class writer {
public:
    explicit writer(std::string& out) noexcept : out_(out) {}

    void integer(std::int64_t value) {
        if (value < 0)
            head(1, static_cast<std::uint64_t>(-(value + 1)));
        else
            head(0, static_cast<std::uint64_t>(value));
    }
    void bytes(std::string_view value) { string(2, value); }
    void text(std::string_view value) { string(3, value); }
    void array(std::size_t size) { head(4, size); }
    void map(std::size_t size) { head(5, size); }
    void tag(std::uint64_t number) { head(6, number); }
    /// A map, or an array, of as many entries as come before `close`.
    void open_map() { out_ += '\xbf'; }
    void open_array() { out_ += '\x9f'; }
    void close() { out_ += '\xff'; }
    void boolean(bool value) { out_ += value ? '\xf5' : '\xf4'; }
    void null() { out_ += '\xf6'; }
    void real(float value) {
        out_ += '\xfa';
        big_endian(std::bit_cast<std::uint32_t>(value), 4);
    }
    void real(double value) {
        out_ += '\xfb';
        big_endian(std::bit_cast<std::uint64_t>(value), 8);
    }

private:
    void string(unsigned major, std::string_view value) {
        head(major, value.size());
        out_ += value;
    }
    void head(unsigned major, std::uint64_t number) {
        if (number < 24) return first(major, static_cast<unsigned>(number));
        const unsigned step = number <= 0xff      ? 0U
                              : number <= 0xffff  ? 1U
                              : number >> 32 == 0 ? 2U
                                                  : 3U;
        first(major, 24 + step);
        big_endian(number, 1U << step);
    }
    void first(unsigned major, unsigned low) { out_ += static_cast<char>(major << 5 | low); }
    void big_endian(std::uint64_t number, unsigned size) {
        while (size-- > 0) out_ += static_cast<char>(number >> (8 * size) & 0xff);
    }

    std::string& out_;
};

}  // namespace awsxx::inline AWSXX_ABI::codec::cbor
