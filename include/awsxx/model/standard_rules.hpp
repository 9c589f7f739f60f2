// SPDX-License-Identifier: MIT
// The endpoint rules that many services share.
#pragma once

#include <awsxx/core/version.hpp>

#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::model::standard_rules {

/// Each with its name.
inline constexpr std::pair<std::string_view, std::string_view> all[] = {
    {"", ""},
};

}  // namespace awsxx::inline AWSXX_ABI::model::standard_rules
