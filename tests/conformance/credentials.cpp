// SPDX-License-Identifier: MIT
// The suite credentials: where keys and tokens come from, and what is asked for them.
#include <awsxx/config/resolved.hpp>
#include <awsxx/credentials/container_endpoint.hpp>
#include <awsxx/credentials/default_bearer_tokens.hpp>
#include <awsxx/credentials/default_chain.hpp>
#include <awsxx/credentials/imds_settings.hpp>
#include <awsxx/runtime/blocking.hpp>

#include "case_world.hpp"
#include "suites.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace conformance {

namespace {

json seconds_of(awsxx::instant when) {
    return std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count();
}

/// Credentials of the default chain, and the files that getting them has written.
json chain(const json& input) {
    case_world world(input);
    const auto source = awsxx::default_chain(world.from);
    const auto keys =
        awsxx::runtime::obtain(*source, world.time->now(), *world.time, world.network);
    if (!keys) return credentials_failure(keys.error());
    const awsxx::credentials& found = **keys;
    json output{{"access_key_id", found.access_key_id},
                {"secret_access_key", std::string(found.secret_access_key.expose())},
                {"files", world.files->written}};
    if (!found.session_token.empty())
        output["session_token"] = std::string(found.session_token.expose());
    if (!found.account_id.empty()) output["account_id"] = found.account_id;
    if (found.expiration) output["expiry"] = seconds_of(*found.expiration);
    return answer::output(std::move(output));
}

json token(const json& input) {
    case_world world(input);
    awsxx::default_bearer_tokens source(world.from);
    const auto login =
        awsxx::runtime::obtain(source, world.time->now(), *world.time, world.network);
    if (!login) return credentials_failure(login.error());
    json output{{"token", std::string((*login)->session_token.expose())}};
    if ((*login)->expiration) output["expiry"] = seconds_of(*(*login)->expiration);
    return answer::output(std::move(output));
}

json container_uri(const json& input) {
    case_world world(input);
    const auto& outside = world.from->outside();
    const auto found = awsxx::find_container_endpoint(*outside.environment);
    if (!found) return credentials_failure(found.error());
    const auto host = awsxx::container_host(*found, *outside.names);
    if (!host) return credentials_failure(host.error());
    const auto shown = awsxx::container_token(*found, *outside.files);
    if (!shown) return credentials_failure(shown.error());
    json output{{"uri", to_string(found->target)}};
    if (!shown->empty()) output["token"] = std::string(shown->expose());
    return answer::output(std::move(output));
}

std::optional<std::string> choice_in(const json& input, const char* name) {
    const auto at = input.find(name);
    if (at == input.end() || at->is_null()) return {};
    return at->get<std::string>();
}

json imds_endpoint(const json& input) {
    case_world world(input);
    const auto known = world.from->resolved();
    if (!known) return credentials_failure(known.error());
    const auto settings = awsxx::find_imds_settings(
        {.endpoint = choice_in(input, "endpoint"), .endpoint_mode = choice_in(input, "mode")},
        (*known)->looked_at());
    if (!settings) return credentials_failure(settings.error());
    return answer::output({{"uri", to_string(awsxx::imds_token_uri(*settings))}});
}

}  // namespace

json credentials(const std::string& mode, const json& input) {
    if (mode == "chain" || mode == "login") return chain(input);
    if (mode == "token") return token(input);
    if (mode == "role-chain") return role_chain(input);
    if (mode == "container-uri") return container_uri(input);
    if (mode == "imds-endpoint") return imds_endpoint(input);
    return answer::unsupported("mode " + mode);
}

}  // namespace conformance
