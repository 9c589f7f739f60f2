// SPDX-License-Identifier: MIT
// Looks at text eight characters at a time, where a character at a time takes too long.
#pragma once

#include <awsxx/core/version.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::text {

/// Eight characters. What is done to a word is done to each of them.
using word = std::uint64_t;

/// The same character eight times.
constexpr word eight_of(unsigned char c) noexcept { return word{0x0101010101010101} * c; }

/// Eight characters, read where they lie.
inline word load_word(const char* from) noexcept {
    word loaded;
    std::memcpy(&loaded, from, sizeof loaded);
    return loaded;
}
inline void store_word(char* to, word what) noexcept { std::memcpy(to, &what, sizeof what); }

/// Fewer than eight characters, and `filler` in place of the others.
inline word load_part(std::string_view text, unsigned char filler) noexcept {
    word loaded = eight_of(filler);
    if (!text.empty()) std::memcpy(&loaded, text.data(), text.size());
    return loaded;
}

/// The word as a number that is larger for what comes later in the alphabet.
inline word as_rank(word what) noexcept {
    if constexpr (std::endian::native == std::endian::big) return what;
    what = (what & 0x00ff00ff00ff00ff) << 8 | (what >> 8 & 0x00ff00ff00ff00ff);
    what = (what & 0x0000ffff0000ffff) << 16 | (what >> 16 & 0x0000ffff0000ffff);
    return what << 32 | what >> 32;
}

/// The high bit of each character that is at least `from`. All have to be ASCII.
constexpr word at_least(word what, unsigned char from) noexcept {
    return (what + eight_of(static_cast<unsigned char>(0x80 - from))) & eight_of(0x80);
}

/// In lower case; characters beyond ASCII stay what they are.
constexpr word lowered(word what) noexcept {
    const word ascii = what & eight_of(0x7f);
    const word capital = at_least(ascii, 'A') & ~at_least(ascii, 'Z' + 1) & ~what;
    return what | capital >> 2;
}

/// Not zero if there is a space or a control character below it among them.
constexpr word blanks(word what) noexcept {
    return (what - eight_of(0x21)) & ~what & eight_of(0x80);
}

/// True if `bad(word)` is zero for all of the text; `filler` has to be a good character.
template <class Bad>
bool none_of_words(std::string_view text, unsigned char filler, Bad&& bad) noexcept {
    if (text.size() < sizeof(word)) return bad(load_part(text, filler)) == 0;
    const char* const last = text.data() + text.size() - sizeof(word);
    word found = bad(load_word(last));  // again, in part, what came before
    for (const char* at = text.data(); at < last; at += sizeof(word)) found |= bad(load_word(at));
    return found == 0;
}

/// True if there is neither a space nor a control character in it (but DEL).
inline bool has_no_blanks(std::string_view text) noexcept {
    return none_of_words(text, 'a', [](word what) { return blanks(what); });
}

/// True if it is made of ASCII's visible characters (and DEL).
inline bool is_visible(std::string_view text) noexcept {
    return none_of_words(text, 'a',
                         [](word what) { return blanks(what) | (what & eight_of(0x80)); });
}

/// Writes the text in lower case and tells where it ends.
inline char* write_lowered(char* to, std::string_view text) noexcept {
    if (text.size() < sizeof(word)) {
        const word small = lowered(load_part(text, 0));
        std::memcpy(to, &small, text.size());
    } else {
        const std::size_t last = text.size() - sizeof(word);
        for (std::size_t at = 0; at < last; at += sizeof(word))
            store_word(to + at, lowered(load_word(text.data() + at)));
        store_word(to + last, lowered(load_word(text.data() + last)));
    }
    return to + text.size();
}

}  // namespace awsxx::inline AWSXX_ABI::text
