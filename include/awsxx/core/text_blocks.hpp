// SPDX-License-Identifier: MIT
// Copies, compares and checks text sixteen characters at a time.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::text {

namespace detail::text_blocks {

/// Sixteen characters that are worked on at once; compilers know how on each processor.
using block [[gnu::vector_size(16)]] = unsigned char;
using signed_block [[gnu::vector_size(16)]] = signed char;
using halves [[gnu::vector_size(16)]] = std::uint64_t;

inline block load(const char* from) noexcept {
    block loaded;
    std::memcpy(&loaded, from, sizeof loaded);
    return loaded;
}
inline void store(char* to, block what) noexcept { std::memcpy(to, &what, sizeof what); }

template <class Word>
Word load_word(const char* from) noexcept {
    Word loaded;
    std::memcpy(&loaded, from, sizeof loaded);
    return loaded;
}

/// All of a text of at most sixteen characters, some of them twice, and `filler` if it is short.
inline block load_short(std::string_view text, char filler) noexcept {
    const char* end = text.data() + text.size();
    if (text.size() >= 8) {
        const halves both{load_word<std::uint64_t>(text.data()), load_word<std::uint64_t>(end - 8)};
        return reinterpret_cast<block>(both);
    }
    char padded[16];
    std::memset(padded, filler, sizeof padded);
    for (std::size_t i = 0; i < text.size(); ++i) padded[i] = text[i];
    return load(padded);
}

inline bool is_zero(block what) noexcept {
    const halves both = reinterpret_cast<halves>(what);
    return (both[0] | both[1]) == 0;
}

/// True if `bad(block)` is zero for all of a text; `filler` has to be a good character.
template <class Bad>
bool none(std::string_view text, char filler, Bad&& bad) noexcept {
    if (text.size() < sizeof(block)) return is_zero(bad(load_short(text, filler)));
    const char* const last = text.data() + text.size() - sizeof(block);
    block found = bad(load(last));  // again, in part, what comes before
    for (const char* at = text.data(); at < last; at += sizeof(block)) found |= bad(load(at));
    return is_zero(found);
}

inline block lowered(block what) noexcept {
    const auto is_capital = reinterpret_cast<block>((what >= 'A') & (what <= 'Z'));
    return what | (is_capital & 0x20);
}

}  // namespace detail::text_blocks

/// True if there is neither a space nor a control character in it.
inline bool has_no_blanks(std::string_view text) noexcept {
    using namespace detail::text_blocks;
    return none(text, 'a',
                [](block what) { return reinterpret_cast<block>((what <= ' ') | (what == 0x7f)); });
}

/// True if it is made of ASCII's visible characters.
inline bool is_visible(std::string_view text) noexcept {
    using namespace detail::text_blocks;
    return none(text, 'a', [](block what) {
        const auto ordered = reinterpret_cast<signed_block>(what);  // beyond ASCII: below zero
        return reinterpret_cast<block>((ordered <= ' ') | (ordered == 0x7f));
    });
}

/// Writes text and tells where it ends. Short pieces without a call of `memcpy`.
inline char* write(char* to, std::string_view piece) noexcept {
    using namespace detail::text_blocks;
    const char* from = piece.data();
    const std::size_t size = piece.size();
    char* const end = to + size;
    if (size >= 16 && size <= 128) {
        const block last = load(from + size - 16);
        for (std::size_t at = 0; at + 16 < size; at += 16) store(to + at, load(from + at));
        store(end - 16, last);
    } else if (size > 128) {
        std::memcpy(to, from, size);
    } else if (size >= 8) {
        std::memcpy(to, from, 8);
        std::memcpy(end - 8, from + size - 8, 8);
    } else if (size >= 4) {
        std::memcpy(to, from, 4);
        std::memcpy(end - 4, from + size - 4, 4);
    } else {
        for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
    }
    return end;
}

/// Writes text in lower case and tells where it ends; characters beyond ASCII stay as they are.
inline char* write_lowered(char* to, std::string_view piece) noexcept {
    using namespace detail::text_blocks;
    const char* from = piece.data();
    const std::size_t size = piece.size();
    if (size < 16) {
        for (std::size_t i = 0; i < size; ++i) to[i] = lower(from[i]);
        return to + size;
    }
    for (std::size_t at = 0; at + 16 < size; at += 16) store(to + at, lowered(load(from + at)));
    store(to + size - 16, lowered(load(from + size - 16)));
    return to + size;
}

/// True if both are the same. For short texts that mostly are.
inline bool equal(std::string_view a, std::string_view b) noexcept {
    using namespace detail::text_blocks;
    if (a.size() != b.size()) return false;
    if (a.size() < sizeof(block)) return is_zero(load_short(a, 0) ^ load_short(b, 0));
    const std::size_t last = a.size() - sizeof(block);
    block different = load(a.data() + last) ^ load(b.data() + last);
    for (std::size_t at = 0; at < last; at += sizeof(block))
        different |= load(a.data() + at) ^ load(b.data() + at);
    return is_zero(different);
}

}  // namespace awsxx::inline AWSXX_ABI::text
