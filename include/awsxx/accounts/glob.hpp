// SPDX-License-Identifier: MIT
// Names with wildcards, and which name was meant by one that is none.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// True if the text has a wildcard: `*` for any characters, `?` for one.
constexpr bool is_glob(std::string_view text) noexcept {
    return text.find_first_of("*?") != std::string_view::npos;
}

/// Whether all of `text` is like `pattern`. Takes time in proportion to both, whatever they are.
constexpr bool matches(std::string_view pattern, std::string_view text) noexcept {
    constexpr std::size_t none = std::string_view::npos;
    std::size_t at = 0;
    std::size_t star = none;  // the last one, which may take more
    std::size_t taken = 0;    // up to where it took
    for (std::size_t i = 0; i < text.size();) {
        if (at < pattern.size() && pattern[at] == '*') {
            star = at++;
            taken = i;
        } else if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == text[i])) {
            ++at;
            ++i;
        } else if (star != none) {
            at = star + 1;
            i = ++taken;
        } else {
            return false;
        }
    }
    while (at < pattern.size() && pattern[at] == '*') ++at;
    return at == pattern.size();
}

/// Whether the text is like one of the patterns.
inline bool matches_any(const std::vector<std::string>& patterns, std::string_view text) noexcept {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& one) { return matches(one, text); });
}

namespace detail::glob {

/// How many letters have to be added, left out, changed or swapped with the next. Small and large
/// ones are the same.
inline std::size_t distance(std::string_view a, std::string_view b) {
    const auto same = [](char x, char y) { return text::lower(x) == text::lower(y); };
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = (std::min)(
                {last[j] + 1, row[j - 1] + 1, last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0U : 1U)});
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
                row[j] = (std::min)(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

}  // namespace detail::glob

/// The name that `word` is most like; empty if it is like none. Long words are like none.
template <class Names>
std::string nearest(std::string_view word, const Names& names) {
    constexpr std::size_t longest = 64;
    std::string best;
    if (word.empty() || word.size() > longest) return best;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const auto& one : names) {
        const std::string_view name = one;
        if (name.size() > longest) continue;
        const std::size_t found = detail::glob::distance(word, name);
        if (found >= least) continue;
        least = found;
        best = name;
    }
    return best;
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
