// SPDX-License-Identifier: MIT
#include "secrets.hpp"

#include "names.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace generator {

namespace {

/// Means of access whatever the model says: it marks only some of them.
constexpr std::array<std::string_view, 13> always{
    "secret_access_key",  "session_token", "token_code",    "device_code",
    "refresh_token",      "id_token",      "code_verifier", "client_secret",
    "authorization_code", "auth_code",     "dpop",          "confirmation_code",
    "verification_code"};

/// Where the model marks a member, these at the end of its name tell access from privacy.
constexpr std::array<std::string_view, 9> endings{
    "token", "key", "code", "assertion", "hash", "session", "verifier", "plaintext", "material"};

std::string_view last_word(std::string_view name) { return name.substr(name.rfind('_') + 1); }

template <class Words>
bool contains(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool is_secret(const plan& all, const std::string& owner, const shape_member& member) {
    const smithy_model& model = all.model();
    const shape_kind kind = model.kind(member.target);
    const shape_kind held_by = model.kind(owner);
    if (kind != shape_kind::text && kind != shape_kind::blob) return false;
    if (held_by == shape_kind::list || held_by == shape_kind::map) return false;
    const std::string name = snake_case(member.name);
    if (contains(always, name)) return kind == shape_kind::text;
    if (name == "code" && contains(always, snake_case(local_name(member.target)))) return true;
    const bool marked = trait(model.traits(member.target), "smithy.api#sensitive") != nullptr ||
                        trait(member.traits, "smithy.api#sensitive") != nullptr;
    if (!marked || trait(model.traits(member.target), "smithy.api#streaming") != nullptr)
        return false;
    if (name.find("secret") != std::string::npos || name.find("password") != std::string::npos)
        return true;
    // Systems Manager's parameters are where programs keep their passwords.
    if (name == "value" && snake_case(local_name(member.target)).ends_with("parameter_value"))
        return true;
    return name.find('_') != std::string::npos || name == "token" || name == "plaintext"
               ? contains(endings, last_word(name))
               : false;
}

}  // namespace generator
