// SPDX-License-Identifier: MIT
// What a user pool gives to a user who logged in.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <memory>
#include <string>

namespace awsxx::inline AWSXX_ABI::cognito {

/// The tokens of a login. Access and ID tokens are JSON Web Tokens: see `jwt`.
struct user_tokens {
    secret access{};
    secret id{};
    secret refresh{};          ///< Empty where the pool gave none.
    instant expiration{};      ///< Of the first two, by this computer's clock.
    std::string user_name{};   ///< The pool's own name of the user, whatever was typed.
    std::string device_key{};  ///< Of the device that logged in; empty without one.
};

/// Tokens as they are handed around: shared and never changed.
using tokens_snapshot = std::shared_ptr<const user_tokens>;

}  // namespace awsxx::inline AWSXX_ABI::cognito
