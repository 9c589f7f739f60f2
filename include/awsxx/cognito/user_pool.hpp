// SPDX-License-Identifier: MIT
// A user pool as one of its app clients sees it.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/cognito/pool_id.hpp>
#include <awsxx/cognito/secret_hash.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/settings.hpp>
#include <awsxx/runtime/transport_choice.hpp>
#include <awsxx/services/cognito_identity_provider.hpp>
#include <awsxx/session.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::cognito {

/// Which pool, and which of its app clients.
struct user_pool_options {
    std::string user_pool_id{};  ///< "eu-west-1_Ab12Cd34e"; calls go to that region.
    std::string client_id{};
    secret client_secret{};                                ///< Empty: the client has none.
    std::map<std::string, std::string> client_metadata{};  ///< For the pool's Lambda functions.
};

/// Parameters of a step of a login, which are secret as a whole.
using secret_parameters = std::map<std::string, secret>;

/// Makes the calls of an app client, none of which is signed.
///
/// A value: cheap to copy, immutable, safe to share between threads. Making one does no I/O; an id
/// that cannot be right shows at the first login.
class user_pool {
public:
    /// `choices` are those of a session; their region is the pool's, whatever they say.
    template <class Transport = http::curl_transport>
    explicit user_pool(user_pool_options options, settings choices = {},
                       std::shared_ptr<Transport> transport = {})
        : user_pool(std::move(options), std::move(choices),
                    runtime::choose_transport(std::move(transport))) {}
    user_pool(user_pool_options options, settings choices, runtime::transport_choice transport)
        : user_pool(std::move(options), completed(std::move(choices)), std::move(transport),
                    nullptr) {}

    const user_pool_options& options() const noexcept { return state_->options; }
    /// Fails with `InvalidUserPoolId`.
    expected<pool_id> id() const { return parse_pool_id(state_->options.user_pool_id); }
    /// Who signed its tokens, and the name under which identity pools know it.
    expected<std::string> provider_name() const {
        const auto parts = id();
        if (!parts) return parts.error();
        const char* const china = parts->region.starts_with("cn-") ? ".cn" : "";
        return "cognito-idp." + parts->region + ".amazonaws.com" + china + "/" +
               state_->options.user_pool_id;
    }

    /// The clock and the random numbers of the settings.
    const std::shared_ptr<clock>& time() const noexcept { return state_->time; }
    const std::shared_ptr<random_source>& random() const noexcept { return state_->random; }
    /// The session that its calls are made with.
    const session_core& core() const noexcept { return state_->core; }

    /// Calls an operation of the pool that needs no signature.
    template <class Op>
    expected<typename Op::output> try_call(const Op& op) const {
        typename Op::output out;
        auto done = state_->core.perform(Op::template wire<void>::operation, &op, &out);
        if (!done) return std::move(done).error();
        return out;
    }

    /// InitiateAuth with these parameters and, where the client has a secret, the proof of it.
    expected<cognito_identity_provider::initiate_auth_response> try_initiate(
        const char* flow, const secret_parameters& parameters, const std::string& user_name) const {
        cognito_identity_provider::initiate_auth op{
            .auth_flow = std::string(flow),
            .auth_parameters = exposed(parameters, user_name),
            .client_metadata = state_->options.client_metadata,
            .client_id = state_->options.client_id};
        auto answer = try_call(op);
        wipe_values(op.auth_parameters);
        return answer;
    }
    /// RespondToAuthChallenge likewise.
    expected<cognito_identity_provider::respond_to_auth_challenge_response> try_respond(
        const std::string& challenge, const secret& session, const secret_parameters& responses,
        const std::string& user_name) const {
        cognito_identity_provider::respond_to_auth_challenge op{
            .client_id = state_->options.client_id,
            .challenge_name = challenge,
            .challenge_responses = exposed(responses, user_name),
            .client_metadata = state_->options.client_metadata};
        if (!session.empty()) op.session = std::string(session.expose());
        auto answer = try_call(op);
        wipe_values(op.challenge_responses);
        if (op.session) wipe(*op.session);
        return answer;
    }

private:
    struct state {
        user_pool_options options;
        std::shared_ptr<clock> time;
        std::shared_ptr<random_source> random;
        session_core core;
    };

    user_pool(user_pool_options options, settings choices, runtime::transport_choice transport,
              std::nullptr_t) {
        if (const auto id = parse_pool_id(options.user_pool_id)) choices.region = id->region;
        const auto time = choices.outside.time;
        const auto random = choices.outside.random;
        session_core core(credentials{}, std::move(choices), std::move(transport));
        state_ =
            std::make_shared<const state>(state{std::move(options), time, random, std::move(core)});
    }

    static settings completed(settings choices) {
        if (!choices.outside.time) choices.outside.time = std::make_shared<system_clock>();
        if (!choices.outside.random) choices.outside.random = std::make_shared<system_random>();
        return choices;
    }

    std::map<std::string, std::string> exposed(const secret_parameters& from,
                                               const std::string& user_name) const {
        std::map<std::string, std::string> plain;
        for (const auto& [name, value] : from) plain[name] = value.expose();
        const user_pool_options& own = state_->options;
        if (!own.client_secret.empty() && !user_name.empty())
            plain["SECRET_HASH"] = secret_hash(user_name, own.client_id, own.client_secret);
        return plain;
    }
    static void wipe_values(std::map<std::string, std::string>& all) noexcept {
        for (auto& [name, value] : all) wipe(value);
    }

    std::shared_ptr<const state> state_{};
};

}  // namespace awsxx::inline AWSXX_ABI::cognito
