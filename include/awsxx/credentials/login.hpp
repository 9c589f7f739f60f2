// SPDX-License-Identifier: MIT
// Credentials of a person who has logged in to the console with `aws login`.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/dpop.hpp>
#include <awsxx/credentials/login_token.hpp>
#include <awsxx/credentials/refresh_schedule.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/crypto/ec_key.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/secret_files.hpp>
#include <awsxx/services/signin.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::login_fetch {

/// The access key that was given last.
using last_given = std::shared_ptr<const guarded<std::string>>;

/// The keys in the file, or new ones if those have less than five minutes left, or less than the
/// user's advisory window where that is wider.
class fetch final : public staged_renewal {
public:
    fetch(std::shared_ptr<const runtime::identity> caller, const login_options& options,
          last_given last)
        : caller_(std::move(caller)), options_(options), last_(std::move(last)) {}

private:
    using operation = signin::create_oauth2_token;

    /// A login that could not be put into its file, for all of the configuration.
    using unwritten = guarded<std::optional<login_token>>;

    const outside_world& outside() const { return caller_->configuration()->outside(); }

    void begin() override {
        then_work([this] { read(); });
    }

    /// Each fetch reads the file again: another process may have got new keys. The login in memory
    /// counts if it is good for longer. A file that is gone is a logout.
    expected<login_token> load() const {
        auto login =
            read_login_token(options_, runtime::secret_files(*caller_->configuration()), path_);
        const auto mine = unwritten_->lock();
        if (!login && login.error().code == "LoginMissing") mine->reset();
        if (*mine && (!login || (*mine)->keys.expiration > login->keys.expiration)) return **mine;
        return login;
    }

    void read() {
        path_ = login_token_path(options_, *outside().environment);
        unwritten_ = caller_->configuration()->shared().get<unwritten>(
            path_, [] { return std::make_shared<unwritten>(); });
        auto login = load();
        if (!login) return finish(login.error());
        login_ = *std::move(login);
        const milliseconds window = std::chrono::minutes(5);
        const auto& wanted = caller_->configuration()->choices().refresh;
        if (*login_.keys.expiration - caller_->now() >=
            (std::max)(window, advisory_window(wanted, window)))
            return give();
        if (auto ready = prepare(); !ready) return finish(ready.error());
        call_.emplace(caller_, operation::wire<void>::operation, &request_, &answer_);
        then_call(*call_, [this] { called_back(); });
    }

    expected<void> prepare() {
        const auto key = crypto::ec_key::from_pem(login_.dpop_key.expose());
        if (!key)
            return caused_by(
                login_needed(options_, "LoginUnreadable", path_ + ": its dpopKey is of no use"),
                key.error());
        runtime::call_endpoint place(operation::wire<void>::operation, &request_);
        if (auto found = place.find(*caller_); !found) return found;
        http::uri target = place.get().base;
        if (target.path.ends_with('/')) target.path.pop_back();
        target.path += operation::wire<void>::operation.http.uri;
        const std::string url = to_string(target);
        const auto id = uuid(caller_->random());
        auto proof = dpop_proof(*key, {.method = "POST",
                                       .url = url,
                                       .issued_at = caller_->now(),
                                       .id = {id.data(), id.size()}});
        if (!proof) return proof.error();
        request_.dpop = secret(*std::move(proof));
        request_.token_input.client_id = login_.client_id;
        request_.token_input.grant_type = "refresh_token";
        request_.token_input.refresh_token = login_.refresh_token;
        return {};
    }

    void called_back() {
        if (const auto& why = call_->failure()) return fail(*why);
        auto* const got = answer_.token_output ? &*answer_.token_output : nullptr;
        const bool whole = got != nullptr && got->access_token && got->expires_in.value_or(0) > 0 &&
                           !got->access_token->access_key_id.empty() &&
                           !got->access_token->secret_access_key.empty() &&
                           !got->access_token->session_token.empty();
        if (!whole)
            return fail({.kind = error_kind::malformed_answer,
                         .code = "MalformedAnswer",
                         .message = "Sign-In answered without keys"});
        login_.keys.access_key_id = std::move(got->access_token->access_key_id);
        login_.keys.secret_access_key = std::move(got->access_token->secret_access_key);
        login_.keys.session_token = std::move(got->access_token->session_token);
        login_.keys.expiration = caller_->now() + seconds(*got->expires_in);
        if (!got->refresh_token.empty()) login_.refresh_token = std::move(got->refresh_token);
        if (!got->id_token.empty()) login_.all.set_string("idToken", got->id_token.expose());
        then_work([this] { keep(); });
    }

