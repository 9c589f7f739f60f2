// SPDX-License-Identifier: MIT
// The logins to IAM Identity Center that AWS's tools keep in files.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/codec/json_members.hpp>
#include <awsxx/config/location.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha1.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// What a profile says about IAM Identity Center.
///
/// https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html
struct sso_options {
    std::string start_url{};
    std::string region{};  ///< Of Identity Center, not of what is called with the keys.
    std::string account_id{};
    std::string role_name{};
    std::string session_name{};  ///< Of the `sso-session` section; empty: the older style.
    std::string profile{};       ///< For messages: what a person has to log in with.
};

/// What AWS counts credentials of such a login as.
inline auth::feature sso_feature(const sso_options& of) noexcept {
    return of.session_name.empty() ? auth::feature::credentials_sso_legacy
                                   : auth::feature::credentials_sso;
}

/// A login, and what it takes to prolong it.
struct sso_token {
    secret access_token{};
    instant expires_at{};
    std::string client_id{};
    secret client_secret{};
    secret refresh_token{};
    std::optional<instant> registration_expires_at{};  ///< Of the client id.
    codec::json::members all{};                        ///< Everything in the file.
};

/// "aws sso login --profile dev"
inline std::string sso_login_command(const sso_options& of) {
    if (!of.profile.empty()) return "aws sso login --profile " + of.profile;
    if (!of.session_name.empty()) return "aws sso login --sso-session " + of.session_name;
    return "aws sso login";
}

/// Nothing but a person's login helps.
AWSXX_COLD inline error sso_login_needed(const sso_options& of, std::string code,
                                         std::string problem) {
    return {.kind = error_kind::action_needed,
            .code = std::move(code),
            .message = std::move(problem.append(": run ").append(sso_login_command(of)))};
}

/// Where the login is kept; empty if the environment tells no home folder.
inline std::string sso_token_path(const sso_options& of, const environment& from) {
    const std::string& key = of.session_name.empty() ? of.start_url : of.session_name;
    const std::string name = crypto::to_hex(crypto::as_text(crypto::sha1_of(key)));
    return config::with_home("~/.aws/sso/cache/" + name + ".json", from);
}

namespace detail::sso_token_file {

inline constexpr std::size_t longest_file = 1 << 20;

inline std::optional<instant> date_in(const codec::json::members& all, std::string_view name) {
    const auto text = all.string(name);
    if (!text) return {};
    const auto when = parse_date(text->expose(), date_format::date_time);
    if (!when) return {};
    return when->to_instant();
}

inline secret secret_in(const codec::json::members& all, std::string_view name) {
    return all.string(name).value_or(secret());
}

}  // namespace detail::sso_token_file

/// Reads a login. A file that is missing, cut or of another kind needs a new login; the error has
/// the path. Blocks on the file.
inline expected<sso_token> read_sso_token(const sso_options& of, const file_system& files,
                                          const std::string& path) {
    namespace own = detail::sso_token_file;
    const auto unreadable = [&](const std::string& problem) {
        return sso_login_needed(of, "SsoTokenUnreadable", path + ": " + problem);
    };
    if (path.empty())
        return error{.kind = error_kind::configuration,
                     .code = "NoHomeFolder",
                     .message =
                         "the environment does not tell the home folder (HOME), where "
                         "SSO logins are kept"};
    auto text = files.read(path, own::longest_file);
    if (!text && text.error().kind == error_kind::not_found)
        return sso_login_needed(of, "SsoTokenMissing", "there is no SSO login at " + path);
    if (!text)
        return caused_by(sso_login_needed(of, "SsoTokenUnreadable", "the SSO login is unreadable"),
                         text.error());
    auto all = codec::json::members::parse(*text);
    wipe(*text);
    if (!all) return unreadable("no JSON object, " + all.error().message);
    sso_token found;
    found.access_token = own::secret_in(*all, "accessToken");
    const auto until = own::date_in(*all, "expiresAt");
    if (found.access_token.empty()) return unreadable("it has no accessToken");
    if (!until) return unreadable("its expiresAt is missing or no date");
    found.expires_at = *until;
    found.client_id = own::secret_in(*all, "clientId").expose();
    found.client_secret = own::secret_in(*all, "clientSecret");
    found.refresh_token = own::secret_in(*all, "refreshToken");
    found.registration_expires_at = own::date_in(*all, "registrationExpiresAt");
    found.all = *std::move(all);
    return found;
}

/// Writes a login over the one before; what the file says beside it stays. Blocks on the file.
inline expected<void> write_sso_token(sso_token& login, file_system& files,
                                      const std::string& path) {
    login.all.set_string("accessToken", login.access_token.expose());
    login.all.set_string("expiresAt", format_date(login.expires_at, date_format::date_time));
    login.all.set_string("refreshToken", login.refresh_token.expose());
    std::string text = login.all.text();
    auto done = files.write(path, text);
    wipe(text);
    return done;
}

}  // namespace awsxx::inline AWSXX_ABI
