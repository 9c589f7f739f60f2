// SPDX-License-Identifier: MIT
// How a program is asked for the code that an MFA device shows.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <functional>
#include <string>

namespace awsxx::inline AWSXX_ABI {

/// What the code is wanted for.
struct mfa_request {
    std::string serial_number{};  ///< Of the device: an ARN, or the number of a hardware token.
    std::string role_arn{};       ///< The role that is about to be assumed.
    int attempt = 1;              ///< Above 1: the code given before was used already.
};

/// Gives the six digits that the device shows, or an error. May block, on a person for instance;
/// is called by one thread at a time for each device.
using mfa_prompt = std::function<expected<secret>(const mfa_request&)>;

}  // namespace awsxx::inline AWSXX_ABI
