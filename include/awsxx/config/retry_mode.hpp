// SPDX-License-Identifier: MIT
// How calls that fail are tried again.
#pragma once

#include <awsxx/core/version.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI {

/// `adaptive`: as `standard`, and a service that throttles is sent less until it bears more again.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
enum class retry_mode : unsigned char { standard, adaptive };

/// As profiles spell it.
constexpr std::string_view to_string(retry_mode mode) noexcept {
    return mode == retry_mode::adaptive ? "adaptive" : "standard";
}

}  // namespace awsxx::inline AWSXX_ABI
