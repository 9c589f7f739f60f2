// SPDX-License-Identifier: MIT
// The files in which the AWS CLI keeps the credentials of roles: their names and what is in them.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/codec/json_members.hpp>
#include <awsxx/codec/sorted_json.hpp>
#include <awsxx/core/arn.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/credentials_json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Credentials in a file of the cache, and how they were got.
struct cli_cache_content {
    credentials keys{};           ///< Temporary ones, with an expiration.
    std::string source_key{};     ///< The access key it was done with; the CLI does not tell.
    std::string provider_type{};  ///< "sso", which `aws sso logout` looks for; empty: by STS.
};

/// What a file's name, which ends with ".json", begins with.
inline constexpr std::size_t cli_cache_key_length = 40;

/// True for the forty digits that a key is made of.
constexpr bool is_cli_cache_key(std::string_view text) noexcept {
    return text.size() == cli_cache_key_length &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

namespace detail::cli_cache_file {

inline constexpr std::size_t longest = std::size_t{1} << 20;

inline std::string member_of(const codec::json::members& all, std::string_view name) {
    return std::string(all.string(name).value_or(secret()).expose());
}

}  // namespace detail::cli_cache_file

/// Reads an entry. Where it does not tell the account, the role's session does.
inline expected<cli_cache_content> parse_cli_cache_file(std::string_view text) {
    namespace own = detail::cli_cache_file;
    auto keys = parse_credentials_json(text, {.inside = "Credentials", .temporary = true});
    if (!keys) return std::move(keys).error();
    const auto all = codec::json::members::parse(text);
    if (!all) return all.error();
    cli_cache_content found{.keys = *std::move(keys),
                            .source_key = own::member_of(*all, "SourceAccessKeyId"),
                            .provider_type = own::member_of(*all, "ProviderType")};
    const auto user = codec::json::members::parse(all->find("AssumedRoleUser").value_or(""));
    if (!user) return found;
    found.keys.role_session_id = own::member_of(*user, "AssumedRoleId");
    found.keys.role_session_arn = own::member_of(*user, "Arn");
    const auto arn = parse_arn(found.keys.role_session_arn);
    if (found.keys.account_id.empty() && arn) found.keys.account_id = arn->account;
    return found;
}

/// An entry as the CLI writes it, with the source's key as one more member. Wipe it after use.
inline std::string cli_cache_file_text(const cli_cache_content& what) {
    using codec::ascii_json_string;
    const credentials& keys = what.keys;
    codec::sorted_json_object inner(codec::json_spacing::wide);
    inner.set("AccessKeyId", ascii_json_string(keys.access_key_id));
    inner.set("SecretAccessKey", ascii_json_string(keys.secret_access_key.expose()));
    inner.set("SessionToken", ascii_json_string(keys.session_token.expose()));
    inner.set("Expiration",
              ascii_json_string(format_date(*keys.expiration, date_format::date_time)));
    if (!keys.account_id.empty()) inner.set("AccountId", ascii_json_string(keys.account_id));
    codec::sorted_json_object all(codec::json_spacing::wide);
    all.set("Credentials", inner.text());
    if (!keys.role_session_arn.empty()) {
        codec::sorted_json_object user(codec::json_spacing::wide);
        user.set("Arn", ascii_json_string(keys.role_session_arn));
        user.set("AssumedRoleId", ascii_json_string(keys.role_session_id));
        all.set("AssumedRoleUser", user.text());
    }
    if (!what.provider_type.empty()) all.set("ProviderType", ascii_json_string(what.provider_type));
    if (!what.source_key.empty()) all.set("SourceAccessKeyId", ascii_json_string(what.source_key));
    return all.text();
}

}  // namespace awsxx::inline AWSXX_ABI
