// SPDX-License-Identifier: MIT
// How a caller of AppSync shows who it is.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/cognito/user.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <functional>
#include <memory>
#include <variant>

namespace awsxx::inline AWSXX_ABI::appsync {

/// By the header x-api-key.
struct x_api_key {
    secret key{};
};

/// By a token in the header Authorization, as it is: of a Lambda authorizer, or of OpenID Connect.
struct token {
    /// Gives a token that is good now; may block. Called from any thread.
    std::function<expected<secret>()> get{};
    /// Hears of one that was not accepted, so that `get` gives another. Empty: it always would.
    std::function<void(const secret&)> reject{};
};

/// By a user pool's access token, which is renewed.
struct user_pool_token {
    cognito::user user;
    /// The ID token instead.
    bool id{};
};

/// By a signature.
struct iam {
    /// Null: credentials from where AWS tools look for them.
    std::shared_ptr<credentials_provider> keys{};
};

/// One of them. https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
using authorization = std::variant<iam, x_api_key, token, user_pool_token>;

namespace detail::authorization {

/// The token of any way that has one; without `get` for the others.
inline appsync::token token_of(const appsync::authorization& how) {
    if (const auto* plain = std::get_if<appsync::token>(&how)) return *plain;
    const auto* pool = std::get_if<user_pool_token>(&how);
    if (pool == nullptr) return {};
    return {.get = [who = pool->user, id = pool->id]() -> expected<secret> {
                const auto tokens = who.try_tokens();
                if (!tokens) return tokens.error();
                return id ? (*tokens)->id : (*tokens)->access;
            },
            .reject =
                [who = pool->user, id = pool->id](const secret& refused) {
                    if (!id) return who.reject(refused);
                    const auto tokens = who.try_tokens();
                    if (tokens && (*tokens)->id == refused) who.reject((*tokens)->access);
                }};
}

}  // namespace detail::authorization

}  // namespace awsxx::inline AWSXX_ABI::appsync
