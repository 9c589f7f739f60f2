// SPDX-License-Identifier: MIT
// Reads CBOR value by value, straight from the bytes, as RFC 8949 has it.
#pragma once

#include <awsxx/codec/cbor_token.hpp>
#include <awsxx/codec/presence.hpp>
#include <awsxx/core/version.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec::cbor {

/// Pulls values out of bytes. The bytes have to outlive it; nothing else is allocated than room
/// for strings that come in pieces.
///
///     cbor::reader in("\x82\x01\xf5");
///     cbor::scope items;
///     std::uint64_t number = 0;
///     bool flag = false;
///     in.open_array(items);
///     in.more(items) && in.argument(number);       // 1
///     in.more(items) && in.boolean(flag);          // true
///     bool fine = !in.more(items) && in.finish();
///
/// Whatever returns false either came to an end or failed; `ok()` tells which. After a failure all
/// functions return false. Nesting beyond 256 levels fails, and no length is trusted before there
/// are as many bytes.
class reader {
public:
    explicit reader(std::string_view bytes) noexcept : bytes_(bytes) {}

    bool ok() const noexcept { return problem_ == nullptr; }
    const char* problem() const noexcept { return problem_; }
    /// Where the reader is, or where it failed.
    std::size_t offset() const noexcept { return at_; }

    /// What comes next.
    token peek() const noexcept {
        if (!ok() || at_ == bytes_.size()) return token::none;
        const unsigned char first = byte(at_);
        switch (first >> 5) {
            case 0: return token::unsigned_integer;
            case 1: return token::negative_integer;
            case 2: return token::bytes;
            case 3: return token::text;
            case 4: return token::array;
            case 5: return token::map;
            case 6: return token::tag;
            default: return special(first & 31);
        }
    }

    /// Reads a null or an undefined if that is what comes next; otherwise nothing happens.
    bool take_null() noexcept {
        const token next = peek();
        if (next != token::null && next != token::undefined) return false;
        ++at_;
        return true;
    }
    bool boolean(bool& value) noexcept {
        if (peek() != token::boolean) return fail("expected true or false");
        value = byte(at_++) == 0xf5;
        return true;
    }
    /// The number in the head of an integer, negative or not, or of a tag. Of a negative integer it
    /// is one less than its distance from zero.
    bool argument(std::uint64_t& value) noexcept {
        const token next = peek();
        if (next != token::unsigned_integer && next != token::negative_integer &&
            next != token::tag)
            return fail("expected an integer");
        return head(value);
    }
    bool real(double& value) noexcept {
        if (peek() != token::real) return fail("expected a number");
        const unsigned size = byte(at_) & 31;
        std::uint64_t bits = 0;
        if (!head(bits)) return false;
        if (size == 25)
            value = half_precision(static_cast<std::uint32_t>(bits));
        else if (size == 26)
            value = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
        else
            value = std::bit_cast<double>(bits);
        return true;
    }

    /// The bytes of a string, valid until the next call.
    bool bytes(std::string_view& value) {
        return peek() == token::bytes ? string(value) : fail("expected bytes");
    }
    /// The text of a string, valid until the next call. Whether it is UTF-8 is not checked.
    bool text(std::string_view& value) {
        return peek() == token::text ? string(value) : fail("expected a string");
    }

    bool open_array(scope& items) noexcept {
        return peek() == token::array ? open(items, 1) : fail("expected an array");
    }
    bool open_map(scope& entries) noexcept {
        return peek() == token::map ? open(entries, 2) : fail("expected a map");
    }
    /// True if another item, or another key and its value, has to be read next.
    bool more(scope& items) noexcept {
        if (!ok()) return false;
        const bool end = items.indefinite ? take_break() : items.left == 0;
        if (end) {
            --depth_;
            return false;
        }
        if (!items.indefinite) --items.left;
        return true;
    }

