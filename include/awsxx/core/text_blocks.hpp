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

/// All of a text of one to fifteen characters, some of them more than once.
inline block load_short(std::string_view text) noexcept {
    const char* first = text.data();
    const char* end = first + text.size();
    halves both{};
    if (text.size() >= 8) {
        both[0] = load_word<std::uint64_t>(first);
        both[1] = load_word<std::uint64_t>(end - 8);
    } else if (text.size() >= 4) {
        both[0] = load_word<std::uint32_t>(first) | std::uint64_t{load_word<std::uint32_t>(end - 4)}
                                                        << 32;
        both[1] = both[0];
    } else {
        const char three[] = {first[0], first[text.size() / 2], end[-1], first[0]};
        both[0] = load_word<std::uint32_t>(three) * std::uint64_t{0x100000001};
        both[1] = both[0];
    }
    return reinterpret_cast<block>(both);
}

inline bool is_zero(block what) noexcept {
    const halves both = reinterpret_cast<halves>(what);
    return (both[0] | both[1]) == 0;
}

/// True if `bad(block)` is zero for all of a text.
template <class Bad>
bool none(std::string_view text, Bad&& bad) noexcept {
    if (text.size() < sizeof(block)) return text.empty() || is_zero(bad(load_short(text)));
    const char* const last = text.data() + text.size() - sizeof(block);
    block found = bad(load(last));  // again, in part, what comes before
    for (const char* at = text.data(); at < last; at += sizeof(block)) found |= bad(load(at));
    return is_zero(found);
}

/// True if two texts of the same length begin and end with the same words.
template <class Word>
bool have_equal_ends(std::string_view a, std::string_view b) noexcept {
    const std::size_t last = a.size() - sizeof(Word);
    return ((load_word<Word>(a.data()) ^ load_word<Word>(b.data())) |
            (load_word<Word>(a.data() + last) ^ load_word<Word>(b.data() + last))) == 0;
}

inline block lowered(block what) noexcept {
    const auto is_capital = reinterpret_cast<block>((what >= 'A') & (what <= 'Z'));
    return what | (is_capital & 0x20);
}

}  // namespace detail::text_blocks

/// True if there is neither a space nor a control character in it.
inline bool has_no_blanks(std::string_view text) noexcept {
    using namespace detail::text_blocks;
    return none(text,
                [](block what) { return reinterpret_cast<block>((what <= ' ') | (what == 0x7f)); });
}

/// True if it is made of ASCII's visible characters.
inline bool is_visible(std::string_view text) noexcept {
    using namespace detail::text_blocks;
    return none(text, [](block what) {
        const auto ordered = reinterpret_cast<signed_block>(what);  // beyond ASCII: below zero
        return reinterpret_cast<block>((ordered <= ' ') | (ordered == 0x7f));
    });
}

/// True if none of these characters is in it.
template <char... Unwanted>
bool has_none_of(std::string_view text) noexcept {
    using namespace detail::text_blocks;
    return none(text, [](block what) {
        return reinterpret_cast<block>(((what == static_cast<unsigned char>(Unwanted)) | ...));
    });
}

/// Writes text and tells where it ends. Short pieces without a call of `memcpy`; inline always,
/// because of most pieces the compiler knows the length.
[[gnu::always_inline]] inline char* write(char* to, std::string_view piece) noexcept {
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
    const std::size_t size = a.size();
    if (size != b.size()) return false;
    if (size >= sizeof(block)) {
        block different = load(a.data() + size - 16) ^ load(b.data() + size - 16);
        for (std::size_t at = 0; at + 16 < size; at += 16)
            different |= load(a.data() + at) ^ load(b.data() + at);
        return is_zero(different);
    }
    if (size >= 8) return have_equal_ends<std::uint64_t>(a, b);
    if (size >= 4) return have_equal_ends<std::uint32_t>(a, b);
    for (std::size_t i = 0; i < size; ++i)
        if (a[i] != b[i]) return false;
    return true;
}

}  // namespace awsxx::inline AWSXX_ABI::text
