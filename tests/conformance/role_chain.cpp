// SPDX-License-Identifier: MIT
// The suite credentials, mode role-chain: which steps lead to a profile's credentials.
#include <awsxx/config/profile_file.hpp>
#include <awsxx/config/resolved.hpp>
#include <awsxx/credentials/bearer_token.hpp>
#include <awsxx/credentials/profile_keys.hpp>
#include <awsxx/credentials/profile_plan.hpp>
#include <awsxx/credentials/profile_source.hpp>
#include <awsxx/credentials/sso.hpp>

#include "case_world.hpp"
#include "suites.hpp"

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace conformance {

namespace {

namespace config = awsxx::config;
using awsxx::named_profile;

config::sections sections_of(const json& input, const char* name) {
    const auto file = std::make_shared<const std::string>("case");
    config::sections all;
    const auto at = input.find(name);
    if (at == input.end() || at->is_null()) return all;
    for (const auto& [title, values] : at->items()) {
        config::properties& one = all[title];
        for (const auto& [key, text] : values.items())
            one[key] = {text.get<std::string>(), file, 1};
    }
    return all;
}

json step(const char* type, const named_profile& from,
          std::initializer_list<std::string_view> names) {
    json made{{"type", type}};
    for (const std::string_view name : names)
        if (const auto* value = from.find(name)) made[std::string(name)] = value->text;
    return made;
}

awsxx::expected<json> keys_step(const named_profile& from) {
    const auto keys = awsxx::keys_in_profile(from);
    if (!keys) return keys.error();
    json made{{"type", "keys"},
              {"access_key_id", keys->access_key_id},
              {"secret_access_key", std::string(keys->secret_access_key.expose())}};
    if (!keys->account_id.empty()) made["account_id"] = keys->account_id;
    return made;
}

/// A session without account and role is for tokens.
awsxx::expected<json> sso_step(const named_profile& from, const config::resolved& all,
                               const case_world& world) {
    const auto role = awsxx::detail::profile_source::sso(from, all);
    if (!role) return role.error();
    const bool for_tokens =
        !role->session_name.empty() && role->account_id.empty() && role->role_name.empty();
    const auto now = world.time->now();
    auto said = for_tokens ? awsxx::bearer_token_provider(world.from, {.sso = *role}).resolve(now)
                           : awsxx::sso_credentials(world.from, *role).resolve(now);
    if (auto* why = std::get_if<awsxx::error>(&said)) return std::move(*why);
    json made = step("sso", from, {"sso_account_id", "sso_role_name", "sso_session"});
    made["sso_region"] = role->region;
    made["sso_start_url"] = role->start_url;
    return made;
}

awsxx::expected<json> first_step(const awsxx::profile_plan& plan, const config::resolved& all,
                                 const case_world& world) {
    using awsxx::profile_source;
    switch (plan.source) {
        case profile_source::keys: return keys_step(plan.from);
        case profile_source::sso: return sso_step(plan.from, all, world);
        case profile_source::web_identity:
            return step("web-identity", plan.from,
                        {"role_arn", "web_identity_token_file", "role_session_name"});
        case profile_source::login: return step("login", plan.from, {"login_session"});
        case profile_source::process: return step("process", plan.from, {"credential_process"});
        case profile_source::environment:
        case profile_source::container:
        case profile_source::imds: break;
    }
    return json{{"type", "named"}, {"name", plan.from.text("credential_source")}};
}

}  // namespace

json role_chain(const json& input) {
    const case_world world(json::object());
    config::resolved all;
    all.files.profiles = sections_of(input, "profiles");
    all.files.sso_sessions = sections_of(input, "sso_sessions");
    const auto plan = awsxx::plan_profile(all.files.profiles, input.at("profile"));
    if (!plan) return credentials_failure(plan.error());
    auto first = first_step(*plan, all, world);
    if (!first) return credentials_failure(first.error());
    json steps = json::array({*std::move(first)});
    for (const named_profile& role : plan->roles)
        steps.push_back(
            step("assume-role", role, {"role_arn", "role_session_name", "external_id"}));
    return answer::output({{"steps", std::move(steps)}});
}

}  // namespace conformance
