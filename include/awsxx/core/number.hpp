// SPDX-License-Identifier: MIT
// Numbers in text.
#pragma once

#include <awsxx/core/version.hpp>

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>
#include <system_error>

namespace awsxx::inline AWSXX_ABI::text {

/// The number that the whole text is, in decimal.
template <std::integral Number>
std::optional<Number> parse_number(std::string_view text) noexcept {
    Number number{};
    const char* end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data(), end, number);
    if (problem != std::errc() || stopped != end || text.empty()) return {};
    return number;
}

}  // namespace awsxx::inline AWSXX_ABI::text
