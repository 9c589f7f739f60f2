// SPDX-License-Identifier: MIT
// One setting as people read it.
#pragma once

#include <awsxx/core/version.hpp>

#include <string>

namespace awsxx::inline AWSXX_ABI::config {

/// A setting with its name. An empty source: nobody has set it, the value is the default.
struct described_setting {
    std::string name{};
    std::string value{};
    std::string source{};
};

}  // namespace awsxx::inline AWSXX_ABI::config
