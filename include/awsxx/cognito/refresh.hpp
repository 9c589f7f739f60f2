// SPDX-License-Identifier: MIT
// New access and ID tokens for a refresh token.
#pragma once

#include <awsxx/cognito/login_reply.hpp>
#include <awsxx/cognito/tokens.hpp>
#include <awsxx/cognito/user_pool.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/services/cognito_identity_provider.hpp>

#include <chrono>
#include <utility>

namespace awsxx::inline AWSXX_ABI::cognito {

/// Which operation refreshes. App clients with rotation know the first only.
enum class refresh_flow : unsigned char {
    automatic,      ///< The first and, where that is not known, the second.
    get_tokens,     ///< GetTokensFromRefreshToken
    initiate_auth,  ///< InitiateAuth with REFRESH_TOKEN_AUTH
};

namespace detail::refresh {

using result = maybe<cognito_identity_provider::authentication_result_type>;

inline expected<result> by_get_tokens(const user_pool& pool, const user_tokens& old) {
    cognito_identity_provider::get_tokens_from_refresh_token op{
        .refresh_token = old.refresh,
        .client_id = pool.options().client_id,
        .client_secret = pool.options().client_secret,
        .client_metadata = pool.options().client_metadata};
    if (!old.device_key.empty()) op.device_key = old.device_key;
    auto answer = pool.try_call(op);
    if (!answer) return std::move(answer).error();
    return std::move(answer->authentication_result);
}

/// The proof of the client's secret has the pool's name of the user in it.
inline expected<result> by_initiate_auth(const user_pool& pool, const user_tokens& old) {
    secret_parameters parameters{{"REFRESH_TOKEN", old.refresh}};
    if (!old.device_key.empty()) parameters["DEVICE_KEY"] = old.device_key;
    auto answer = pool.try_initiate("REFRESH_TOKEN_AUTH", parameters, old.user_name);
    if (!answer) return std::move(answer).error();
    return std::move(answer->authentication_result);
}

/// The service says that it has no such operation, or not for this client.
inline bool is_unknown_operation(const error& why) noexcept {
    return why.http_status != 0 && why.http_status < 500 && !why.retryable &&
           why.code != "NotAuthorizedException" && why.code != "RefreshTokenReuseException" &&
           why.code != "ResourceNotFoundException";
}

inline expected<result> by(refresh_flow how, const user_pool& pool, const user_tokens& old) {
    if (how == refresh_flow::initiate_auth) return by_initiate_auth(pool, old);
    auto answer = by_get_tokens(pool, old);
    if (answer || how == refresh_flow::get_tokens || !is_unknown_operation(answer.error()))
        return answer;
    return by_initiate_auth(pool, old);
}

}  // namespace detail::refresh

/// The tokens that follow on `old`. With rotation there is a new refresh token among them, and the
/// old one is good for a minute at most.
///
/// Fails with "NotAuthorizedException" where the refresh token has expired or was revoked.
/// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
inline expected<user_tokens> try_refresh(const user_pool& pool, const user_tokens& old,
                                         refresh_flow how = {}) {
    auto answer = detail::refresh::by(how, pool, old);
    if (!answer) return std::move(answer).error();
    if (!*answer || (*answer)->access_token.empty())
        return detail::login_reply::odd("a refresh without an access token");
    auto& got = **answer;
    constexpr int common = 300;
    user_tokens made = old;
    made.access = std::move(got.access_token);
    if (!got.id_token.empty()) made.id = std::move(got.id_token);
    if (!got.refresh_token.empty()) made.refresh = std::move(got.refresh_token);
    made.expiration = pool.time()->now() + std::chrono::seconds(got.expires_in.value_or(common));
    return made;
}

/// Makes a refresh token useless, and the access tokens that came of it.
inline expected<void> try_revoke(const user_pool& pool, const user_tokens& of) {
    const auto done = pool.try_call(
        cognito_identity_provider::revoke_token{.token = of.refresh,
                                                .client_id = pool.options().client_id,
                                                .client_secret = pool.options().client_secret});
    if (!done) return done.error();
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::cognito