    /// Reads the tags in front of a value.
    bool skip_tags() noexcept {
        std::uint64_t number = 0;
        while (peek() == token::tag)
            if (!head(number)) return false;
        return ok();
    }
    /// Reads a value of any kind and forgets it. It is checked all the same.
    bool skip() {
        std::uint64_t number = 0;
        std::string_view ignored;
        scope items;
        if (!skip_tags()) return false;
        switch (peek()) {
            case token::none: return fail("expected a value");
            case token::bytes:
            case token::text: return string(ignored);
            case token::array:
                for (open_array(items); more(items);)
                    if (!skip()) return false;
                return ok();
            case token::map:
                for (open_map(items); more(items);)
                    if (!skip() || !skip()) return false;
                return ok();
            default: return head(number);
        }
    }

    /// True if all went well and nothing follows.
    bool finish() noexcept { return ok() && (at_ == bytes_.size() || fail("expected the end")); }

    /// Makes the reader fail where it is, for a reason of the caller's. Always false.
    bool fail(const char* problem) noexcept {
        if (problem_ == nullptr) problem_ = problem;
        return false;
    }
    /// The same for a value that began earlier.
    bool fail_at(std::size_t offset, const char* problem) noexcept {
        if (ok()) at_ = offset;
        return fail(problem);
    }

    /// Where the reader is, to come back to.
    struct place {
        std::size_t at;
        std::size_t depth;
    };
    place here() const noexcept { return {at_, depth_}; }
    /// Reads from there again, whatever happened since.
    void go_back(const place& to) noexcept {
        at_ = to.at;
        depth_ = to.depth;
        problem_ = nullptr;
    }

private:
    static constexpr unsigned char break_code = 0xff;
    static constexpr unsigned indefinite = 31;

    unsigned char byte(std::size_t at) const noexcept {
        return static_cast<unsigned char>(bytes_[at]);
    }
    static token special(unsigned low) noexcept {
        switch (low) {
            case 20:
            case 21: return token::boolean;
            case 22: return token::null;
            case 23: return token::undefined;
            case 25:
            case 26:
            case 27: return token::real;
            default: return low <= 24 ? token::simple : token::none;
        }
    }

    /// Reads the first byte and the number that it holds or that follows it.
    bool head(std::uint64_t& value) noexcept {
        const unsigned low = byte(at_) & 31;
        value = low;
        if (low < 24) {
            ++at_;
            return true;
        }
        if (low > 27) return fail("a length that does not exist");
        const std::size_t size = std::size_t{1} << (low - 24);
        if (bytes_.size() - at_ - 1 < size) return fail("cut off");
        value = 0;
        for (std::size_t i = 1; i <= size; ++i) value = value << 8 | byte(at_ + i);
        at_ += 1 + size;
        return true;
    }

    bool string(std::string_view& value) {
        if ((byte(at_) & 31) == indefinite) return pieces(value);
        std::uint64_t size = 0;
        const std::size_t begin = at_;
        if (!head(size)) return false;
        if (size > bytes_.size() - at_) return fail_at(begin, "cut off");
        value = bytes_.substr(at_, static_cast<std::size_t>(size));
        at_ += value.size();
        return true;
    }

    /// A string in pieces, each of them a string of the same kind and of definite length.
    bool pieces(std::string_view& value) {
        const token kind = peek();
        ++at_;
        scratch_.clear();
        std::string_view piece;
        while (!take_break()) {
            if (!ok()) return false;
            if (peek() != kind || (byte(at_) & 31) == indefinite)
                return fail("expected a piece of a string, or a break");
            if (!string(piece)) return false;
            scratch_ += piece;
        }
        value = scratch_;
        return true;
    }

    bool take_break() noexcept {
        if (at_ == bytes_.size()) return fail("cut off");
        if (byte(at_) != break_code) return false;
        ++at_;
        return true;
    }

    /// Each entry takes at least that many bytes.
    bool open(scope& items, std::uint64_t least) noexcept {
        if (depth_ == deepest) return fail("nested too deep");
        items = {};
        if ((byte(at_) & 31) == indefinite) {
            items.indefinite = true;
            ++at_;
        } else {
            const std::size_t begin = at_;
            if (!head(items.left)) return false;
            if (items.left > (bytes_.size() - at_) / least) return fail_at(begin, "cut off");
        }
        ++depth_;
        return true;
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    const char* problem_ = nullptr;
    std::string scratch_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::cbor