    /// The refresh token that was sent is good for nothing any more: what came is kept somewhere.
    void keep() {
        const auto written = write_login_token(login_, *outside().files, path_);
        unwritten_->lock()->reset();
        if (!written) {
            *unwritten_->lock() = login_;
            caller_->configuration()->warn(
                channel::credentials, "a login is kept in memory only: " + written.error().message);
        }
        give();
    }

    /// Another process may have been faster: its keys count, and ours cannot be replaced any more.
    void fail(error why) {
        then_work([this, why = std::move(why)] {
            if (!why.retryable) unwritten_->lock()->reset();  // a person's login counts from now on
            auto now_there = load();
            const bool replaced = now_there && now_there->refresh_token != login_.refresh_token &&
                                  caller_->now() < *now_there->keys.expiration;
            if (!replaced) return judge(why);
            login_ = *std::move(now_there);
            give();
        });
    }

    void judge(const error& why) {
        const std::string_view reason =
            why.details ? std::string_view(why.details->reason) : std::string_view();
        if (reason == "TOKEN_EXPIRED")
            return finish(
                caused_by(login_needed(options_, "LoginExpired", "the login has expired"), why));
        if (reason == "USER_CREDENTIALS_CHANGED")
            return finish(caused_by(
                login_needed(options_, "LoginExpired", "the password has changed since the login"),
                why));
        if (reason == "INSUFFICIENT_PERMISSIONS")
            return finish(caused_by({.kind = error_kind::action_needed,
                                     .code = "LoginNotPermitted",
                                     .message = "the login gives no keys to programs without the "
                                                "permission signin:CreateOAuth2Token"},
                                    why));
        const bool known = *last_->lock() == login_.keys.access_key_id;
        if (!known && caller_->now() < *login_.keys.expiration) return give();
        finish(caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = "LoginNotRefreshed",
                          .message = text_of_session()},
                         why));
    }

    void give() {
        login_.keys.source = text_of_session();
        login_.keys.via = auth::feature::credentials_login;
        *last_->lock() = login_.keys.access_key_id;
        finish(std::make_shared<const credentials>(std::move(login_.keys)));
    }

    std::string text_of_session() const { return "login " + options_.login_session; }

    std::shared_ptr<const runtime::identity> caller_;
    login_options options_;
    last_given last_;
    std::string path_{};
    std::shared_ptr<unwritten> unwritten_{};
    login_token login_{};
    operation request_{};
    signin::create_oauth2_token_response answer_{};
    std::optional<runtime::call> call_{};
};

}  // namespace detail::login_fetch

/// Uses the login that `aws login` left behind.
///
/// Keys with less than five minutes left (`settings.refresh` may say more) are replaced, and the
/// file is written; where that fails, they are given once, and then the failure is. Keeps no keys:
/// `cached_credentials` does. Fails with `action_needed` where only a person's login helps.
class login_credentials final : public credentials_provider {
public:
    login_credentials(const std::shared_ptr<const runtime::configuration>& from,
                      login_options options)
        : options_(std::move(options)),
          caller_(std::make_shared<const runtime::identity>(from, nullptr, options_.region)) {}

    resolution resolve(instant) override {
        if (!text::trimmed(options_.login_session).empty())
            return std::make_shared<detail::login_fetch::fetch>(caller_, options_, last_);
        return error{.kind = error_kind::configuration,
                     .code = "IncompleteLogin",
                     .message = "login_session is empty"};
    }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }
    bool is_final(const error& why) const noexcept override {
        return why.kind == error_kind::action_needed && !why.retryable;
    }

private:
    const login_options options_;
    const std::shared_ptr<const runtime::identity> caller_;
    const detail::login_fetch::last_given last_ = std::make_shared<const guarded<std::string>>();
};

}  // namespace awsxx::inline AWSXX_ABI
