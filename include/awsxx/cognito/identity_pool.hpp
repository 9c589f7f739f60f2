// SPDX-License-Identifier: MIT
// AWS credentials for users whom an identity pool knows, or for guests.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/cognito/user.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/guarded_call.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/role_session_name.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/runtime/settings.hpp>
#include <awsxx/runtime/transport_choice.hpp>
#include <awsxx/services/cognito_identity.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/session.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::cognito {

/// Gives the token of a login, good now; may block.
using login_token = std::function<expected<secret>()>;

/// Which pool, and who asks it.
struct identity_pool_options {
    std::string identity_pool_id{};  ///< "eu-west-1:8d9f...": calls go to that region.
    std::string account_id{};        ///< Whose pool it is; empty where the pool itself says it all.
    /// By the provider's name, as in "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34e" or
    /// "accounts.google.com". None: a guest.
    std::map<std::string, login_token> logins{};
    std::string custom_role_arn{};  ///< Where a token gives the choice of roles.
    /// Filled: the basic flow. The role is assumed with a token of the identity.
    std::string role_arn{};
    std::string role_session_name{};        ///< Of the basic flow. Empty: awsxx and the time.
    std::optional<int> duration_seconds{};  ///< Of the basic flow.
};

namespace detail::identity_pool {

inline error odd(const char* what) {
    return {.kind = error_kind::malformed_answer,
            .code = "MalformedAnswer",
            .message = std::string("Cognito answered without ") + what};
}

inline void wipe_values(std::map<std::string, std::string>& all) noexcept {
    for (auto& [name, value] : all) wipe(value);
}

}  // namespace detail::identity_pool

/// Asks an identity pool for credentials, by the enhanced flow or, with a role, by the basic one.
///
///     awsxx::session guest(std::make_shared<awsxx::cognito::identity_pool_credentials>(
///         awsxx::cognito::identity_pool_options{.identity_pool_id = "eu-west-1:8d9f..."}));
///
/// The identity's id is asked for once; keys are not kept: a session that is made with this
/// provider does that. `choices` are those of a session, whose region is the pool's.
/// https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html
class identity_pool_credentials final
    : public credentials_provider,
      public std::enable_shared_from_this<identity_pool_credentials> {
public:
    template <class Transport = http::curl_transport>
    explicit identity_pool_credentials(identity_pool_options from, settings choices = {},
                                       std::shared_ptr<Transport> transport = {})
        : from_(std::move(from)),
          core_(credentials{}, in_region(from_, std::move(choices)),
                runtime::choose_transport(std::move(transport))) {}

    resolution resolve(instant) override {
        const std::string_view id = from_.identity_pool_id;
        const auto colon = id.find(':');
        if (colon == id.npos || !http::valid_host_label(id.substr(0, colon)))
            return error{.kind = error_kind::invalid_argument,
                         .code = "InvalidIdentityPoolId",
                         .message = "an identity pool's id begins with its region and a colon"};
        return std::make_shared<fetch>(shared_from_this());
    }
    void explain(credentials_report& into) const override { into.source = called(); }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }
    /// A login or a pool that is not accepted: time mends neither.
    bool is_final(const error& why) const noexcept override {
        const error& said = why.cause ? *why.cause : why;
        switch (said.kind) {
            case error_kind::invalid_argument:
            case error_kind::action_needed:
            case error_kind::denied:
            case error_kind::not_authenticated:
            case error_kind::not_found: return !said.retryable;
            default: return said.code == "InvalidParameterException";
        }
    }

    /// The identity's id, the latest one where several became one; empty before the first
    /// credentials.
    std::string identity_id() const { return *identity_.lock(); }

