// SPDX-License-Identifier: MIT
// The console logins that `aws login` keeps in files.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/codec/json_members.hpp>
#include <awsxx/config/location.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// What a profile says about a console login.
///
/// https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sign-in.html
struct login_options {
    std::string login_session{};          ///< The ARN of who logged in.
    std::optional<std::string> region{};  ///< Absent: that of the configuration.
    std::string profile{};                ///< For messages: what a person has to log in with.
};

/// A login: keys, and what it takes to get the next ones.
struct login_token {
    credentials keys{};  ///< With an expiration.
    std::string client_id{};
    secret refresh_token{};
    secret dpop_key{};           ///< PEM.
    codec::json::members all{};  ///< Everything in the file.
};

/// Nothing but a person's login helps.
AWSXX_COLD inline error login_needed(const login_options& of, std::string code,
                                     std::string problem) {
    problem += ": run aws login";
    if (!of.profile.empty()) problem += " --profile " + of.profile;
    return {
        .kind = error_kind::action_needed, .code = std::move(code), .message = std::move(problem)};
}

/// Where the login is kept; empty if the environment tells no folder for it.
inline std::string login_token_path(const login_options& of, const environment& from) {
    const std::string name =
        crypto::to_hex(crypto::as_text(crypto::sha256_of(text::trimmed(of.login_session)))) +
        ".json";
    auto folder = get_filled(from, "AWS_LOGIN_CACHE_DIRECTORY");
    if (!folder) return config::with_home("~/.aws/login/cache/" + name, from);
    if (!folder->ends_with('/')) *folder += '/';
    return config::with_home(*folder + name, from);
}

namespace detail::login_token_file {

inline constexpr std::size_t longest_file = 1 << 20;

/// Reads members one by one and remembers the first that is missing.
class reading {
public:
    explicit reading(const codec::json::members& from) noexcept : from_(from) {}

    secret text(std::string_view name) {
        auto found = from_.string(name);
        if (found && !found->empty()) return *std::move(found);
        note(name);
        return {};
    }
    std::optional<instant> date(std::string_view name) {
        const auto when = parse_date(text(name).expose(), date_format::date_time);
        if (when) return when->to_instant();
        note(name);
        return {};
    }
    const std::string& missing() const noexcept { return missing_; }

private:
    void note(std::string_view name) {
        if (missing_.empty()) missing_ = name;
    }

    const codec::json::members& from_;
    std::string missing_{};
};

/// Waiting may help: the tools write the file in place, and permissions can be given.
AWSXX_COLD inline error unreadable(std::string problem) {
    return {.kind = error_kind::credentials,
            .retryable = true,
            .code = "LoginUnreadable",
            .message = std::move(problem)};
}

/// The name of a member that is missing or of no use; empty: there is none.
inline std::string fill(login_token& login) {
    const auto inner = codec::json::members::parse(login.all.find("accessToken").value_or(""));
    if (!inner) return "accessToken";
    reading outside(login.all);
    login.client_id = outside.text("clientId").expose();
    login.refresh_token = outside.text("refreshToken");
    login.dpop_key = outside.text("dpopKey");
    reading inside(*inner);
    login.keys.access_key_id = inside.text("accessKeyId").expose();
    login.keys.secret_access_key = inside.text("secretAccessKey");
    login.keys.session_token = inside.text("sessionToken");
    login.keys.expiration = inside.date("expiresAt");
    login.keys.account_id = inner->string("accountId").value_or(secret()).expose();
    if (!outside.missing().empty()) return outside.missing();
    return inside.missing().empty() ? "" : "accessToken." + inside.missing();
}

}  // namespace detail::login_token_file

/// Reads a login. A file that is missing or lacks one of its members needs a new login; one that is
/// cut or must not be read may be whole the next time. The error has the path. Blocks on the file.
inline expected<login_token> read_login_token(const login_options& of, const file_system& files,
                                              const std::string& path) {
    if (path.empty())
        return error{.kind = error_kind::configuration,
                     .code = "NoHomeFolder",
                     .message =
                         "the environment tells neither AWS_LOGIN_CACHE_DIRECTORY nor the "
                         "home folder (HOME), where logins are kept"};
    auto text = files.read(path, detail::login_token_file::longest_file);
    if (!text && text.error().kind == error_kind::not_found)
        return login_needed(of, "LoginMissing", "there is no login at " + path);
    if (!text)
        return caused_by(detail::login_token_file::unreadable(path + " cannot be read"),
                         text.error());
    auto all = codec::json::members::parse(*text);
    wipe(*text);
    if (!all)
        return detail::login_token_file::unreadable(path + ": no JSON object, " +
                                                    all.error().message);
    login_token found;
    found.all = *std::move(all);
    const std::string missing = detail::login_token_file::fill(found);
    if (!missing.empty())
        return login_needed(of, "LoginUnreadable",
                            path + ": " + missing + " is missing or of no use");
    return found;
}

/// Writes a login over the one before; what the file says beside it stays. Blocks on the file.
inline expected<void> write_login_token(login_token& login, file_system& files,
                                        const std::string& path) {
    auto inner = codec::json::members::parse(login.all.find("accessToken").value_or("{}"));
    if (!inner) return inner.error();
    inner->set_string("accessKeyId", login.keys.access_key_id);
    inner->set_string("secretAccessKey", login.keys.secret_access_key.expose());
    inner->set_string("sessionToken", login.keys.session_token.expose());
    if (login.keys.expiration)
        inner->set_string("expiresAt", format_date(*login.keys.expiration, date_format::date_time));
    std::string keys = inner->text();
    login.all.set("accessToken", keys);
    wipe(keys);
    login.all.set_string("refreshToken", login.refresh_token.expose());
    std::string text = login.all.text();
    auto done = files.write(path, text);
    wipe(text);
    return done;
}

}  // namespace awsxx::inline AWSXX_ABI
