// SPDX-License-Identifier: MIT
// Gets a login to IAM Identity Center that is still good, prolonging it if that can be done.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/sso_token.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/secret_files.hpp>
#include <awsxx/services/sso_oidc.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// What is known about a login beside its file, for all who use it under one configuration.
struct sso_login_state {
    std::optional<sso_token> unwritten{};  ///< It could not be put into the file.
    instant tried{(instant::min)()};       ///< When it was last to be prolonged.
    bool under_way{};                      ///< Somebody is prolonging it now.
    std::optional<error> failure{};        ///< What came of that.
};

/// What the fetches of one provider have in common. Any number of threads may use it.
struct sso_access {
    sso_access(std::shared_ptr<const runtime::configuration> from, sso_options which)
        : options(std::move(which)),
          caller(std::make_shared<const runtime::identity>(std::move(from), nullptr,
                                                           options.region)) {}

    const outside_world& outside() const { return caller->configuration()->outside(); }
    instant now() const { return caller->now(); }

    const sso_options options;
    const std::shared_ptr<const runtime::identity> caller;  ///< For calls that nobody signs.
};

/// Base of fetches that begin with a login. Identity Center's own failures to prolong one count
/// only once it has expired, as in all of AWS's tools.
class sso_token_fetch : public staged_renewal {
protected:
    explicit sso_token_fetch(std::shared_ptr<sso_access> from) : from_(std::move(from)) {}

    /// The next stage: `login` has not expired.
    virtual void use(const sso_token& login) = 0;

    sso_access& from() const noexcept { return *from_; }

private:
    void begin() final {
        then_work([this] { read(); });
    }

    /// The login in the file, or the one in memory if that is good for longer. A file that is gone
    /// is a logout.
    bool load() {
        const auto& configuration = *from_->caller->configuration();
        path_ = sso_token_path(from_->options, *from_->outside().environment);
        state_ = configuration.shared().get<guarded<sso_login_state>>(
            path_, [] { return std::make_shared<guarded<sso_login_state>>(); });
        auto login = read_sso_token(from_->options, runtime::secret_files(configuration), path_);
        const auto held = state_->lock();
        if (!login && login.error().code == "SsoTokenMissing") held->unwritten.reset();
        const auto& mine = held->unwritten;
        if (mine && (!login || mine->expires_at > login->expires_at)) login = *mine;
        if (!login) {
            finish(login.error());
            return false;
        }
        login_ = *std::move(login);
        return true;
    }

    void read() {
        if (!load()) return;
        if (!is_time_to_refresh()) return go_on();
        if (!my_turn_) return queue();
        request_ = {.client_id = login_.client_id,
                    .client_secret = login_.client_secret,
                    .grant_type = "refresh_token",
                    .refresh_token = login_.refresh_token};
        call_.emplace(from_->caller, sso_oidc::create_token::wire<void>::operation, &request_,
                      &answer_);
        then_call(*call_, [this] { refreshed(); });
    }
    /// Reads again when it is this fetch's turn: another one may have prolonged the login since.
    void queue() {
        switch (take_turn()) {
            case turn::mine: return read();
            case turn::over: return go_on();
            case turn::of_another:
                return then_wait(pause_for_another, [this] { then_work([this] { read(); }); });
        }
    }

    /// Only logins of the newer style can be prolonged, in their last five minutes.
    bool is_time_to_refresh() const {
        const instant now = from_->now();
        const bool able = !from_->options.session_name.empty() && !login_.client_id.empty() &&
                          !login_.client_secret.empty() && !login_.refresh_token.empty() &&
                          login_.registration_expires_at && *login_.registration_expires_at > now;
        return able && login_.expires_at - now < window;
    }

    enum class turn : unsigned char { mine, of_another, over };

    /// Over within half a minute after another try, if what came of that is known or a login is still
    /// good: a refresh token can be spent once.
    turn take_turn() {
        const instant now = from_->now();
        const auto held = state_->lock();
        const bool rests = held->tried <= now && held->tried >= now - pause_between;
        if (rests && (held->failure || now < login_.expires_at)) {
            why_ = held->failure;
            return turn::over;
        }
        if (rests && held->under_way) return turn::of_another;
        held->tried = now;
        held->under_way = true;
        held->failure.reset();
        my_turn_ = {state_.get(), end_of_turn{now}};
        return turn::mine;
    }

    void refreshed() {
        if (const auto& why = call_->failure()) return not_refreshed(*why);
        if (answer_.access_token.empty() || !answer_.expires_in || *answer_.expires_in <= 0)
            return not_refreshed({.kind = error_kind::malformed_answer,
                                  .code = "MalformedAnswer",
                                  .message = "SSO OIDC answered without a token"});
        login_.access_token = std::move(answer_.access_token);
        login_.expires_at = from_->now() + seconds(*answer_.expires_in);
        if (!answer_.refresh_token.empty()) login_.refresh_token = std::move(answer_.refresh_token);
        then_work([this] { keep(); });
    }

    /// The refresh token that was sent is good for nothing any more: what came is kept somewhere.
    void keep() {
        const auto written = write_sso_token(login_, *from_->outside().files, path_);
        {
            const auto held = state_->lock();
            held->unwritten.reset();
            if (!written) held->unwritten = login_;
        }
        if (!written)
            from_->caller->configuration()->warn(
                channel::credentials,
                "an SSO login is kept in memory only: " + written.error().message);
        go_on();
    }

    /// Another process may have been faster: its login counts.
    void not_refreshed(const error& why) {
        why_ = why;
        {
            const auto held = state_->lock();
            held->failure = why;
            // A person's login counts from now on, unless what there is still is good.
            const auto& mine = held->unwritten;
            const bool spent = mine && mine->refresh_token == request_.refresh_token;
            if (!why.retryable && spent && from_->now() >= mine->expires_at)
                held->unwritten.reset();
        }
        then_work([this] {
            if (load()) go_on();
        });
    }

    void go_on() {
        my_turn_.reset();
        if (from_->now() < login_.expires_at) return use(login_);
        error expired =
            sso_login_needed(from_->options, "SsoTokenExpired", "the SSO login has expired");
        if (!why_) return finish(std::move(expired));
        expired.retryable = why_->retryable;
        finish(caused_by(std::move(expired), *std::move(why_)));
    }

    /// Ends the turn, also where the fetch is given up; unless it took so long that another one has
    /// taken a turn since.
    struct end_of_turn {
        instant began;
        void operator()(guarded<sso_login_state>* of) const {
            const auto held = of->lock();
            if (held->tried == began) held->under_way = false;
        }
    };

    static constexpr milliseconds window = std::chrono::minutes(5);
    static constexpr milliseconds pause_between = std::chrono::seconds(30);
    static constexpr milliseconds pause_for_another{200};

    std::shared_ptr<sso_access> from_;
    std::string path_{};
    std::shared_ptr<guarded<sso_login_state>> state_{};
    std::unique_ptr<guarded<sso_login_state>, end_of_turn> my_turn_{};
    sso_token login_{};
    std::optional<error> why_{};  // it could not be prolonged
    sso_oidc::create_token request_{};
    sso_oidc::create_token_response answer_{};
    std::optional<runtime::call> call_{};
};

/// True if waiting does not help: a person has to log in.
inline bool is_final_for_sso(const error& why) noexcept {
    return why.kind == error_kind::action_needed && !why.retryable;
}

}  // namespace awsxx::inline AWSXX_ABI