private:
    class fetch final : public staged_renewal {
    public:
        explicit fetch(std::shared_ptr<identity_pool_credentials> of) : of_(std::move(of)) {}

    private:
        void begin() override {
            then_work([this] { finish(of_->ask()); });
        }
        std::shared_ptr<identity_pool_credentials> of_;
    };

    using tokens = std::map<std::string, std::string>;

    static settings in_region(const identity_pool_options& from, settings choices) {
        choices.region = from.identity_pool_id.substr(0, from.identity_pool_id.find(':'));
        return choices;
    }
    std::string called() const { return "Cognito identity pool " + from_.identity_pool_id; }

    template <class Op>
    expected<typename Op::output> call(const Op& op) const {
        typename Op::output out;
        auto done = core_.perform(Op::template wire<void>::operation, &op, &out);
        if (!done) return std::move(done).error();
        return out;
    }

    expected<credentials_snapshot> ask() {
        tokens logins;
        auto keys = ask(logins);
        detail::identity_pool::wipe_values(logins);
        if (keys) {
            keys->source = called();
            return credentials_snapshot(std::make_shared<const credentials>(*std::move(keys)));
        }
        return caused_by({.kind = keys.error().kind,
                          .retryable = keys.error().retryable,
                          .code = "NoIdentityCredentials",
                          .message = called()},
                         keys.error());
    }
    expected<credentials> ask(tokens& logins) {
        for (const auto& [name, token] : from_.logins) {
            auto got = guarded_call("LoginTokenThrew", token);
            if (!got) return std::move(got).error();
            logins[name] = std::string(got->expose());
        }
        auto id = known_identity(logins);
        if (!id) return std::move(id).error();
        auto keys = from_.role_arn.empty() ? enhanced(*id, logins) : basic(*id, logins);
        if (keys || keys.error().code != "ResourceNotFoundException") return keys;
        identity_.lock()->clear();  // it was deleted, and the next fetch gets another
        return keys;
    }

    expected<std::string> known_identity(const tokens& logins) {
        if (auto known = identity_id(); !known.empty()) return known;
        cognito_identity::get_id op{.identity_pool_id = from_.identity_pool_id, .logins = logins};
        if (!from_.account_id.empty()) op.account_id = from_.account_id;
        auto answer = call(op);
        detail::identity_pool::wipe_values(op.logins);
        if (!answer) return std::move(answer).error();
        if (answer->identity_id.empty()) return detail::identity_pool::odd("an identity");
        know_identity(answer->identity_id);
        return identity_id();
    }

    /// Another than was asked for where its logins were linked to one that there was.
    void know_identity(std::string& id) {
        if (!id.empty()) *identity_.lock() = std::move(id);
    }

    expected<credentials> enhanced(const std::string& id, const tokens& logins) {
        cognito_identity::get_credentials_for_identity op{.identity_id = id, .logins = logins};
        if (!from_.custom_role_arn.empty()) op.custom_role_arn = from_.custom_role_arn;
        auto answer = call(op);
        detail::identity_pool::wipe_values(op.logins);
        if (!answer) return std::move(answer).error();
        know_identity(answer->identity_id);
        if (!answer->credentials) return detail::identity_pool::odd("credentials");
        auto& got = *answer->credentials;
        if (got.access_key_id.empty() || got.secret_key.empty() || !got.expiration)
            return detail::identity_pool::odd("a part of the credentials");
        return credentials{.access_key_id = std::move(got.access_key_id),
                           .secret_access_key = std::move(got.secret_key),
                           .session_token = std::move(got.session_token),
                           .expiration = got.expiration->to_instant()};
    }

    expected<credentials> basic(const std::string& id, const tokens& logins) {
        cognito_identity::get_open_id_token op{.identity_id = id, .logins = logins};
        auto token = call(op);
        detail::identity_pool::wipe_values(op.logins);
        if (!token) return std::move(token).error();
        know_identity(token->identity_id);
        sts::assume_role_with_web_identity role{
            .role_arn = from_.role_arn,
            .role_session_name = from_.role_session_name.empty()
                                     ? default_role_session_name(core_.time().now())
                                     : from_.role_session_name,
            .web_identity_token = std::move(token->token),
            .duration_seconds = from_.duration_seconds};
        auto answer = call(role);
        if (!answer) return std::move(answer).error();
        if (!answer->credentials) return detail::identity_pool::odd("credentials");
        auto& got = *answer->credentials;
        credentials keys{.access_key_id = std::move(got.access_key_id),
                         .secret_access_key = std::move(got.secret_access_key),
                         .session_token = std::move(got.session_token)};
        if (got.expiration) keys.expiration = got.expiration->to_instant();
        return keys;
    }

    const identity_pool_options from_;
    const session_core core_;
    guarded<std::string> identity_{};
};

/// The login of a pool's user, for `identity_pool_options::logins`.
inline expected<std::map<std::string, login_token>> logins_of(const user& who) {
    const auto name = who.pool().provider_name();
    if (!name) return name.error();
    return std::map<std::string, login_token>{{*name, [who]() -> expected<secret> {
                                                   const auto tokens = who.try_tokens();
                                                   if (!tokens) return tokens.error();
                                                   return (*tokens)->id;
                                               }}};
}

}  // namespace awsxx::inline AWSXX_ABI::cognito
