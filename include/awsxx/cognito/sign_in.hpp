// SPDX-License-Identifier: MIT
// A login to a user pool, step by step until there are tokens.
#pragma once

#include <awsxx/cognito/challenge.hpp>
#include <awsxx/cognito/device.hpp>
#include <awsxx/cognito/jwt.hpp>
#include <awsxx/cognito/login_reply.hpp>
#include <awsxx/cognito/srp.hpp>
#include <awsxx/cognito/tokens.hpp>
#include <awsxx/cognito/user_pool.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/services/cognito_identity_provider.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace awsxx::inline AWSXX_ABI::cognito {

/// How a login begins. The app client has to allow it.
enum class sign_in_flow : unsigned char {
    srp,       ///< USER_SRP_AUTH: the password is proved and never sent.
    password,  ///< USER_PASSWORD_AUTH: the password is sent.
    custom,    ///< CUSTOM_AUTH; with a password, that is proved first.
    choice,    ///< USER_AUTH: the pool says what can be chosen.
};

/// Who logs in.
struct sign_in_options {
    std::string user_name{};  ///< Or an alias, as an e-mail address.
    secret password{};
    sign_in_flow flow{};
    std::optional<cognito::device> device{};  ///< That the pool remembers of this user.
};

/// A login under way. Proofs of passwords and devices are given on the way; what somebody has to
/// answer is a step.
///
///     const awsxx::cognito::user_pool pool(
///         {.user_pool_id = "eu-west-1_Ab12Cd34e", .client_id = "4f..."});
///     auto at = awsxx::cognito::sign_in::try_begin(pool, {.user_name = "alice", .password = "..."});
///     if (at && std::holds_alternative<awsxx::cognito::sms_mfa>(at->step()))
///         if (auto done = at->try_answer(awsxx::cognito::code{"123456"}); !done) return done;
///
/// `step()` says where it stands, until that is `signed_in`. An answer that fails leaves it where
/// it was: a wrong code may be followed by the right one, as long as the pool allows it. Each
/// answer makes calls and blocks. Used by one thread at a time.
class sign_in {
public:
    /// Fails as the service does: "NotAuthorizedException" for a wrong password and for a user who
    /// is disabled, "ResourceNotFoundException" for an unknown client or device.
    static expected<sign_in> try_begin(user_pool pool, sign_in_options who) {
        sign_in made(std::move(pool), std::move(who));
        if (auto done = made.begin(); !done) return std::move(done).error();
        return made;
    }

    const sign_in_step& step() const noexcept { return step_; }
    /// The name of the challenge as the service has it; empty once it is over.
    const std::string& challenge() const noexcept { return challenge_; }
    /// The pool's own name of the user, as far as it is known.
    const std::string& user_name() const noexcept { return name_; }
    /// What there is once it is over, else null.
    const signed_in* done() const noexcept { return std::get_if<signed_in>(&step_); }

    expected<void> try_answer(const new_password& with) {
        if (!std::holds_alternative<new_password_required>(step_))
            return detail::login_reply::not_that("a new password");
        secret_parameters responses{{"NEW_PASSWORD", with.password}};
        for (const auto& [name, value] : with.attributes)
            responses["userAttributes." + name] = value;
        return respond(std::move(responses));
    }
    expected<void> try_answer(const code& with) {
        const char* const name = detail::challenge::code_response(step_);
        if (name == nullptr) return detail::login_reply::not_that("a code");
        return respond({{name, with.text}});
    }
    /// Of "PASSWORD" and "PASSWORD_SRP" the password of the options is what follows.
    expected<void> try_answer(const choice& with) {
        const bool challenge = std::holds_alternative<select_challenge>(step_);
        if (!challenge && !std::holds_alternative<select_mfa_type>(step_))
            return detail::login_reply::not_that("a choice");
        secret_parameters responses{{"ANSWER", with.name}};
        if (challenge && with.name == "PASSWORD") responses["PASSWORD"] = who_.password;
        if (challenge && with.name == "PASSWORD_SRP")
            if (auto added = add_public_value(responses); !added) return added;
        return respond(std::move(responses));
    }
    expected<void> try_answer(const custom_answer& with) {
        if (!std::holds_alternative<custom_challenge>(step_))
            return detail::login_reply::not_that("an answer of that kind");
        return respond({{"ANSWER", with.text}});
    }
    expected<void> try_answer(const passkey_answer& with) {
        if (!std::holds_alternative<web_authn>(step_))
            return detail::login_reply::not_that("a passkey");
        return respond({{"CREDENTIAL", with.credential}});
    }
    expected<void> try_answer(const any_answer& with) {
        if (done() != nullptr) return detail::login_reply::not_that("anything");
        return respond(with.responses);
    }

