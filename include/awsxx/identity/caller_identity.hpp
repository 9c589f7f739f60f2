// SPDX-License-Identifier: MIT
// What AWS knows a caller by.
#pragma once

#include <awsxx/core/version.hpp>

#include <string>

namespace awsxx::inline AWSXX_ABI {

/// What is known about a caller. What is not is empty.
struct caller_identity {
    std::string access_key_id{};
    std::string account_id{};
    std::string user_id{};
    std::string arn{};
};

}  // namespace awsxx::inline AWSXX_ABI
