// SPDX-License-Identifier: MIT
// A list of words, divided by commas, of which earlier ones are preferred.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::config {

/// The place of a word in such a list; that behind the last one for words that are not in it.
constexpr std::size_t place_in(std::string_view list, std::string_view word) noexcept {
    std::size_t place = 0;
    for (; !list.empty(); ++place)
        if (text::equal_ignoring_case(text::trimmed(text::take_until(list, ',')), word)) break;
    return place;
}

}  // namespace awsxx::inline AWSXX_ABI::config