    /// At `mfa_setup`: the secret that an authenticator app is to be told.
    expected<secret> try_set_up_software_token() {
        if (!std::holds_alternative<mfa_setup>(step_))
            return detail::login_reply::not_that("a second factor");
        cognito_identity_provider::associate_software_token op;
        op.session = std::string(session_.expose());
        auto answer = pool_.try_call(op);
        wipe(*op.session);
        if (!answer) return std::move(answer).error();
        session_ = secret(std::move(answer->session));
        return std::move(answer->secret_code);
    }
    /// Then: the first code that the app shows, and a name for it.
    expected<void> try_confirm_software_token(const code& with, const std::string& name = {}) {
        if (!std::holds_alternative<mfa_setup>(step_))
            return detail::login_reply::not_that("a second factor");
        cognito_identity_provider::verify_software_token op{.user_code = with.text};
        op.session = std::string(session_.expose());
        if (!name.empty()) op.friendly_device_name = name;
        auto answer = pool_.try_call(op);
        wipe(*op.session);
        if (!answer) return std::move(answer).error();
        if (answer->status != "SUCCESS")
            return error{.kind = error_kind::action_needed,
                         .code = "CodeNotAccepted",
                         .message = "the code is not that of the new second factor"};
        session_ = secret(std::move(answer->session));
        return respond({});
    }

private:
    using reply = detail::login_reply::reply;

    sign_in(user_pool pool, sign_in_options who)
        : pool_(std::move(pool)), who_(std::move(who)), name_(who_.user_name) {}

    expected<void> begin() {
        if (const auto id = pool_.id(); !id) return id.error();
        secret_parameters first{{"USERNAME", who_.user_name}};
        if (who_.device) first["DEVICE_KEY"] = who_.device->key;
        const char* flow = "USER_SRP_AUTH";
        if (who_.flow == sign_in_flow::choice) flow = "USER_AUTH";
        if (who_.flow == sign_in_flow::custom) flow = "CUSTOM_AUTH";
        if (who_.flow == sign_in_flow::password) flow = "USER_PASSWORD_AUTH";
        if (who_.flow == sign_in_flow::password) first["PASSWORD"] = who_.password;
        const bool proved = who_.flow == sign_in_flow::custom && !who_.password.empty();
        if (proved) first["CHALLENGE_NAME"] = "SRP_A";
        if (proved || who_.flow == sign_in_flow::srp)
            if (auto added = add_public_value(first); !added) return added;
        auto answer = pool_.try_initiate(flow, first, who_.user_name);
        if (!answer) return std::move(answer).error();
        return follow(detail::login_reply::reply_of(*std::move(answer)));
    }

    expected<void> add_public_value(secret_parameters& to) {
        auto fresh = srp_exchange::begin();
        if (!fresh) return std::move(fresh).error();
        exchange_.emplace(*std::move(fresh));
        to["SRP_A"] = exchange_->public_value();
        return {};
    }

    /// Answers the step at hand.
    expected<void> respond(secret_parameters responses) {
        auto next = send(challenge_, session_, std::move(responses));
        if (!next) return std::move(next).error();
        return follow(*std::move(next));
    }
    expected<reply> send(const std::string& challenge, const secret& session,
                         secret_parameters responses) const {
        responses["USERNAME"] = name_;
        if (who_.device) responses.emplace("DEVICE_KEY", who_.device->key);
        auto answer = pool_.try_respond(challenge, session, responses, name_);
        if (!answer) return std::move(answer).error();
        return detail::login_reply::reply_of(*std::move(answer));
    }

