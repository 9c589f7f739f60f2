// SPDX-License-Identifier: MIT
// The user name and password with which git gets into a repository of AWS CodeCommit.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/auth/signing_workspace.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/recipes/presigned_token.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes {

/// What a git credential helper answers.
struct codecommit_login {
    secret user{};  ///< The access key id, and a session token if there is one.
    secret password{};
};

/// A repository, and who wants in.
struct codecommit_access {
    std::string url{};  ///< As in "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/mine".
    std::string region{};  ///< The repository's.
};

namespace detail::codecommit_login {

/// No date header, no query, no hash of a body: what there is of a request in git's name.
inline std::string canonical_text(const http::uri& of) {
    return "GIT\n" + of.path + "\n\nhost:" + of.host + "\n\nhost\n";
}

inline expected<secret> password(const http::uri& of, const credentials& keys,
                                 const auth::signing& how) {
    const auto date = basic_date(how.when);
    const std::string_view time(date.data(), date.size() - 1);  // its Z is not signed
    return with_per_thread<auth::signing_workspace>(
        [&](auth::signing_workspace& work) -> expected<secret> {
            const auto key = work.keys.find(keys.secret_access_key, how);
            if (!key) return key.error();
            std::string text(auth::sigv4_algorithm);
            text.append("\n").append(time).append("\n").append((*key)->scope).append("\n");
            text += crypto::to_hex(crypto::as_text(crypto::sha256_of(canonical_text(of))));
            const auto signature = (*key)->hmac.sign(text);
            return secret(std::string(time) + "Z" + crypto::to_hex(crypto::as_text(signature)));
        });
}

}  // namespace detail::codecommit_login

/// The login for the next few minutes. Fails with `invalid_argument` if the URL is none or the
/// region cannot be one.
/// https://docs.aws.amazon.com/codecommit/latest/userguide/setting-up-https-unixes.html
inline expected<codecommit_login> sign_in_to_codecommit(const codecommit_access& to,
                                                        const keys_at& by) {
    const auto url = http::parse_uri(to.url);
    if (!url) return url.error();
    if (by.keys.access_key_id.empty())
        return error{.kind = error_kind::invalid_argument,
                     .code = "CannotSign",
                     .message = "the access key id is empty"};
    auto password = detail::codecommit_login::password(
        *url, by.keys, {.region = to.region, .service = "codecommit", .when = by.when});
    if (!password) return std::move(password).error();
    std::string user = by.keys.access_key_id;
    const std::string_view token = by.keys.session_token.expose();
    if (!token.empty()) user.append("%").append(token);
    return codecommit_login{.user = std::move(user), .password = *std::move(password)};
}

/// The same with a session's credentials, at this moment of the system's clock.
template <class Session>
expected<codecommit_login> sign_in_to_codecommit(const codecommit_access& to, const Session& by) {
    const auto keys = by.try_fetch_credentials();
    if (!keys) return keys.error();
    return sign_in_to_codecommit(to, keys_at{**keys, system_clock().now()});
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
