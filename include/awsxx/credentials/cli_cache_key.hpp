// SPDX-License-Identifier: MIT
// The names under which the AWS CLI keeps credentials of roles, so that both find each other's.
#pragma once

#include <awsxx/codec/sorted_json.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/role_options.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha1.hpp>
#include <awsxx/services/sts.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

namespace detail::cli_cache_key {

using codec::ascii_json_string;
using codec::json_spacing;
using codec::sorted_json_object;

template <class Element, class Spell>
std::string list(const std::vector<Element>& all, Spell spell) {
    std::string text;
    for (const Element& one : all) text.append(text.empty() ? "" : ", ").append(spell(one));
    return "[" + text + "]";
}

inline std::string spell(const sts::policy_descriptor_type& policy) {
    sorted_json_object object(json_spacing::wide);
    if (policy.arn) object.set("arn", ascii_json_string(*policy.arn));
    return object.text();
}
inline std::string spell(const sts::tag& tag) {
    sorted_json_object object(json_spacing::wide);
    object.set("Key", ascii_json_string(tag.key));
    object.set("Value", ascii_json_string(tag.value));
    return object.text();
}
inline std::string spell(const sts::provided_context& context) {
    sorted_json_object object(json_spacing::wide);
    if (context.provider_arn) object.set("ProviderArn", ascii_json_string(*context.provider_arn));
    if (context.context_assertion)
        object.set("ContextAssertion", ascii_json_string(*context.context_assertion));
    return object.text();
}

inline std::string name_of(std::string_view arguments) {
    return crypto::to_hex(crypto::as_text(crypto::sha1_of(arguments)));
}

}  // namespace detail::cli_cache_key

/// The arguments of AssumeRole that make up the name: those that were chosen, never the code of an
/// MFA device, a token or a session name made up at the call.
inline std::string cli_cache_arguments(const assume_role_options& role) {
    namespace own = detail::cli_cache_key;
    own::sorted_json_object all(codec::json_spacing::wide);
    const auto set = [&](std::string_view name, const std::optional<std::string>& value) {
        if (value && !value->empty()) all.set(name, own::ascii_json_string(*value));
    };
    set("RoleArn", role.role_arn);
    set("RoleSessionName", role.role_session_name);
    set("ExternalId", role.external_id);
    set("SerialNumber", role.serial_number);
    set("SourceIdentity", role.source_identity);
    if (role.duration_seconds) all.set("DurationSeconds", std::to_string(*role.duration_seconds));
    if (role.policy)
        all.set("Policy", codec::sorted_json(*role.policy, codec::json_spacing::wide)
                              .value_or(own::ascii_json_string(*role.policy)));
    if (!role.policy_arns.empty())
        all.set("PolicyArns",
                own::list(role.policy_arns, [](const auto& p) { return own::spell(p); }));
    if (!role.tags.empty())
        all.set("Tags", own::list(role.tags, [](const auto& tag) { return own::spell(tag); }));
    if (!role.transitive_tag_keys.empty())
        all.set("TransitiveTagKeys",
                own::list(role.transitive_tag_keys,
                          [](const std::string& key) { return own::ascii_json_string(key); }));
    if (!role.provided_contexts.empty())
        all.set("ProvidedContexts",
                own::list(role.provided_contexts, [](const auto& one) { return own::spell(one); }));
    return all.text();
}

/// The name, without ".json", of a role's entry. Neither the source of the credentials nor region
/// nor endpoint are in it: that is how the CLI has it.
inline std::string cli_cache_key(const assume_role_options& role) {
    return detail::cli_cache_key::name_of(cli_cache_arguments(role));
}

/// The same for a role that is assumed by way of others, whose path has the key `caller`. The CLI
/// knows no such entries: its own name says nothing of the way.
inline std::string cli_cache_key(const assume_role_options& role, const std::string& caller) {
    if (caller.empty()) return cli_cache_key(role);
    return detail::cli_cache_key::name_of("[" + codec::ascii_json_string(caller) + ", " +
                                          cli_cache_arguments(role) + "]");
}

/// What tells one SSO role from another.
struct sso_cache_subject {
    std::string account_id{};
    std::string role_name{};
    std::string session_name{};  ///< Empty: of a profile without an sso-session.
    std::string start_url{};     ///< Counts only there.
};

/// The name, without ".json", of an SSO role's entry.
inline std::string cli_cache_key(const sso_cache_subject& role) {
    namespace own = detail::cli_cache_key;
    own::sorted_json_object all(codec::json_spacing::tight);
    all.set("accountId", own::ascii_json_string(role.account_id));
    all.set("roleName", own::ascii_json_string(role.role_name));
    if (!role.session_name.empty())
        all.set("sessionName", own::ascii_json_string(role.session_name));
    else
        all.set("startUrl", own::ascii_json_string(role.start_url));
    return own::name_of(all.text());
}

}  // namespace awsxx::inline AWSXX_ABI