    /// Goes on until somebody is to be asked.
    expected<void> follow(reply at) {
        constexpr int most = 8;  // proofs in a row; there are three
        for (int round = 0; round < most; ++round) {
            if (at.result) return finish(*at.result);
            if (at.challenge.empty())
                return detail::login_reply::odd("neither tokens nor a challenge");
            if (auto own = detail::challenge::text(at.parameters, "USERNAME"); !own.empty())
                name_ = std::move(own);
            if (!is_automatic(at.challenge)) return stop(std::move(at));
            auto next = prove(at);
            if (!next) return std::move(next).error();
            at = *std::move(next);
        }
        return detail::login_reply::odd("one proof with the demand for another");
    }
    bool is_automatic(const std::string& challenge) const noexcept {
        if (challenge == "PASSWORD_VERIFIER") return exchange_.has_value();
        return who_.device &&
               (challenge == "DEVICE_SRP_AUTH" || challenge == "DEVICE_PASSWORD_VERIFIER");
    }
    expected<void> stop(reply at) {
        step_ = detail::challenge::step_of(at.challenge, std::move(at.parameters),
                                           std::move(at.available));
        challenge_ = std::move(at.challenge);
        session_ = std::move(at.session);
        return {};
    }

    expected<reply> prove(const reply& at) {
        if (at.challenge != "DEVICE_SRP_AUTH") return send_proof(at);
        secret_parameters responses;
        if (auto added = add_public_value(responses); !added) return std::move(added).error();
        return send(at.challenge, at.session, std::move(responses));
    }
    expected<reply> send_proof(const reply& at) {
        using detail::challenge::text;
        if (!exchange_) return detail::login_reply::odd("with a proof that was not begun");
        const bool by_device = at.challenge == "DEVICE_PASSWORD_VERIFIER";
        srp_challenge asked{.salt = text(at.parameters, "SALT"),
                            .srp_b = text(at.parameters, "SRP_B"),
                            .secret_block = text(at.parameters, "SECRET_BLOCK")};
        if (by_device) {
            asked.group = who_.device->group_key;
            asked.user = who_.device->key;
        } else {
            const auto id = pool_.id();
            if (!id) return id.error();
            asked.group = id->name;
            asked.user = text(at.parameters, "USER_ID_FOR_SRP");
            if (asked.user.empty()) asked.user = name_;
        }
        const instant now = pool_.time()->now() + pool_.core().clock_skew();
        auto proof =
            exchange_->prove(asked, by_device ? who_.device->password : who_.password, now);
        exchange_.reset();
        if (!proof) return std::move(proof).error();
        return send(at.challenge, at.session,
                    {{"TIMESTAMP", std::move(proof->timestamp)},
                     {"PASSWORD_CLAIM_SECRET_BLOCK", std::move(asked.secret_block)},
                     {"PASSWORD_CLAIM_SIGNATURE", std::move(proof->signature)}});
    }

    expected<void> finish(cognito_identity_provider::authentication_result_type& with) {
        if (with.access_token.empty()) return detail::login_reply::odd("without an access token");
        constexpr int common = 300;  // what is safe where the pool does not say
        const std::chrono::seconds lifetime(with.expires_in.value_or(common));
        signed_in got{.tokens = {.access = std::move(with.access_token),
                                 .id = std::move(with.id_token),
                                 .refresh = std::move(with.refresh_token),
                                 .expiration = pool_.time()->now() + lifetime,
                                 .user_name = name_}};
        if (const auto said = jwt::parse(got.tokens.access.expose()))
            if (auto own = said->text("username"); !own.empty()) got.tokens.user_name = own;
        if (who_.device) got.tokens.device_key = who_.device->key;
        if (const auto& offered = with.new_device_metadata)
            got.device = new_device{offered->device_key, offered->device_group_key};
        step_ = std::move(got);
        challenge_.clear();
        session_ = {};
        return {};
    }

    user_pool pool_;
    sign_in_options who_;
    std::string name_;  // what was typed, then what the pool says
    std::optional<srp_exchange> exchange_{};
    sign_in_step step_ = other_challenge{};
    std::string challenge_{};
    secret session_{};
};

}  // namespace awsxx::inline AWSXX_ABI::cognito
