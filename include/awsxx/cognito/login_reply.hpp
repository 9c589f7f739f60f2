// SPDX-License-Identifier: MIT
// What a user pool answers in every step of a login.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/value.hpp>
#include <awsxx/services/cognito_identity_provider.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::cognito {

namespace detail::login_reply {

/// What InitiateAuth and RespondToAuthChallenge answer alike.
struct reply {
    std::string challenge{};
    secret session{};
    std::map<std::string, std::string> parameters{};
    maybe<cognito_identity_provider::authentication_result_type> result{};
    std::vector<std::string> available{};
};

template <class Answer>
reply reply_of(Answer&& from) {
    reply made{.challenge = std::move(from.challenge_name.value),
               .session = secret(std::move(from.session)),
               .parameters = std::move(from.challenge_parameters),
               .result = std::move(from.authentication_result)};
    if constexpr (requires { from.available_challenges; })
        for (auto& one : from.available_challenges) made.available.push_back(std::move(one.value));
    return made;
}

inline error not_that(const char* what) {
    return {.kind = error_kind::invalid_argument,
            .code = "NotThatChallenge",
            .message = std::string("the login does not wait for ") + what};
}
inline error odd(const char* what) {
    return {.kind = error_kind::malformed_answer,
            .code = "MalformedAnswer",
            .message = std::string("the user pool answered ") + what};
}

}  // namespace detail::login_reply

}  // namespace awsxx::inline AWSXX_ABI::cognito
